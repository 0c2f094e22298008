"""One odd row never stops a region; too many stop it with their file and their keys."""

import pandas as pd
import pytest

from config.region import Region
from ingest.errors import CheckFailed
from ingest.issues import IssueLog
from ingest.pipeline.work import Work
from ingest.schema.schools import SCHOOL_LINK
from ingest.source import Cut
from ingest.sources import gias
from tests.support.tiny_mirror import write_register


def work(folder, *files):
    return Work(
        region=Region.model_construct(),
        out=folder,
        files={gias.ID: files},
        before={},
        issues=IssueLog(),
        progress=lambda *_: None,
    )


def test_too_many_odd_rows_name_the_file_and_the_schools(tmp_path):
    path = write_register(tmp_path)
    path.write_text(path.read_text("cp1252").replace('"12.5"', '"101"'), "cp1252")
    told = r"gias: edubasealldata20250524\.csv: fsm_pct .*7 of 7 rows.*URN 900001: fsm_pct '101'"
    with pytest.raises(CheckFailed, match=told):
        work(tmp_path, path).load(gias.SOURCE, Cut(frozenset({"857"}), frozenset()))


def test_a_row_that_breaks_its_declaration_is_named_by_its_key(tmp_path):
    rows = pd.DataFrame(
        {
            "urn": [900001, 900002],
            "linked_urn": [900003, 900004],
            "link_type": ["Successor"] * 2,
            "linked_name": ["A", "B"],
            "link_date": [None, None],
            "direction": ["successor", "sideways"],
        }
    )
    with pytest.raises(CheckFailed, match=r"sideways.*900002/900004/Successor"):
        work(tmp_path).write(SCHOOL_LINK, rows)
    assert list(tmp_path.iterdir()) == []
