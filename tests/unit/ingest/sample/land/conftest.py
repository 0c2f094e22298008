"""A small county, made once."""

import pytest

from ingest.sample.land import Drawing, Land, draw, make_land
from ingest.sample.names import Names
from ingest.sample.tiles import Tile, tiles


@pytest.fixture(scope="session")
def small_tile() -> Tile:
    """Return the only county of the smallest sample."""
    return tiles(0.1, 1)[0]


@pytest.fixture(scope="session")
def small_land(small_tile) -> Land:
    """Return the land of the smallest sample."""
    return make_land(small_tile, Names.of(small_tile))


@pytest.fixture(scope="session")
def drawn_schools() -> dict[int, dict[str, str]]:
    """Return schools for the first three sites."""
    return {row: {"name": f"School {row}", "urn": f"90000{row}"} for row in range(3)}


@pytest.fixture(scope="session")
def small_drawing(small_land, drawn_schools) -> Drawing:
    """Return the drawing of the smallest sample, with three schools."""
    return draw(small_land, drawn_schools)
