"""Odd rows in small hand-made files of projections, offers, indicators and flows."""

import pandas as pd
import pytest

from config.region import Region, Streets
from ingest.errors import CheckFailed, SourceChanged
from ingest.sources import brighton_offers, lait, london_flows, offers, pupil_projections
from tests.support.authority_reading import reading_of, rows_of

HEAD = "time_period,projection_type,school_type,pupil_status,pupil_age"


@pytest.fixture
def file(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def projections(file, *rows, head=f"{HEAD},2022_actual,2023_projection"):
    path = file("pupilprojprincipal_2022.csv", "\n".join([head, *rows]))
    reading = reading_of("857")
    return rows_of(pupil_projections.SOURCE, path, reading)["pupil_projection"], reading


def test_thousands_and_marks_of_a_projection_are_read(file):
    rows, _ = projections(file, '2022,Principal,State primary,FTE,5,"529,473",c')
    told = rows.set_index("period")
    assert told["pupils_counted"]["2021/22"] == 529_473
    assert told["status"].tolist() == ["measured", "suppressed"]
    assert told["is_projected"].tolist() == [False, True]


def test_other_variants_of_a_projection_are_left_out_and_noted(file):
    rows, reading = projections(
        file,
        "2022,Principal,State primary,FTE,5,1,2",
        "2022,High migration,State primary,FTE,5,3,4",
    )
    assert rows["pupils_counted"].tolist() == [1, 2]
    [note] = reading.issues.issues
    assert note.says == "1 rows of the projection called High migration; left out"


def test_a_projection_without_years_is_refused_with_its_columns(file):
    with pytest.raises(SourceChanged, match=r"no column such as 2022_actual.*pupil_age"):
        projections(file, head=f"{HEAD},y2022")


OFFER = [column for column, _, _ in offers.COUNTS.values()]


def applications(file, *rows, when="time_period"):
    """Write offers; what a row does not say is 10."""
    head = [when, "new_la_code", "region_code", "school_phase", *OFFER]
    lines = [",".join(str(row.get(column, 10)) for column in head) for row in rows]
    path = file("offers.csv", "\n".join([",".join(head), *lines]))
    reading = reading_of("857")
    told = rows_of(offers.SOURCE, path, reading)["authority_value"]
    return told.set_index(["measure", "area_code", "period"])


RUTLAND = {"new_la_code": "E06000017", "region_code": "E12000004", "school_phase": "Primary"}
NEW, OLD = {"time_period": "202122"}, {"year": 2019}


def test_offers_of_authority_region_and_country_are_told_apart(file):
    region = RUTLAND | {"new_la_code": ""}
    country = region | {"region_code": ""}
    elsewhere = RUTLAND | {"new_la_code": "E06000018"}
    told = applications(file, *(row | NEW for row in (RUTLAND, region, country, elsewhere)))
    areas = told.index.get_level_values("area_code").unique().tolist()
    assert sorted(areas) == ["E06000017", "E12000004", "E92000001"]


def test_a_share_of_no_application_is_not_applicable(file):
    row = RUTLAND | NEW | {"applications_received": 0, "first_preference_offers": 0}
    told = applications(file, row)
    share = told.loc["offers_first_pct_primary", "E06000017", "2021/22"]
    assert share["status"] == "not_applicable"
    assert pd.isna(share["value"])


def test_a_blank_in_the_older_layout_is_a_hidden_count(file):
    blank = {"no_offer": "", "no_of_preferences": ""}
    older = applications(file, RUTLAND | OLD | blank, when="year")["status"]
    assert older["offers_none_primary", "E06000017", "2019/20"] == "suppressed"
    assert older["offers_none_pct_primary", "E06000017", "2019/20"] == "suppressed"
    assert older["offers_preferences_primary", "E06000017", "2019/20"] == "unavailable"
    newer = applications(file, RUTLAND | NEW | {"no_offer": "c"})["status"]
    assert newer["offers_none_primary", "E06000017", "2021/22"] == "suppressed"


def test_a_year_of_offers_that_is_none_is_refused(file):
    with pytest.raises(SourceChanged, match="something else than 202122 or 2021"):
        applications(file, RUTLAND | {"time_period": "autumn"})


SCHOOLS = pd.DataFrame(
    [(1, "Hill School", "open", "846", "secondary"), (2, "Hill School", "open", "846", "primary")],
    columns=["urn", "name", "status", "la_code_dfe", "phase"],
)


def test_a_school_that_the_register_has_not_is_told_and_left_out(file):
    path = file(
        "offers_by_school.csv",
        "year,pref1,off1,pref2,off2,pref3,off3,pref_total,off_total,name\n"
        "2026,10,NA,20,1,30,1,60,12,Hill School\n2026,1,1,1,1,1,1,1,1,Dale School\n",
    )
    reading = reading_of("846", before={"school": SCHOOLS})
    rows = rows_of(brighton_offers.SOURCE, path, reading)["school_value"]
    assert set(rows["urn"]) == {1}
    told = rows.set_index("measure")
    assert told["value"]["preferences_all_named"] == 60
    assert told["status"]["offers_first_named"] == "unavailable"
    [issue] = reading.issues.issues
    assert issue.subject == "offers_by_school.csv, Dale School"


@pytest.mark.parametrize(
    ("years", "period"),
    [
        ("2016-17 (OT)", "2016/17"),
        ("2015/16", "2015/16"),
        ("2014-16", "2014-16"),
        ("2018 (Rev)", "2018"),
        ("2013/14-15/16", "2013/14-15/16"),
    ],
)
def test_years_of_indicators_are_written_alike(tmp_path, years, period):
    path = tmp_path / "bds_long_0.parquet"
    rows = [("A&B%", years, 857.0, "-"), ("A&B%", years, 987.0, "3"), ("A&B%", "0", 970.0, "1")]
    pd.DataFrame(rows, columns=["Short Desc", "Years", "LA Number", "Values"]).to_parquet(path)
    reading = reading_of("857")
    told = lait.SOURCE.read_rows(path, reading)
    [rows] = told.values()
    assert rows[["measure", "area_code", "period", "status"]].to_numpy().tolist() == [
        ["lait_a_and_b_pct", "E06000017", period, "unavailable"]
    ]
    assert [issue.says for issue in reading.issues.issues] == ["1 values of no year; left out"]


CHANGES = pd.DataFrame(
    [
        ("old", "left", "split", 0.25),
        ("old", "right", "split", 0.75),
        ("same", "same", "unchanged", 1),
    ],
    columns=["lsoa11", "lsoa21", "change", "share"],
)
FLOWS = "LSOA_CODE,Total_No_of_LSOA_Pupils,Secondary_School_URN,Pupil_count\n"


def test_a_flow_from_a_split_area_is_shared_out_and_says_so(file):
    path = file("flows.csv", f"{FLOWS}old,14,100001,12\nsame,9,100001,7\nfar,9,100001,9\n")
    reading = reading_of("201", urns=[100001], before={"small_area_change": CHANGES})
    rows = rows_of(london_flows.SOURCE, path, reading)["flow"].set_index("home_code")
    assert rows["pupils_counted"].to_dict() == {"left": 3, "right": 9, "same": 7}
    assert rows["status"].to_dict() == {
        "left": "estimated",
        "right": "estimated",
        "same": "measured",
    }
    [note] = reading.issues.issues
    assert note.says.startswith("4 of 32 pupils go to schools to which fewer than 3 go")


def test_a_table_of_flows_without_numbers_is_refused(file):
    path = file("flows.csv", f"{FLOWS}old,14,100001,many\n")
    reading = reading_of("201", urns=[100001], before={"small_area_change": CHANGES})
    with pytest.raises(CheckFailed, match="'many' is not a whole number"):
        london_flows.read_rows(path, reading)


def test_only_regions_of_the_table_ask_for_flows():
    def region(code):
        return Region(id="a", title="A", la_codes=(code,), streets=Streets(extracts=("a",)))

    assert [london_flows.releases(region(code), None) != () for code in NEAR] == list(NEAR.values())


NEAR = {"E09000001": True, "E10000030": True, "E06000017": False}
