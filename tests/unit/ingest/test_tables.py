import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ingest.errors import CheckFailed, SourceChanged
from ingest.issues import IssueLog
from ingest.tables import read_table

NAMES = {"urn": "URN", "name": ("Name", "EstablishmentName")}


def read(path, *, encoding="cp1252"):
    issues = IssueLog()
    return read_table(path, NAMES, source="gias", issues=issues, encoding=encoding), issues


def write(path, text, encoding="cp1252"):
    path.write_bytes(text.encode(encoding))
    return path


def test_columns_are_found_by_name_in_any_order(tmp_path):
    frame, _ = read(write(tmp_path / "a.csv", "Name,Other,URN\r\nOak,1,100001\r\n"))
    assert frame.to_dict("records") == [{"urn": "100001", "name": "Oak"}]


def test_a_column_may_go_by_either_of_its_names(tmp_path):
    frame, _ = read(write(tmp_path / "a.csv", "EstablishmentName,URN\nOak,100001\n"))
    assert frame["name"].tolist() == ["Oak"]


def test_a_renamed_column_stops_the_load_and_both_names_are_told(tmp_path):
    path = write(tmp_path / "edubase.csv", "URN,SchoolName\n100001,Oak\n")
    with pytest.raises(SourceChanged) as told:
        read(path)
    assert told.value.missing == ("Name or EstablishmentName",)
    assert told.value.added == ("SchoolName",)
    assert "edubase.csv" in str(told.value)
    assert "SchoolName" in str(told.value)


@pytest.mark.parametrize(("mark", "word"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_another_delimiter_is_named(tmp_path, mark, word):
    path = write(tmp_path / "a.csv", f"URN{mark}Name\n100001{mark}Oak\n")
    with pytest.raises(SourceChanged, match=f"separated by {word}, not commas"):
        read(path)


def test_a_file_in_windows_encoding_keeps_its_letters(tmp_path):
    frame, issues = read(write(tmp_path / "a.csv", "URN,Name\n1,St Zoë’s\n"))
    assert frame["name"].tolist() == ["St Zoë’s"]
    assert issues.issues == []


def test_utf_8_where_windows_encoding_was_declared_is_read_right_and_noted(tmp_path):
    path = write(tmp_path / "a.csv", "URN,Name\n1,St Zoë’s\n", encoding="utf-8-sig")
    frame, issues = read(path)
    assert frame["name"].tolist() == ["St Zoë’s"]
    assert [issue.rule for issue in issues.issues] == ["encoding"]


def test_utf_16_is_refused_with_what_to_do(tmp_path):
    path = write(tmp_path / "a.csv", "URN,Name\n1,Oak\n", encoding="utf-16")
    with pytest.raises(SourceChanged, match=r"UTF-16 .* or no text at all; save it as CSV"):
        read(path)


def test_a_row_with_too_many_cells_is_left_out_and_logged_with_its_line(tmp_path):
    rows = "".join(f"{urn},Oak\n" for urn in range(30))
    frame, issues = read(write(tmp_path / "a.csv", f"URN,Name\n{rows}31,Elm,too,many\n32,Ash\n"))
    assert frame["urn"].tolist() == [*map(str, range(30)), "32"]
    assert [(issue.subject, issue.says) for issue in issues.issues] == [
        ("a.csv, line 32", "4 cells for 2 columns; left out: 31,Elm,too,many")
    ]


def test_a_file_of_ragged_rows_is_refused(tmp_path):
    with pytest.raises(CheckFailed, match=r"1 of 2 rows.*a\.csv, line 3: 4 cells for 2 columns"):
        read(write(tmp_path / "a.csv", "URN,Name\n1,Oak\n2,Elm,too,many\n"))


def test_a_line_break_inside_quotes_does_not_end_a_row(tmp_path):
    frame, _ = read(write(tmp_path / "a.csv", 'URN,Name\n1,"Oak\nTree"\n'))
    assert frame["name"].tolist() == ["Oak\nTree"]


def test_an_empty_file_has_no_columns(tmp_path):
    with pytest.raises(SourceChanged, match="no column"):
        read(write(tmp_path / "a.csv", ""))


def test_empty_cells_are_missing_but_the_word_na_in_a_name_is_not(tmp_path):
    frame, _ = read(write(tmp_path / "a.csv", "URN,Name\n1,\n2,NA\n"))
    assert frame["name"].isna().tolist() == [True, False]


def test_parquet_and_csv_give_the_same_rows(tmp_path):
    rows = pd.DataFrame({"Name": ["Oak"], "URN": ["1"], "Extra": [3]})
    rows.to_parquet(tmp_path / "a.parquet")
    frame, _ = read(tmp_path / "a.parquet")
    assert frame[["urn", "name"]].to_dict("records") == [{"urn": "1", "name": "Oak"}]


def test_a_broken_parquet_file_is_named(tmp_path):
    path = write(tmp_path / "a.parquet", "this is not Parquet")
    with pytest.raises(SourceChanged, match=r"a\.parquet is no Parquet file"):
        read(path)


@pytest.mark.parametrize("kind", ["csv", "parquet", "geojson"])
def test_a_file_without_rows_is_refused(tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    if kind == "csv":
        write(path, "URN,Name\n")
    elif kind == "parquet":
        pd.DataFrame({"URN": [], "Name": []}).to_parquet(path)
    else:
        empty = gpd.GeoDataFrame({"URN": ["1"], "Name": ["a"]}, geometry=[shapely.Point(0, 0)])
        empty.set_crs(4326).iloc[:0].to_file(path, engine="pyogrio")
    with pytest.raises(CheckFailed, match=rf"gias: a\.{kind} has no rows"):
        read(path)


def keyed(path):
    issues = IssueLog()
    frame = read_table(path, NAMES, source="gias", issues=issues, key=("urn",))
    return frame["name"].tolist(), [(i.severity, i.subject, i.says) for i in issues.issues]


def test_a_row_without_its_key_is_left_out_and_logged(tmp_path):
    rows = "".join(f"{urn},Oak\n" for urn in range(30))
    names, told = keyed(write(tmp_path / "a.csv", f"URN,Name\n{rows},Elm\n"))
    assert names == ["Oak"] * 30
    assert told == [("warning", "a.csv, row 31", "has no urn (Elm); left out")]


def test_a_repeated_key_keeps_its_first_row_and_says_whether_they_differ(tmp_path):
    rows = "".join(f"{urn},Oak\n" for urn in range(30))
    names, told = keyed(write(tmp_path / "a.csv", f"URN,Name\n{rows}0,Oak\n1,Elm\n"))
    assert names == ["Oak"] * 30
    assert told == [
        ("warning", "URN 1", "comes again with another name; the first row is kept"),
        ("note", "1 row", "the same as an earlier one; left out"),
    ]


def test_a_rule_broken_by_too_many_rows_stops_the_load_with_examples():
    issues = IssueLog()
    for row in range(6):
        issues.warn("point", f"URN {row}", "lies in the sea")
    issues.refuse_if_many("point", found=5, of=100)
    with pytest.raises(CheckFailed, match=r"6 of 100 rows.*URN 0: lies in the sea"):
        issues.refuse_if_many("point", found=6, of=100)
