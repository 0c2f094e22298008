"""Which settlement a school is said to lie in, and which town."""

from dataclasses import dataclass

import numpy as np

from ingest.sample.people.needs import Floats, Ints, Land


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Of every site, in words.

    Attributes:
        place: the settlement nearest to it, a suburb rather than the city around it.
        town: the city or town nearest to it.
        is_rural: it lies in a village or hamlet.
    """

    place: list[str]
    town: list[str]
    is_rural: list[bool]


def whereabouts(land: Land) -> Whereabouts:
    """Say where every site lies."""
    settlements = land.settlements.reset_index(drop=True)
    x, y = (land.sites[axis].to_numpy(float) for axis in "xy")
    own_kind = settlements["kind"].to_numpy(str)[land.sites["settlement"].to_numpy()]
    is_city = np.isin(own_kind, ("city", "suburb"))
    names = settlements["name"].to_numpy(str)
    quarters = np.flatnonzero(settlements["kind"].isin(("city", "suburb")))
    towns = np.flatnonzero(settlements["kind"].isin(("city", "town")))
    points = settlements[["x", "y"]].to_numpy(float)
    near = [_nearest(points, x, y, rows) for rows in (quarters, towns)]
    place = np.where(is_city, near[0], land.sites["settlement"].to_numpy())
    return Whereabouts(
        names[place].tolist(),
        names[np.where(is_city, towns[0], near[1])].tolist(),
        np.isin(own_kind, ("village", "hamlet")).tolist(),
    )


def _nearest(points: Floats, x: Floats, y: Floats, rows: Ints) -> Ints:
    """Return which of some rows of points lies nearest to each place."""
    gaps = np.hypot(x[:, None] - points[rows, 0], y[:, None] - points[rows, 1])
    return np.asarray(rows[gaps.argmin(axis=1)])
