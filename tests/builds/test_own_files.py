"""A region's own files, and tables of any kind, are in its build and on its map's list."""

import geopandas as gpd
import pytest
import shapely
from typer.testing import CliRunner

from api.answers.about import release
from api.build import Build
from api.cli import app
from api.queries.areas import measure_ids, measure_values
from config.region import read_region
from ingest.errors import CheckFailed, SuppliedFileMissing
from tests.support.tiny_mirror import LSOAS, X0, Y0

EXPLAINED = """
[own_files]
rolls = ["{folder}/rolls.csv"]
housing = ["{folder}/housing.csv"]
planning_areas = ["{folder}/planning_areas.geojson"]

[[imports]]
id = "nurseries"
file = "{folder}/nurseries.csv"
title = "Nurseries"
period = "2025"

[[imports.values]]
column = "places"
title = "Nursery places"
unit = "places"
"""


@pytest.fixture
def own(place):
    """Build the tiny place with files of its authority's own."""
    folder = place.folder / "own"
    folder.mkdir()
    (folder / "rolls.csv").write_text("urn,school_year,R,1\n900001,2024/25,30,28\n")
    (folder / "housing.csv").write_text(
        "site_id,name,x,y,school_year,homes\n"
        f"H1,Mill Lane,{X0 + 1500},{Y0 + 500},2027/28,40\nH1,Mill Lane,,,2028/29,\n"
    )
    (folder / "nurseries.csv").write_text("postcode,places\nTT1 1AA,24\nTT1 1AA,6\nLS1 1AA,5\n")
    outline = gpd.GeoDataFrame(
        {"code": ["857P01"], "phase": ["primary"]},
        geometry=[shapely.box(X0, Y0, X0 + 2000, Y0 + 2000)],
        crs=27700,
    )
    outline.to_crs(4326).to_file(folder / "planning_areas.geojson")
    file = place.folder / "regions" / "tiny.toml"
    file.write_text(file.read_text() + EXPLAINED.format(folder=folder))
    place.region = read_region(file)
    place.build()
    return place


def test_own_files_and_tables_reach_the_database_with_their_receipts(own, monkeypatch):
    receipts = dict(own.query("select receipt, source_id from receipt"))
    rolls = own.query("select urn, academic_year, year_group, pupils, receipt from roll order by 3")
    assert [row[:4] for row in rolls] == [
        (900001, "2024/25", "1", 28),
        (900001, "2024/25", "R", 30),
    ]
    assert {receipts[row[4]] for row in rolls} == {"rolls"}
    assert own.query("select site_id, lsoa21, source_id from housing_site") == [
        ("H1", LSOAS[1], "housing")
    ]
    homes = "select academic_year, homes, status from housing_homes order by 1"
    assert own.query(homes) == [("2027/28", 40.0, "forecast"), ("2028/29", None, "unavailable")]
    areas = own.query(
        "select planning_area, la_code_dfe, name, basis from planning_area where phase = 'primary'"
    )
    assert areas == [("857P01", "857", "857P01", "published")]
    values = "select area_code, value, status, receipt from area_value where measure like 'own_%'"
    found = {row[0]: row[1:] for row in own.query(values)}
    assert found[LSOAS[0]][:2] == (30.0, "measured")
    assert found[LSOAS[1]][:2] == (None, "unavailable")
    assert receipts[found[LSOAS[0]][2]] == "imports"
    says = dict(own.query("select subject, says from issue where step = 'imports'"))
    assert "1 of 3 rows are of 1 postcodes that are not in the region" in says["nurseries.csv"]

    # What the map asks the server for.
    build = Build.open(own.builds.folder / own.builds.current())
    assert "own_nurseries_nursery_places" in measure_ids(build.engine)
    shaded = measure_values(build.engine, "own_nurseries_nursery_places", "lsoa21")
    assert {row["area_code"] for row in shaded} >= set(LSOAS)
    assert release(build)
    build.close()

    monkeypatch.setenv("ATLAS_HOME", str(own.home))
    monkeypatch.setenv("ATLAS_REGIONS_DIR", str(own.folder / "regions"))
    tried = CliRunner().invoke(app, ["import", "--region", "tiny"]).output
    assert "own_nurseries_nursery_places: Nursery places (places): 1 values, from 30 to 30" in tried


def test_a_file_with_a_wrong_cell_stops_the_build_which_can_go_on_without_it(own):
    in_use = own.builds.current()
    rolls = own.folder / "own" / "rolls.csv"
    rolls.write_text("urn,school_year,R,1\n900001,2024/25,30,many\n")
    with pytest.raises(CheckFailed) as stopped:
        own.build()
    assert "rolls.csv cannot be used as it is: 1 cell needs another look" in str(stopped.value)
    assert "row 2, column pupils: 'many' is not a whole number of 0 or more" in str(stopped.value)
    assert "--without rolls" in str(stopped.value)
    assert own.builds.current() == in_use
    rolls.unlink()
    with pytest.raises(SuppliedFileMissing, match=r"rolls: .*rolls\.csv"):
        own.build()
    assert own.query("select count(*) from roll") == [(2,)]
