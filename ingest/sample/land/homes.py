"""Homes along the streets, and the postcodes that stand for about sixteen of them each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from ingest.sample.codes import postcode_area
from ingest.sample.land.chains import Street
from ingest.sample.land.growth import Site
from ingest.sample.land.noise import Floats
from ingest.sample.land.shapes import Shapes
from ingest.sample.land.web import Int64s, Ints, Web
from ingest.sample.tiles import PEOPLE, Tile

PEOPLE_A_HOME: Final = 2.36
POSTCODES: Final = 5_600
"""Postcodes of a whole county."""

METRES_A_HOME: Final = {
    "centre": 2.6,
    "terraces": 3.4,
    "town": 4.0,
    "suburb": 5.6,
    "estate": 5.0,
    "new": 4.6,
    "village": 8.0,
    "hamlet": 11.0,
    "industrial": 60.0,
}
RURAL_METRES_A_HOME: Final = 145.0
LIVED_IN: Final = (
    "residential",
    "tertiary",
    "secondary",
    "primary",
    "unclassified",
    "living_street",
    "pedestrian",
)
SETBACK_M: Final = 12.0
UNITS: Final = tuple(a + b for a in "ABDEFGHJLNPQRSTUWXYZ" for b in "ABDEFGHJLNPQRSTUWXYZ")
"""The letters that end a postcode; C, I, K, M, O and V are never used."""

CITY_DISTRICTS: Final = 6
SECTOR: Final = 90
"""Postcodes in a sector, the digit before the last letters."""


@dataclass(frozen=True, slots=True)
class _Runs:
    """Stretches of street with homes: which street, where along it, how many homes."""

    street: Ints
    x: Floats
    y: Floats
    node: Ints
    homes: Floats
    settlement: Ints


def make_postcodes(
    tile: Tile, web: Web, streets: Sequence[Street], site: Site, rng: np.random.Generator
) -> pd.DataFrame:
    """Give the homes of every street their postcodes.

    Returns:
        One row per postcode: ``postcode``, ``x``, ``y`` (metres from the county's corner),
        ``node`` (junction nearby), ``households``, ``settlement`` and ``street``.
    """
    runs = _runs(web, streets, site, tile.share, rng)
    group = _grouped(runs, tile.share * PEOPLE / PEOPLE_A_HOME / (POSTCODES * tile.share))
    rows = pd.DataFrame(
        {
            "group": group,
            "x": runs.x,
            "y": runs.y,
            "node": runs.node,
            "households": runs.homes,
            "settlement": runs.settlement,
            "street": runs.street,
        }
    )
    middle = rows.groupby("group").nth(0).set_index("group")
    sizes = rows.groupby("group")["households"]
    largest = rows.loc[sizes.idxmax()].set_index("group")
    found = largest.assign(households=_whole(sizes.sum(), rng), settlement=middle["settlement"])
    found = found.reset_index(drop=True)
    found.insert(0, "postcode", _codes(tile, found, site))
    return found[found["households"] > 0].reset_index(drop=True)


def _whole(homes: pd.Series, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Round homes so that their sum stays."""
    low = np.floor(homes.to_numpy())
    up = rng.uniform(size=len(low)) < homes.to_numpy() - low
    return np.asarray(np.maximum(1, low + up), dtype=np.int64)


def _runs(
    web: Web, streets: Sequence[Street], site: Site, share: float, rng: np.random.Generator
) -> _Runs:
    """Cut every lived-in edge into stretches of at most eight homes, beside the street."""
    lived_in = [
        (number, edge, node, street.settlement)
        for number, street in enumerate(streets)
        if street.kind in LIVED_IN
        for edge, node in zip(street.edges, street.nodes, strict=False)
    ]
    street_of, edge, first, given = np.array(lived_in, dtype=np.int64).T
    homes = web.length_m()[edge] / _metres_a_home(web, site)[edge]
    pieces = np.maximum(1, np.ceil(homes / 8)).astype(int)
    at = np.repeat(np.arange(len(edge)), pieces)
    nth = np.arange(len(at)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    along = (nth + 0.5) / pieces[at]
    is_forward = (web.a[edge] == first)[at]
    from_a = np.where(is_forward, along, 1 - along)
    x, y = _beside(web.lines()[edge[at]], from_a, rng.choice((-1.0, 1.0), len(at))).T
    settlement = _nearest_settlement(x, y, given[at], site)
    return _Runs(
        street_of[at].astype(np.int32),
        x,
        y,
        np.where(from_a < 0.5, web.a[edge[at]], web.b[edge[at]]).astype(np.int32),
        _to_people((homes / pieces)[at], settlement, site, share),
        settlement,
    )


def _metres_a_home(web: Web, site: Site) -> Floats:
    """Return how far apart homes stand along each edge."""
    by_quarter = [METRES_A_HOME[q.pattern] for q in site.quarters] + [RURAL_METRES_A_HOME]
    metres = np.array(by_quarter)[web.quarter[web.a]]
    is_busy = np.isin(web.kind, ("primary", "secondary")) & (web.quarter[web.a] >= 0)
    return np.asarray(metres * np.where(is_busy, 1.6, 1.0))


def _beside(lines: Shapes, share: Floats, side: Floats) -> Floats:
    """Return the points this far along lines, set back from them."""
    on, before = (
        shapely.get_coordinates(shapely.line_interpolate_point(lines, at, normalized=True))
        for at in (share, share - 0.01)
    )
    ahead = (on - before) / np.hypot(*(on - before).T)[:, None]
    aside = np.column_stack([-ahead[:, 1], ahead[:, 0]])
    return np.asarray(on + aside * (side * SETBACK_M)[:, None])


def _nearest_settlement(x: Floats, y: Floats, given: Int64s, site: Site) -> Ints:
    """Return the settlement of each stretch; in open country that whose edge is nearest."""
    pulls = np.array(
        [
            np.hypot(x - s.x, y - s.y) - (0 if s.kind == "suburb" else s.radius_m)
            for s in site.settlements
        ]
    )
    is_suburb = np.array([s.kind == "suburb" for s in site.settlements])
    among_city = np.where(is_suburb[:, None], pulls, np.inf)
    among_city[0] = 0.9 * (pulls[0] + site.settlements[0].radius_m)
    in_city = given == 0
    in_city |= np.isin(given, np.flatnonzero(is_suburb))
    anywhere = np.where(is_suburb[:, None], np.inf, pulls).argmin(axis=0)
    own = np.where(given >= 0, given, anywhere)
    return np.where(in_city, among_city.argmin(axis=0), own).astype(np.int32)


def _to_people(homes: Floats, settlement: Ints, site: Site, share: float) -> Floats:
    """Scale homes so that each settlement houses its people; suburbs share the city's.

    Hamlets keep what their lanes hold; then all is scaled to the county's people.
    """
    kinds = np.array([s.kind for s in site.settlements])
    place = np.where(kinds[settlement] == "suburb", 0, settlement)
    held = np.bincount(place, weights=homes, minlength=len(kinds))
    wanted = np.array([s.people / PEOPLE_A_HOME for s in site.settlements])
    factor = np.where((held > 0) & (kinds != "hamlet"), wanted / np.maximum(held, 1e-9), 1.0)
    scaled = homes * factor[place]
    return np.asarray(scaled * (PEOPLE * share / PEOPLE_A_HOME / scaled.sum()))


def _grouped(runs: _Runs, size: float) -> Ints:
    """Gather stretches that follow each other in a street into postcodes of about one size."""
    order = _order(runs)
    group = np.empty(len(order), dtype=np.int32)
    number, held, last = -1, np.inf, (-1, -1)
    for at in order.tolist():
        key = int(runs.settlement[at]), int(runs.street[at])
        homes = runs.homes[at]
        moved = key != last and (key[0] != last[0] or held > 0.55 * size)
        if moved or held + 0.5 * homes > 1.13 * size:
            number, held = number + 1, 0.0
        group[at] = number
        held, last = held + homes, key
    return group


def _order(runs: _Runs) -> npt.NDArray[np.int64]:
    """Order stretches by settlement, then street by street from quarter to quarter."""
    first = pd.DataFrame({"street": runs.street, "x": runs.x, "y": runs.y}).groupby("street")
    middle = first.transform("mean")
    cell = (middle // 330).astype(int)
    zigzag = np.where(cell["x"] % 2 == 0, cell["y"], -cell["y"])
    position = np.arange(len(runs.street))
    return np.lexsort((position, runs.street, zigzag, cell["x"], runs.settlement))


def _codes(tile: Tile, rows: pd.DataFrame, site: Site) -> list[str]:
    """Spell the postcodes: districts by town, the city's by the side of it they lie on."""
    letters, first = postcode_area(tile.index)
    district = _districts(rows, site)
    count = [0] * 12
    codes = []
    for number in district.tolist():
        nth = count[number]
        count[number] += 1
        sector, unit = divmod(nth, SECTOR)
        letter = UNITS[(unit * 7 + sector * 31) % len(UNITS)]
        codes.append(f"{letters}{first + number} {(sector + 1) % 10}{letter}")
    return codes


def _districts(rows: pd.DataFrame, site: Site) -> Ints:
    city = site.settlements[0]
    x, y = rows["x"].to_numpy(float), rows["y"].to_numpy(float)
    angle = (np.arctan2(y - city.y, x - city.x) + np.pi) / (2 * np.pi)
    around = 1 + np.minimum((angle * (CITY_DISTRICTS - 1)).astype(int), CITY_DISTRICTS - 2)
    around[city.reach(x, y) < 0.3] = 0
    towns = [s for s in site.settlements if s.kind == "town"][: 12 - CITY_DISTRICTS]
    gaps = np.array([np.hypot(x - town.x, y - town.y) for town in towns])
    beyond = CITY_DISTRICTS + gaps.argmin(axis=0)
    near_city = np.hypot(x - city.x, y - city.y) < np.minimum(1.6 * city.radius_m, gaps.min(axis=0))
    return np.asarray(np.where(near_city, around, beyond), dtype=np.int32)
