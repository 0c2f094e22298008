import zipfile

import pytest
import shapely

from ingest.errors import CheckFailed, SourceChanged
from ingest.issues import IssueLog
from ingest.source import Cut
from ingest.sources import code_point_open
from tests.support.tiny_mirror import X0, Y0, write_postcodes

CUT = Cut(
    frozenset({"857"}),
    frozenset({"E06000017"}),
    shapely.box(X0 - 1000, Y0 - 1000, X0 + 3000, Y0 + 3000),
)


DATA = "Data/CSV/tt.csv"


def read_with_issues(path):
    issues = IssueLog()
    rows = code_point_open.read(path, CUT, issues).set_index("postcode")
    return rows, [(i.severity, i.subject, i.says) for i in issues.issues]


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


@pytest.mark.parametrize("best_first", [True, False])
def test_of_two_points_for_a_postcode_the_better_placed_is_kept(tmp_path, best_first):
    path = write_postcodes(tmp_path / "codepo_gb.zip")
    good, bad = b'"TT9 9ZZ",20,480500,300500,', b'"TT9 9ZZ",50,480700,300700,'
    rest = b'"E92000001","","","","E06000017","E05099001"\r\n'
    both = [good + rest, bad + rest] if best_first else [bad + rest, good + rest]
    rows, told = read_with_issues(rewrite(path, DATA, lambda text: text + b"".join(both)))
    assert rows.loc["TT9 9ZZ", ["quality", "x", "y"]].tolist() == [20, 480500, 300500]
    assert told == [("warning", "TT9 9ZZ", "comes again with another x, y; the first row is kept")]


@pytest.mark.parametrize("place", ["nowhere", "elsewhere"])
def test_a_file_without_postcodes_of_the_region_is_refused(tmp_path, place):
    path = write_postcodes(tmp_path / "codepo_gb.zip")
    far = b'"AB1 1AA",10,390000,800000,"S92000003","","","","S12000033","S13002842"\r\n'
    rewrite(path, DATA, lambda _: b"" if place == "nowhere" else far)
    with pytest.raises(CheckFailed, match="has no rows"):
        read(path)


def test_a_postcode_without_a_position_is_left_out(tmp_path):
    path = write_postcodes(tmp_path / "codepo_gb.zip")
    before = len(read(path))
    rewrite(path, DATA, lambda text: text.replace(b",10,", b",90,", 1))
    rows, told = read_with_issues(path)
    assert len(rows) == before - 1
    assert told == [("note", "codepo_gb.zip", "1 of 65 postcodes have no position; left out")]
