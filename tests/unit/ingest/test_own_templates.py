"""Empty templates have the header that the readers look for, and explain every column."""

import csv
import subprocess
import sys

import geopandas as gpd
import pytest
from typer.testing import CliRunner

from api.cli import app
from ingest.errors import CheckFailed
from ingest.own.cells import value_of
from ingest.own.page import COMMAND, PAGE, page
from ingest.own.sheet import read_sheet
from ingest.own.templates import TEMPLATES
from ingest.own.write import TemplateNotWritten, write_template
from ingest.pupil_rows import COUNT, HOME, NEEDED, read_pupils
from ingest.sources import SOURCES, planning_areas, rolls
from ingest.workbooks import sheets_of
from tests.support.reading import reading

READ = {source.id: source for source in SOURCES}


def test_the_page_of_own_files_is_as_the_readers_declare():
    told = f"a template changed since the page was written: `{COMMAND}` writes it anew"
    assert PAGE.read_text(encoding="utf-8") == page(TEMPLATES), told


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_every_template_is_read_by_a_series_of_its_name(template):
    assert template.id in READ


def test_the_template_of_own_counts_has_the_columns_that_its_own_reader_wants(tmp_path):
    """That reader stands apart, for it may tell nothing of what it reads."""
    template = next(each for each in TEMPLATES if each.id == "own_counts")
    assert [each.name for each in template.columns if each.required] == sorted(
        NEEDED, key=[each.name for each in template.columns].index
    )
    assert {each.name for each in template.columns} == {*NEEDED, *HOME, COUNT}
    path = write_template(template, tmp_path / "pupils.csv")
    with path.open("a", encoding="utf-8") as file:
        file.write("2024/25,120001,R,TT1 1AA,,\n")
    assert len(read_pupils(path, source="own_counts")) == 1


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_an_empty_template_has_every_column_once(tmp_path, template, ending):
    path = write_template(template, tmp_path / f"empty{ending}")
    wanted = [column.name for column in template.columns]
    sheet = read_sheet(path, is_heading=wanted.__contains__, source=template.id)
    assert sheet.header == wanted
    assert sheet.rows == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_every_example_is_what_its_column_takes(template):
    for column in template.columns:
        if column.example:
            assert value_of(column.example, column) is not None, column.name


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_no_two_columns_have_the_same_heading(template):
    for column in template.columns:
        for name in (column.name, *column.also):
            assert template.column_headed(name) == column, name


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_a_column_that_may_be_blank_says_what_that_means(template):
    for column in template.columns:
        assert bool(column.blank) != column.required, column.name


def test_a_workbook_explains_itself_on_a_second_sheet(tmp_path):
    path = write_template(rolls.TEMPLATE, tmp_path / "rolls.xlsx")
    _, about = sheets_of(path, source="rolls")
    texts = {cell for row in about for cell in row}
    assert {column.says for column in rolls.TEMPLATE.columns} <= texts


def test_a_wide_template_filled_in_is_read(tmp_path):
    path = write_template(rolls.TEMPLATE, tmp_path / "rolls.csv", wide=True)
    with path.open(encoding="utf-8-sig", newline="") as file:
        (header,) = csv.reader(file)
    assert header == ["urn", "school_year", "sex", "R", *map(str, range(1, 12))]
    with path.open("a", encoding="utf-8") as file:
        file.write("120001,2024/25,,30,29,28,27,26,25,24,,,,,\n")
    (rows,) = rolls.read_rows(path, reading(120001)).values()
    assert rows["pupils"].tolist() == [30, 29, 28, 27, 26, 25, 24]


def test_outlines_have_an_empty_layer_to_draw_in(tmp_path):
    path = write_template(planning_areas.TEMPLATE, tmp_path / "planning_areas.gpkg")
    layer = gpd.read_file(path, layer="planning_areas", engine="pyogrio")
    assert list(layer.columns) == ["code", "name", "phase", "la_code_dfe", "geometry"]
    assert layer.crs.to_epsg() == 27700
    with pytest.raises(CheckFailed, match="has no outline"):
        planning_areas.read_rows(path, reading())


def test_an_empty_template_is_not_taken_for_figures(tmp_path):
    path = write_template(rolls.TEMPLATE, tmp_path / "rolls.xlsx")
    with pytest.raises(CheckFailed, match="a header and no rows below it"):
        rolls.read_rows(path, reading(120001))


@pytest.mark.parametrize(
    ("name", "wide", "says"),
    [("there.csv", False, "there already"), ("new.pdf", False, "neither .csv nor .xlsx")],
)
def test_nothing_is_written_over_and_no_other_kind_of_file(tmp_path, name, wide, says):
    (tmp_path / "there.csv").write_text("mine")
    with pytest.raises(TemplateNotWritten, match=says):
        write_template(rolls.TEMPLATE, tmp_path / name, wide=wide)
    assert (tmp_path / "there.csv").read_text() == "mine"


def test_the_command_lists_the_kinds_and_writes_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    listed = runner.invoke(app, ["template"]).output
    assert all(template.id in listed for template in TEMPLATES)
    done = runner.invoke(app, ["template", "housing"])
    assert (tmp_path / "housing.xlsx").is_file()
    assert 'housing = ["housing.xlsx"]' in done.output


def test_a_kind_that_is_not_there_is_refused_with_those_that_are():
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "template", "pupils"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "there is no template 'pupils'" in done.stderr
    assert "rolls" in done.stderr
