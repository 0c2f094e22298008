"""Later releases of the school capacity survey, and the old one saved as CSV."""

import zipfile

import pandas as pd
import pytest

from ingest.errors import SourceChanged
from ingest.sources import school_capacity
from tests.support.published import england, read

PLACES = (
    "time_period,geographic_level,old_la_code,school_urn,school_laestab,school_name,"
    "school_places,pupils_on_roll_count,unfilled_places_count"
)
PLACES_ROWS = (
    "202425,School,936,125001,9362001,A,210,200,10",
    "202425,School,936,125002,9362002,B,210,225,0",
    "202425,School,936,125003,9362003,C,z,c,z",
    "202324,School,936,125001,9362001,A,200,200,0",
    "202425,Local authority,936,,,,630,425,10",
)
SIXTH_FORMS = (
    "time_period,school_urn,school_name,reported_sixth_form_places,sixth_form_pupils_on_roll"
)
FORECASTS = "time_period,old_la_code,planning_area_code,year_group,forecast_year,pupil_forecast"
FORECAST_ROWS = (
    "202425,936,9360001,Reception,202526,120",
    "202425,936,9360001,Year 6,202526,131.4",
    "202425,936,,Year 7,202627,10500",
    "202425,936,9360001,Primary total,202526,z",
    "202425,850,8500001,Reception,202526,99",
    "202425,936,9360001,Nursery class,202526,40",
)
SURVEY = (
    "LAEstab,LA1,estab1,LAname,Schoolname,Phase,MAYNOR,Netcapacity,PrimaryCapacity,"
    "SecondaryCapacity,Primary PA code,Secondary PA code,Main Phase"
)


def write(path, header, *rows):
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


@pytest.fixture
def places_file(tmp_path):
    return write(tmp_path / "capacity_school_200910-202425.csv", PLACES, *PLACES_ROWS)


def test_places_of_every_year_are_read_with_reasons(places_file):
    rows, issues = read(school_capacity, places_file, "2024/25")
    found = rows["school_places"].set_index(["urn", "academic_year"])
    assert found.loc[(125001, "2024/25"), ["places", "pupils", "unfilled"]].tolist() == [
        210,
        200,
        10,
    ]
    assert found.loc[(125001, "2023/24"), "places"] == 200
    assert found.loc[(125003, "2024/25"), "status"] == "not_applicable"
    assert found["places"].isna().sum() == 1
    assert set(rows["school_places"]["phase"]) == {"all"}
    assert len(found) == 4
    assert issues == []


def test_the_newest_year_in_a_table_dates_it(places_file):
    assert school_capacity.vintage(places_file) == "2024/25"


def test_places_by_phase_are_kept_apart(tmp_path):
    rows = ("202425,125001,210,200,10,Primary", "202425,125001,900,950,0,Secondary")
    header = "time_period,school_urn,school_places,pupils_on_roll,unfilled_places,school_phase"
    path = write(tmp_path / "capacity_school_x.csv", header, *rows)
    found, _ = read(school_capacity, path, "2024/25")
    places = found["school_places"].set_index("phase")["places"]
    assert places.to_dict() == {"primary": 210, "secondary": 900}


def test_forecasts_of_the_regions_areas_are_read_by_year_group(tmp_path):
    path = write(tmp_path / "pupil_forecasts_202425.csv", FORECASTS, *FORECAST_ROWS)
    rows, (note,) = read(school_capacity, path, "2024/25", cut=england("936"))
    found = rows["roll_forecast"].set_index(["planning_area", "year_group", "academic_year"])
    assert found["pupils"].dropna().to_dict() == {
        ("9360001", "R", "2025/26"): 120,
        ("9360001", "6", "2025/26"): 131,
        ("", "7", "2026/27"): 10_500,
    }
    assert found.loc[("9360001", "R", "2025/26"), "status"] == "forecast"
    assert found.loc[("9360001", "primary", "2025/26"), "status"] == "not_applicable"
    assert set(rows["roll_forecast"]["made_in"]) == {"2024/25"}
    assert "Nursery class" in note.says


def test_a_releases_zip_gives_what_its_tables_hold(tmp_path, places_file):
    archive = tmp_path / "school_capacity_2024-2025.zip"
    with zipfile.ZipFile(archive, "w") as files:
        files.write(places_file, "data/capacity_school_200910-202425.csv")
        files.writestr(
            "data/sixth-form-capacity_school_201718-202425.csv",
            f"{SIXTH_FORMS}\n202425,125001,A,120,90\n",
        )
        files.writestr("data/pupil_forecasts.csv", "\n".join([FORECASTS, *FORECAST_ROWS]))
        files.writestr(
            "data/capacity_la.csv", "time_period,old_la_code,school_count\n202425,936,3\n"
        )
        files.writestr("data-guidance.txt", "what is in the zip")
    rows, _ = read(school_capacity, archive, "2024/25", cut=england("936"))
    phases = rows["school_places"]["phase"].value_counts().to_dict()
    assert phases == {"all": 4, "sixth_form": 1}
    assert len(rows["roll_forecast"]) == 4


def test_a_zip_without_such_a_table_is_refused(tmp_path):
    archive = tmp_path / "school_capacity_2024-2025.zip"
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr("data/places.csv", "a,b\n1,2\n")
    with pytest.raises(SourceChanged, match="holds no table of places or forecasts"):
        read(school_capacity, archive, "2024/25")


def test_a_renamed_column_is_named_with_its_new_name(tmp_path):
    header = PLACES.replace("pupils_on_roll_count", "pupils_registered_count")
    path = write(tmp_path / "capacity_school_x.csv", header, *PLACES_ROWS)
    with pytest.raises(SourceChanged, match=r"pupils_on_roll.*pupils_registered_count"):
        read(school_capacity, path, "2024/25")


def test_the_survey_saved_as_csv_is_repaired_too_and_a_school_may_lack_a_planning_area(tmp_path):
    register = pd.DataFrame(
        {"urn": [125001, 125002], "laestab": [9362001, 9364001], "open_date": None,
         "close_date": None}
    )  # fmt: skip
    rows = (
        "9362001,936,2001,Surrey,Upper Hill, Primary,PS,200,210,,,,,PRI",
        "9364001,936,4001,Surrey,High School,SS,900,1000,,,,9360001,SEC",
    )
    path = write(tmp_path / "survey.csv", SURVEY, *rows)
    found, (issue,) = read(school_capacity, path, "2014/15", cut=england("936", register=register))
    places = found["school_places"].set_index(["urn", "phase"])
    assert places.loc[(125001, "primary"), "places"] == 210
    assert pd.isna(places.loc[(125001, "primary"), "planning_area"])
    assert places.loc[(125002, "secondary"), "planning_area"] == "9360001"
    assert issue.says.startswith("'Upper Hill, Primary' was split over two cells")
