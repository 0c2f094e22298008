"""All homes to all places by public transport, to be there at a given time.

One search backwards from each place (see `travel.transit.journeys.transit_times_by`); metres mean
nothing on a bus and are not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from travel.errors import NotConnected, OutsideCoverage
from travel.matrix.layout import About
from travel.matrix.make import USUAL, Progress, Way, make_in_parts
from travel.matrix.matrix import Matrix
from travel.matrix.parts import Part
from travel.matrix.rows import Found, as_small
from travel.matrix.sides import Points, Side, on_streets
from travel.transit import Transit, link_places, transit_times_by

MODE = "transit"


class Morning(NamedTuple):
    """When one must be at school.

    Attributes:
        arrive_s: seconds after midnight.
        limit_s: how long before one may leave; pairs that take longer are left out.
    """

    arrive_s: int
    limit_s: int


def make_transit_matrix(
    transit: Transit,
    homes: Points,
    places: Points,
    *,
    when: Morning,
    out: Path,
    way: Way = USUAL,
    progress: Callable[[Progress], None] | None = None,
) -> Matrix:
    """Find how long before a given time one must leave every home to be at every place.

    Args:
        transit: the timetable on its walking network.
        homes: where journeys start.
        places: where they end.
        when: by when, and how long before at most.
        out: folder to write to.
        way: where parts are kept, and how many places each has; there is one thread.
        progress: is told after every part.

    Raises:
        MatrixError: an id is given twice, or a coordinate is missing.
    """
    network = transit.network
    home, place = on_streets(network, homes), on_streets(network, places)
    about = About(
        mode=MODE,
        network_ids=(network.network_id, transit.transit_id, f"arrive by {when.arrive_s} s"),
        limit_s=float(when.limit_s),
        homes=home.id.size,
        homes_hash=home.digest,
        places=place.id.size,
        places_hash=place.digest,
        homes_off_street=home.off_street,
        places_off_street=place.off_street,
        has_metres=False,
    )

    def find(rest: Sequence[Part]) -> Generator[tuple[Part, Found]]:
        return _find(transit, home, place, rest, when)

    return make_in_parts(about, home, place, find, out=out, way=way, progress=progress)


def _find(
    transit: Transit,
    home: Side,
    place: Side,
    parts: Sequence[Part],
    when: Morning,
) -> Generator[tuple[Part, Found]]:
    """Find parts, one search a place."""
    linked = link_places(transit, home.snapped.x, home.snapped.y)
    for part in parts:
        rows: list[np.ndarray] = []
        for number in range(part.first, part.last):
            xy = float(place.snapped.x[number]), float(place.snapped.y[number])
            try:
                rows.append(transit_times_by(transit, xy, linked, **when._asdict()))
            except (OutsideCoverage, NotConnected):
                rows.append(np.full(home.id.size, np.nan))
        yield part, _found(rows)


def _found(rows: Sequence[np.ndarray]) -> Found:
    homes = [np.flatnonzero(np.isfinite(row)) for row in rows]
    seconds = np.concatenate([row[which] for row, which in zip(rows, homes, strict=True)])
    return Found(
        start=np.cumsum([0, *(which.size for which in homes)]),
        home=np.concatenate(homes).astype(np.int32),
        seconds=as_small(np.rint(seconds).astype(np.int32)),
        metres=np.zeros(seconds.size, np.uint16),
    )
