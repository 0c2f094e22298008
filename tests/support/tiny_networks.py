"""The streets of the tiny build for every way of travelling.

On foot they are the plain grid, where a block takes a minute. For the others they are read from an
extract of the same grid, whose streets are residential; the street that runs east through
``at(0, ONE_WAY_ROW)`` is for one direction only, and one block of ``at(0, STEPS_ROW)`` is steps.
"""

import tempfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from tests.support.tiny_rows import BLOCKS
from tests.unit.travel.tiny_streets import MINUTE_M, X0, Y0, grid, write_extract
from tests.unit.travel.transit.feeds import bus, feed_files, write_feed
from travel import MODES, Mode, Network, build_networks, read_extract
from travel.transit import Transit, lay_on_streets, read_timetable

ONE_WAY_ROW = 4
"""Row of the street that vehicles use eastwards only."""
STEPS_ROW = 8
"""Row of the street that is steps between its first two junctions."""
BUS_ROW = 10
"""Row of the street with the bus stops."""
BUS_STOPS = (("west", 1), ("east", 18))
BUS_DAY = date(2026, 1, 13)


@cache
def tiny_networks() -> Mapping[Mode, Network]:
    """Build them once for all tests; they are read only."""
    with tempfile.TemporaryDirectory() as folder:
        extract = read_extract(_extract(Path(folder) / "tiny.osm.pbf"))
    others = build_networks(extract, modes=[mode for mode in MODES if mode != "walk"])
    return {"walk": grid(BLOCKS, BLOCKS), **{mode: made for mode, (made, _) in others.items()}}


@cache
def tiny_transit() -> Transit:
    """Lay a bus line along a row of the grid, from its west to its east, once for all tests."""
    stops = {name: (X0 + MINUTE_M * east, Y0 + MINUTE_M * BUS_ROW) for name, east in BUS_STOPS}
    trips = {
        "early": bus(("west", "08:20"), ("east", "08:24")),
        "late": bus(("west", "08:30"), ("east", "08:34")),
    }
    with tempfile.TemporaryDirectory() as folder:
        feed = write_feed(Path(folder), feed_files(stops, trips))
        timetable = read_timetable(feed, date=BUS_DAY)[0]
    return lay_on_streets(timetable, tiny_networks()["walk"])[0]


def _extract(path: Path) -> Path:
    steps = [-0.5, *range(BLOCKS), BLOCKS - 0.5]
    wide = len(steps)
    points = {
        row * wide + column + 1: (X0 + x * MINUTE_M, Y0 + y * MINUTE_M)
        for row, y in enumerate(steps)
        for column, x in enumerate(steps)
    }
    ways = {}
    for line in range(1, wide - 1):
        across = [line * wide + column + 1 for column in range(wide)]
        along = [row * wide + line + 1 for row in range(wide)]
        ways[line] = (across, _tags(line - 1))
        ways[100 + line] = (along, {"highway": "residential"})
    split, tags = ways[STEPS_ROW + 1]
    for number, pair in enumerate(pairwise(split)):
        is_steps = number == 1
        ways[200 + number] = (pair, {"highway": "steps"} if is_steps else tags)
    del ways[STEPS_ROW + 1]
    return write_extract(path, points, ways)


def _tags(row: int) -> dict[str, str]:
    one_way = {"oneway": "yes"} if row == ONE_WAY_ROW else {}
    return {"highway": "residential", "maxspeed": "20 mph"} | one_way
