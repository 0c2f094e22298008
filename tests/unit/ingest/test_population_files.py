"""Small hand-made files in the layouts of the Office for National Statistics."""

import zipfile

import pandas as pd
import pytest
import xlsxwriter

from ingest.errors import SourceChanged
from ingest.sources import births, population_lsoa21, population_projections
from tests.support.authority_reading import reading_of, rows_of

AREAS = pd.DataFrame(
    {"area_code": ["E01000001"], "kind": "lsoa21", "is_outside": False, "name": "Place 001A"}
)
BEFORE = {"area": AREAS}
AGES = range(91)


def reading(**more):
    return reading_of("857", districts=["E06000017"], before=BEFORE, **more)


def workbook(path, *, code="LSOA 2021 Code", sheet="Mid-2024 LSOA 2021"):
    """Write a workbook with titles above its header, two areas, and each age's number as people."""
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Contents")
    page = book.add_worksheet(sheet)
    page.write(0, 0, "Population estimates")
    header = ["LAD 2023 Code", code, "Total"]
    header += [f"{sex}{age}" for sex in "FM" for age in AGES]
    page.write_row(3, 0, header)
    for number, area in enumerate(("E01000001", "E01000002")):
        page.write_row(4 + number, 0, ["E06000017", area, 0, *AGES, *AGES])
    page.write(4, header.index("M3"), "c")
    book.close()
    return path


def test_girls_and_boys_of_a_small_area_are_added_up(tmp_path):
    path = workbook(tmp_path / "sapelsoasyoa20222024.xlsx")
    people = rows_of(population_lsoa21.SOURCE, path, reading())["population"].set_index("age")
    assert len(people) == 20
    assert people["people"][7] == 14
    assert set(people["area_code"]) == {"E01000001"}
    assert set(people["year"]) == {2024}
    assert people["status"][3] == "unavailable"
    assert people["status"][4] == "measured"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"code": "Area"}, "no column LSOA 2021 Code.*Area"),
        ({"sheet": "Persons"}, "no sheet called Mid-2024.*Contents, Persons"),
    ],
)
def test_a_workbook_of_another_shape_is_refused_with_what_it_has(tmp_path, change, says):
    path = workbook(tmp_path / "sapelsoasyoa20222024.xlsx", **change)
    with pytest.raises(SourceChanged, match=says):
        population_lsoa21.read_rows(path, reading())


def projections(path, text, name="2022 SNPP Population persons.csv"):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, text)
    return path


TEXT = """\
AREA_CODE,AREA_NAME,COMPONENT,SEX,AGE_GROUP,2022,2047
E06000017,Rutland,Population,persons,4,380.5,361.2
E06000017,Rutland,Population,persons,90 and over,500,900
E06000018,Nottingham,Population,persons,4,3800,3612
"""


def test_projected_children_of_the_districts_shown_are_read(tmp_path):
    path = projections(tmp_path / "2022snpppopulationsyoa5yr.zip", TEXT)
    people = rows_of(population_projections.SOURCE, path, reading())["population"]
    assert people[["area_code", "year", "age", "people", "status"]].to_numpy().tolist() == [
        ["E06000017", 2022, 4, 380.5, "forecast"],
        ["E06000017", 2047, 4, 361.2, "forecast"],
    ]
    assert people["is_projected"].all()


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        (TEXT.replace("AREA_CODE", "CODE"), "persons.csv", "no column AREA_CODE"),
        (TEXT, "females.csv", "holds no file that ends in persons.csv"),
    ],
)
def test_a_zip_of_another_shape_is_refused(tmp_path, text, name, says):
    path = projections(tmp_path / "2022snpppopulationsyoa5yr.zip", text, name)
    with pytest.raises(SourceChanged, match=says):
        population_projections.read_rows(path, reading())


def test_births_of_nomis_are_read_for_districts_and_small_areas(tmp_path):
    path = tmp_path / "births_districts.csv"
    path.write_text(
        '"DATE","GEOGRAPHY_CODE","OBS_VALUE"\n'
        '2023,"E06000017",280\n2023,"E06000018",4000\n2024,"E01000001",\n2024,,5\n'
        + "".join(f'2022,"W0600{number:04}",5\n' for number in range(40))
    )
    told = reading()
    rows = rows_of(births.SOURCE, path, told)["births"].set_index("area_code")
    assert rows["births"]["E06000017"] == 280
    assert rows["period"]["E06000017"] == "2023"
    assert rows["status"]["E01000001"] == "unavailable"
    assert [issue.rule for issue in told.issues.issues] == ["every row has its area_code and when"]
