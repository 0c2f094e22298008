import zipfile

import pytest
import shapely

from ingest.errors import SourceChanged
from ingest.issues import IssueLog
from ingest.source import Cut
from ingest.sources import code_point_open
from tests.support.tiny_mirror import X0, Y0, write_postcodes

CUT = Cut(
    frozenset({"857"}),
    frozenset({"E06000017"}),
    shapely.box(X0 - 1000, Y0 - 1000, X0 + 3000, Y0 + 3000),
)


def read(path):
    return code_point_open.read(path, CUT, IssueLog())


def rewrite(path, name, change):
    with zipfile.ZipFile(path) as archive:
        held = {each: archive.read(each) for each in archive.namelist()}
    held[name] = change(held[name])
    with zipfile.ZipFile(path, "w") as archive:
        for each, content in held.items():
            archive.writestr(each, content)
    return path


def test_own_postcodes_and_those_in_the_border_are_kept_and_told_apart(tmp_path):
    rows = read(write_postcodes(tmp_path / "codepo_gb.zip"))
    assert (~rows["is_outside"]).sum() == 64
    assert rows.loc[rows["is_outside"], "postcode"].tolist() == ["TT2 1AA"]


def test_the_month_of_the_data_is_read_from_inside(tmp_path):
    path = write_postcodes(tmp_path / "codepo_gb.zip")
    assert code_point_open.vintage(path) == "2025-10"


def test_a_truncated_zip_is_named_and_says_what_to_do(tmp_path):
    path = write_postcodes(tmp_path / "codepo_gb.zip")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(SourceChanged, match=r"codepo_gb\.zip cannot be read as a zip .*fetch it"):
        read(path)


def test_columns_follow_the_header_file_not_their_position(tmp_path):
    path = write_postcodes(tmp_path / "codepo_gb.zip")
    header = "Doc/Code-Point_Open_Column_Headers.csv"
    rewrite(path, header, lambda text: text.replace(b"Eastings", b"East"))
    with pytest.raises(SourceChanged, match="Eastings") as told:
        read(path)
    assert told.value.missing == ("Eastings",)


def test_a_postcode_without_a_position_is_left_out(tmp_path):
    path = write_postcodes(tmp_path / "codepo_gb.zip")
    before = len(read(path))
    rewrite(path, "Data/CSV/tt.csv", lambda text: text.replace(b",10,", b",90,", 1))
    assert len(read(path)) == before - 1
