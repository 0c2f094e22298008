"""The authorities' list of housing sites: the new estate, a site put off, and one not begun."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from ingest.sample.files.series import County, Series
from ingest.sample.files.sheets import Cells, sheet
from ingest.sample.files.spans import printed
from ingest.sample.people.years import LAST_CENSUS, LAST_YEAR

HEADER: Final = (
    *("site_id", "name", "status", "x", "y", "planning_area_primary", "school_year"),
    *("home_type", "tenure", "bedrooms", "homes"),
)
MIX: Final = (
    ("house", "market", "3", 0.36),
    ("house", "market", "4+", 0.2),
    ("house", "affordable", "2", 0.14),
    ("house", "social", "3", 0.1),
    ("flat", "market", "2", 0.1),
    ("flat", "social", "1", 0.1),
)
"""Type, tenure and bedrooms of the homes of the estate, and the share of each."""


def _rows(county: County) -> Iterable[Cells]:
    areas = county.land.areas
    built = county.people.truth.get("new_estate", {}).get("homes_built", {})
    place = {code: row for row, code in enumerate(areas["area_code"])}
    for number, (code, homes) in enumerate(built.items(), start=1):
        area = areas.iloc[place[code]]
        site = (
            f"{county.tile.index + 1}-H{number}",
            f"{area['ward_name']}, phase {number}",
            "under construction",
            *map(round, area.geometry.representative_point().coords[0]),
            "",
        )
        yield from _of_estate(site, {int(year): count for year, count in homes.items()})
    yield from _others(county, len(built) + 1)


def _of_estate(site: Cells, homes: dict[int, float]) -> Iterable[Cells]:
    """Return the homes of a part of the estate, and none in the first year that has none."""
    years = [year for year, count in homes.items() if count > 0]
    for year in years:
        shares = [share for *_, share in MIX]
        for (*kind, _), count in zip(MIX, _whole(homes[year], shares), strict=True):
            yield (*site, printed(year), *kind, int(count))
    if years and years[-1] < LAST_YEAR:
        yield (*site, printed(years[-1] + 1), "", "", "", 0)


def _whole(total: float, shares: list[float]) -> npt.NDArray[np.int64]:
    """Share out homes as whole numbers that add up to the rounded total.

    >>> _whole(10.4, [0.5, 0.3, 0.2]).tolist()
    [5, 3, 2]
    """
    reached = np.round(np.cumsum(shares) / sum(shares) * round(total)).astype(np.int64)
    return np.diff(reached, prepend=0)


def _others(county: County, number: int) -> Iterable[Cells]:
    """Return a site that nobody has filled in, and one that is put off: 0 where none will be."""
    areas = county.land.areas
    shown = areas.index[county.is_shown(areas["authority"])]
    for offset, (row, status) in enumerate(((shown[0], "allocated"), (shown[-1], "on hold"))):
        site = (
            f"{county.tile.index + 1}-H{number + offset}",
            f"Land in {areas['ward_name'][row]}",
            status,
            *map(round, areas.geometry[row].representative_point().coords[0]),
            "",
        )
        homes = "" if status == "allocated" else 0
        for year in (LAST_CENSUS + 2, LAST_CENSUS + 3):
            yield (*site, printed(year), "", "", "", homes)


SERIES: Final[Series] = sheet(
    source="housing", file="own/housing.csv", header=HEADER, rows=_rows, encoding="utf-8"
)
