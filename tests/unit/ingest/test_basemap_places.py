from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from config.words import search_key
from ingest.basemap import named_places, places_in, read_layers
from ingest.schema.places import PLACE
from tests.support.tiny_extract import TinyExtract


def places_of(tmp_path: Path, extract: TinyExtract, **options):
    return named_places([extract.write(tmp_path / "tiny.osm.pbf")], **options)


def test_pieces_of_one_street_are_one_place_and_a_namesake_is_another(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.way([(0, 0), (100, 0)], highway="residential", name="Mill Lane")
    extract.way([(100, 0), (200, 0)], highway="residential", name="Mill Lane", bridge="yes")
    extract.way([(300, 0), (400, 0)], highway="footway", name="Mill Lane")
    extract.way([(9000, 0), (9100, 0)], highway="residential", name="Mill Lane")
    extract.way([(100, 0), (100, 80)], highway="residential", name="Church Street")
    places = places_of(tmp_path, extract)
    assert places["name"].tolist() == ["Church Street", "Mill Lane", "Mill Lane"]
    assert set(places["kind"]) == {"street"}
    assert places["place_id"].tolist() == [1, 2, 3]


def test_the_point_of_a_street_lies_on_it(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.way([(0, 0), (500, 0), (500, 500)], highway="residential", name="The Bend")
    path = extract.write(tmp_path / "tiny.osm.pbf")
    place = named_places([path]).iloc[0]
    street = read_layers([path])["road"].to_crs(27700).geometry.iloc[0]
    point = gpd.GeoSeries.from_xy([place["lon"]], [place["lat"]], crs=4326).to_crs(27700)
    assert street.distance(point.iloc[0]) < 0.5


def test_a_street_is_near_its_settlement_and_a_town_reaches_further(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.node(0, 0, place="town", name="Oakham")
    extract.node(2600, 0, place="village", name="Egleton")
    extract.way([(1500, 0), (1500, 10)], highway="residential", name="Edge Road")
    extract.way([(2400, 0), (2400, 10)], highway="residential", name="Far Road")
    extract.way([(9000, 0), (9000, 10)], highway="residential", name="Lost Road")
    near = places_of(tmp_path, extract).set_index("name")["near"]
    assert near["Edge Road"] == "Oakham"
    assert near["Far Road"] == "Egleton"
    assert near["Lost Road"] is None
    assert near["Oakham"] is None


def test_a_street_far_from_any_settlement_is_near_its_ward(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.way([(0, 0), (100, 0)], highway="residential", name="Lost Road")
    wards = gpd.GeoDataFrame(
        {"name": ["Martinsthorpe"]}, geometry=[shapely.box(-0.8, 52.6, -0.6, 52.7)], crs=4326
    )
    assert places_of(tmp_path, extract, wards=wards)["near"].tolist() == ["Martinsthorpe"]


def test_settlements_come_first_the_largest_before_the_smallest(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.way([(0, 0), (100, 0)], highway="residential", name="Abbey Road")
    extract.node(10, 0, place="hamlet", name="Gunthorpe")
    extract.node(20, 0, place="village", name="St. Mary's-on-the-Hill")
    extract.node(30, 0, place="city", name="Wells")
    extract.node(40, 0, place="farm", name="Hill Farm")
    extract.node(50, 0, place="neighbourhood", name="West End")
    places = places_of(tmp_path, extract)
    assert places["kind"].tolist() == ["city", "suburb", "village", "hamlet", "street"]
    assert places["search_key"].tolist()[2] == "st marys on the hill"


def test_the_columns_are_those_of_the_table(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.way([(0, 0), (100, 0)], highway="residential")
    places = places_of(tmp_path, extract)
    assert places.empty
    assert places.columns.tolist() == [field.name for field in (*PLACE.key, *PLACE.fields)]


def test_layers_already_read_give_the_same_places(tmp_path: Path) -> None:
    extract = TinyExtract()
    extract.node(0, 0, place="town", name="Oakham")
    extract.way([(0, 0), (100, 0)], highway="residential", name="High Street")
    extract.ring(0, 100, 20, building="yes")
    path = extract.write(tmp_path / "tiny.osm.pbf")
    assert places_in(read_layers([path])).equals(named_places([path]))


@pytest.mark.parametrize("typed", ["St Mary's", "ST. MARY\u2019S", "st marys", " St.  Mary's "])
def test_a_name_is_found_however_its_marks_are_typed(typed: str) -> None:
    assert search_key(typed) == "st marys"


def test_an_ampersand_is_the_word_and() -> None:
    assert search_key("Headingley & Hyde Park") == search_key("Headingley and Hyde Park")
