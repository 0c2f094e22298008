"""An authority's own admissions, criteria, admission areas, planning areas and their schools."""

import geopandas as gpd
import pytest
import shapely

from ingest.errors import CheckFailed, SourceChanged
from ingest.schema.provision import (
    ADMISSION_AREA,
    ADMISSION_CRITERION,
    ADMISSION_NUMBER,
    OFFER_DISTANCE,
    PLANNING_AREA,
    SCHOOL_PLACES,
)
from ingest.sources import (
    admission_areas,
    admission_criteria,
    admissions,
    planning_area_schools,
    planning_areas,
)
from tests.support.own_places import X0, Y0
from tests.support.reading import broken_rules, reading, told

URN = 120001


@pytest.fixture
def read(tmp_path):
    def rows_of(source, text):
        path = tmp_path / f"{source.ID}.csv"
        path.write_text(text, encoding="utf-8")
        rows = source.read_rows(path, reading(URN))
        assert broken_rules(rows) == []
        return rows

    return rows_of


@pytest.fixture
def outlines(tmp_path):
    """Two squares side by side, in a file of any kind."""

    def written(file, crs=27700, shapes=None, **columns):
        boxes = shapes or [shapely.box(X0, Y0, X0 + 1e3, Y0 + 1e3)]
        frame = gpd.GeoDataFrame(columns, geometry=boxes, crs=27700).to_crs(crs)
        path = tmp_path / file
        frame.to_file(path, engine="pyogrio")
        return path

    return written


def test_distances_in_any_unit_become_metres(read):
    rows = read(
        admissions,
        "urn,year_of_entry,year_group,last_distance_m,last_distance_km,last_distance_miles\n"
        f"{URN},2023/24,R,1320,,\n{URN},2024/25,R,,1.5,\n{URN},2025/26,R,,,0.5\n",
    )[OFFER_DISTANCE]
    assert rows["metres"].tolist() == [1320, 1500, 804.7]
    assert set(rows["method"]) == {"not_stated"}


def test_a_distance_that_is_missing_says_why(read):
    rows = read(
        admissions,
        "urn,year_of_entry,year_group,last_distance_m,all_offered,method,offers,pan\n"
        f"{URN},2024/25,R,,yes,Walking route,20,30\n{URN},2025/26,R,,,route,30,\n",
    )
    assert rows[OFFER_DISTANCE]["status"].tolist() == ["not_applicable", "unavailable"]
    assert set(rows[OFFER_DISTANCE]["method"]) == {"walking_route"}
    assert rows[ADMISSION_NUMBER]["places"].tolist() == [30]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ("5,6,", "column last_distance_m: the distance stands in two columns; keep one"),
        ("-5,,", "column last_distance_m: -5 is less than nothing"),
        ("5,,yes", "column all_offered: is yes, and a last distance is given"),
        ("1 mile,,", "column last_distance_m: '1 mile' is not a number"),
    ],
)
def test_distances_that_cannot_be_right_are_named(read, cells, says):
    header = "urn,year_of_entry,year_group,last_distance_m,last_distance_km,all_offered\n"
    with pytest.raises(CheckFailed) as error:
        read(admissions, f"{header}{URN},2024/25,R,{cells}\n")
    assert says in str(error.value)


def test_criteria_stand_in_their_order(read):
    rows = read(
        admission_criteria,
        "urn,year_of_entry,priority,criterion,offers\n"
        f"{URN},2025/26,1,Looked after children,0\n{URN},2025/26,2,Siblings,\n",
    )[ADMISSION_CRITERION]
    assert rows["rank"].tolist() == [1, 2]
    assert rows["offers"].isna().tolist() == [False, True]


def test_schools_of_planning_areas_may_leave_their_places_to_the_survey(read):
    rows = read(
        planning_area_schools,
        "urn,school_year,phase,planning_area,places\n"
        f"{URN},2025/26,primary,857P01,210\n{URN},2025/26,Secondary,857S01,\n",
    )[SCHOOL_PLACES]
    assert rows["planning_area"].tolist() == ["857P01", "857S01"]
    assert rows["status"].tolist() == ["measured", "unavailable"]


