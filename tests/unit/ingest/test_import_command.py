"""``atlas import`` shows what would be read, and tells no cell of text."""

import tomllib

import pytest
from typer.testing import CliRunner

from api.cli import app
from config.errors import ConfigError
from config.imports import Import


def run(*words):
    done = CliRunner().invoke(app, ["import", *map(str, words)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "nursery places.csv"
    path.write_text(
        "Our nurseries,,,,\nPostcode,Name,Full-time places,Share,Empty\n"
        "TT1 1AA,Secret Garden,20,c,\nTT1 1AB,Secret House,,0.5,\nTT1 1AC,Secret,31,0.75,\n",
        encoding="utf-8",
    )
    return path


def test_every_column_is_told_and_no_text_of_it(table):
    shown = run(table)
    assert "nursery places.csv: 3 rows, the first in row 3" in shown
    assert "Postcode: postcodes, 100% of 3 cells" in shown
    assert "Full-time places: 2 numbers from 20 to 31, 1 blank" in shown
    assert "Share: 2 numbers from 0.5 to 0.75, 1 marks" in shown
    assert "Name: text" in shown
    assert "Secret" not in shown


def test_the_lines_for_the_region_file_are_ready_but_for_what_only_people_know(table):
    lines = run(table).split("do not want:")[1]
    (told,) = tomllib.loads(lines)["imports"]
    told["period"] = "2025"
    for value in told["values"]:
        value["unit"] = "places"
    ready = Import(**told)
    assert (ready.id, ready.place, ready.kind) == ("nursery_places", "Postcode", "postcode")
    assert [value.column for value in ready.values] == ["Full-time places", "Share"]


def test_a_table_without_figures_is_to_be_counted(tmp_path):
    path = tmp_path / "2025.csv"
    path.write_text("postcode,name\nTT1 1AA,One\n")
    (told,) = tomllib.loads(run(path).split("do not want:")[1])["imports"]
    assert (told["id"], told["count_unit"]) == ("table_2025", "")


def test_a_table_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match="is not there"):
        run(tmp_path / "none.csv")


def test_a_table_or_a_region_is_asked_for():
    with pytest.raises(ConfigError, match="name either a table or a region"):
        run()


def test_a_region_without_tables_says_so():
    with pytest.raises(ConfigError, match="the file of rutland adds no tables"):
        run("--region", "rutland")


def test_a_table_that_says_nowhere_where_its_rows_are_is_refused(tmp_path):
    path = tmp_path / "clubs.csv"
    path.write_text("Name,Members\nChess,12\nChoir,30\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"no column of clubs\.csv says where its rows are"):
        run(path)
