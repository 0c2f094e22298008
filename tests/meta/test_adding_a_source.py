"""docs/adding-a-source.md adds a source that works, as it stands there."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from config.imports import Import
from ingest.imports.gathering import imported
from ingest.imports.known import Known
from ingest.imports.table import read_import
from ingest.issues import IssueLog
from ingest.pipeline.steps.series import step_of
from ingest.rhythm import NOT_SAID
from ingest.schema.pupils import SCHOOL_VALUE
from ingest.sources import SOURCES
from tests.support.reading import broken_rules, reading, told

PAGE = (Path(__file__).parents[2] / "docs" / "adding-a-source.md").read_text(encoding="utf-8")
SCHOOLS = (120001, 120002)


def block(language):
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return found


def shown():
    """The table of what the page says comes out."""
    lines = PAGE.split("## What it gives")[1].strip().splitlines()[2:]
    rows = [line.strip("| ").split("|") for line in lines[: lines.index("")]]
    return [tuple(cell.strip() for cell in row) for row in rows]


def as_shown(rows):
    return [
        (
            row.measure,
            str(row.urn),
            row.period,
            "" if pd.isna(row.value) else f"{row.value:g}",
            row.status,
        )
        for row in rows.itertuples()
    ]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "breakfast_clubs.csv"
    path.write_text(block("csv"), encoding="utf-8")
    return path


@pytest.fixture
def module(tmp_path):
    path = tmp_path / "breakfast_clubs.py"
    path.write_text(block("python"), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("breakfast_clubs", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_the_module_reads_the_table_into_the_rows_that_the_page_shows(module, table):
    given = reading(*SCHOOLS, release="2025")
    rows = module.SOURCE.read_rows(table, given)
    assert broken_rules(rows) == []
    assert as_shown(rows[SCHOOL_VALUE]) == shown()
    assert told(given) == ["1 row: the same as an earlier one; left out"]


def test_its_declaration_makes_a_step_of_the_build(module):
    source = module.SOURCE
    assert step_of(source).id == source.id
    assert set(source.tables) == {SCHOOL_VALUE}
    assert {measure.id for measure in source.measures} == {"breakfast_club_places"}
    assert source.every is not NOT_SAID
    assert source.id not in {each.id for each in SOURCES}


def test_a_renamed_column_is_named_and_the_older_spelling_is_read(module, table):
    table.write_text(block("csv").replace(",Places", ",Club places"), encoding="utf-8")
    rows = module.SOURCE.read_rows(table, reading(*SCHOOLS, release="2025"))
    assert as_shown(rows[SCHOOL_VALUE]) == shown()


def test_the_lines_for_the_region_file_give_the_same_figures_without_code(table):
    (lines,) = tomllib.loads(block("toml"))["imports"]
    explained = Import(**lines)
    made = imported(
        read_import(table, explained), explained, Known(urns=frozenset(SCHOOLS)), IssueLog()
    )
    assert made.table is SCHOOL_VALUE
    found = made.rows.assign(measure="breakfast_club_places")
    assert as_shown(found) == shown()


def test_every_module_and_page_that_is_named_is_there():
    root = Path(__file__).parents[2]
    named = re.findall(r"`(ingest/[\w/.]+)", PAGE)
    assert named
    missing = [name for name in named if not (root / name).exists()]
    assert missing == ["ingest/sources/breakfast_clubs.py"]
    linked = re.findall(r"\]\(([\w-]+\.md)", PAGE)
    assert all((root / "docs" / name).is_file() for name in linked)
