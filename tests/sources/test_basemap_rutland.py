"""The real extract of Rutland, where it is at hand."""

from pathlib import Path

import pyogrio
import pytest
import shapely

from ingest.basemap import named_places, read_layers, write_basemap
from ingest.basemap.extract import Layers


@pytest.fixture(scope="module")
def rutland(publishers: Path) -> Path:
    return publishers / "osm" / "rutland_2022-07-20.osm.pbf"


@pytest.fixture(scope="module")
def layers(rutland: Path) -> Layers:
    return read_layers([rutland])


def test_rutland_water_is_one_lake_around_its_peninsula(layers: Layers) -> None:
    water = layers["water"].to_crs(27700).set_index("name")
    lake = water.loc["Rutland Water", "geometry"]
    assert lake.area / 1e6 == pytest.approx(10.9, abs=1.0)
    upper_hambleton = shapely.Point(490_000, 307_500)
    assert not lake.contains(upper_hambleton)


def test_school_grounds_know_their_numbers_in_the_register(layers: Layers) -> None:
    assert layers["school_site"]["urn"].notna().sum() == 19


def test_its_towns_and_streets_are_found(rutland: Path) -> None:
    places = named_places([rutland])
    towns = places[places["kind"] == "town"]["name"].tolist()
    high_streets = places[places["search_key"] == "high street"]
    assert sorted(towns) == ["Oakham", "Uppingham"]
    assert "Oakham" in high_streets["near"].tolist()
    assert len(high_streets) == 5


def test_the_countys_map_is_small_and_complete(tmp_path: Path, layers: Layers) -> None:
    out = tmp_path / "basemap.pmtiles"
    write_basemap(layers, shapely.box(478_000, 294_000, 508_000, 320_000), out)
    assert out.stat().st_size < 3_000_000
    assert len(pyogrio.read_dataframe(out, layer="building", ZOOM_LEVEL=14)) >= 4500