@pytest.mark.parametrize(
    ("name", "crs"), [("areas.geojson", 4326), ("areas.gpkg", 27700), ("areas.gpkg", 3857)]
)
def test_outlines_of_planning_areas_come_from_any_file_and_reference_system(outlines, name, crs):
    path = outlines(name, crs, code=["857P01"], phase=["primary"], colour=["red"])
    given = reading()
    rows = planning_areas.read_rows(path, given)
    assert broken_rules(rows) == []
    (area,) = rows[PLANNING_AREA].itertuples()
    assert (area.planning_area, area.la_code_dfe, area.name) == ("857P01", "857", "857P01")
    shape = shapely.from_wkb(area.geometry)
    assert (round(shape.centroid.x, 2), round(shape.centroid.y, 2)) == (-0.81, 52.6)
    assert f"{name}: not read, for the template has no such column: colour" in told(given)


def test_a_zipped_shapefile_is_read_though_it_cuts_names_short(outlines):
    path = outlines("areas.shp.zip", name=["North"], year_of_en=["2026/27"], phase=["primary"])
    rows = admission_areas.read_rows(path, reading())
    assert rows[ADMISSION_AREA]["academic_year"].tolist() == ["2026/27"]


def test_admission_areas_name_their_schools(outlines):
    path = outlines(
        "areas.geojson",
        4326,
        catchment=["North"],
        year_of_entry=["2026/27"],
        phase=["primary"],
        urns=["120001; 120002"],
    )
    rows = admission_areas.read_rows(path, reading())
    assert broken_rules(rows) == []
    (area,) = rows[ADMISSION_AREA].itertuples()
    assert (area.admission_area, area.urns) == ("North", "120001 120002")


def test_metres_that_claim_to_be_degrees_are_taken_as_metres(tmp_path):
    path = tmp_path / "areas.geojson"
    frame = gpd.GeoDataFrame(
        {"code": ["A"], "phase": ["primary"]}, geometry=[shapely.box(X0, Y0, X0 + 9, Y0 + 9)]
    )
    path.write_text(frame.to_json(), encoding="utf-8")
    given = reading()
    (area,) = planning_areas.read_rows(path, given)[PLANNING_AREA].itertuples()
    assert round(shapely.from_wkb(area.geometry).bounds[1], 2) == 52.59
    assert "areas.geojson: no usable reference system is named; taken as EPSG:27700" in told(given)


def test_an_outline_that_crosses_itself_is_mended_and_told(outlines):
    bow = shapely.Polygon([(X0, Y0), (X0 + 1e3, Y0 + 1e3), (X0 + 1e3, Y0), (X0, Y0 + 1e3)])
    path = outlines("areas.gpkg", shapes=[bow], code=["A"], phase=["primary"])
    given = reading()
    (area,) = planning_areas.read_rows(path, given)[PLANNING_AREA].itertuples()
    assert shapely.from_wkb(area.geometry).is_valid
    assert "areas.gpkg: 1 outlines crossed themselves and were mended" in told(given)


def test_points_are_no_areas(outlines):
    path = outlines("areas.gpkg", shapes=[shapely.Point(X0, Y0)], code=["A"], phase=["primary"])
    with pytest.raises(CheckFailed, match=r"feature 1 of 1 is no area \(Point"):
        planning_areas.read_rows(path, reading())


def test_a_table_is_no_file_of_outlines(tmp_path):
    path = tmp_path / "areas.csv"
    path.write_text("code,phase\nA,primary\n")
    with pytest.raises(SourceChanged, match="save it as GeoJSON"):
        planning_areas.read_rows(path, reading())


def test_areas_of_one_of_several_authorities_have_to_say_whose_they_are(outlines):
    path = outlines("areas.gpkg", code=["A"], phase=["primary"])
    with pytest.raises(CheckFailed, match="the region shows 2 authorities"):
        planning_areas.read_rows(path, reading(la_codes_dfe=("857", "925")))
