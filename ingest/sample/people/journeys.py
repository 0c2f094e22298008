"""How far it is from every home to every school gate: on foot, by bus, as the crow flies."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.sample.people.needs import Ints, Land, Singles
from ingest.sample.people.parameters import Journeys
from ingest.sample.people.provision import NONE, Provision

BEYOND_WALKING_M: Final = 20_000.0
"""Added to the straight line where nobody can walk, so that any walk counts as nearer."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways from homes (postcodes, rows) to gates (columns).

    Attributes:
        minutes: on foot, or by bus where that is quicker.
        crow_m: in a straight line.
        street_m: along the streets on foot.
        now: column of each provision's gate of today.
        old: column of its gate before it moved, or ``NONE``.
    """

    minutes: Singles
    crow_m: Singles
    street_m: Singles
    now: Ints
    old: Ints


def ways(land: Land, schools: tuple[Provision, ...], rules: Journeys) -> Ways:
    """Measure the ways to all gates that schools have or had."""
    used = {each.site for each in schools} | {each.old_site for each in schools}
    sites = np.array(sorted(used - {NONE}), np.int32)
    homes = land.postcodes
    gates = land.sites.iloc[sites]
    on_foot = land.streets.minutes(gates["node"].to_numpy(np.int32))
    walked = on_foot[:, homes["node"].to_numpy()].T
    crow = np.hypot(
        homes["x"].to_numpy(np.float32)[:, None] - gates["x"].to_numpy(np.float32),
        homes["y"].to_numpy(np.float32)[:, None] - gates["y"].to_numpy(np.float32),
    )
    street = walked * np.float32(rules.walking_m_per_minute)
    column = {site: at for at, site in enumerate(sites.tolist())}
    return Ways(
        minutes=np.ascontiguousarray(np.minimum(walked, bus_minutes(crow, rules))),
        crow_m=crow,
        street_m=np.where(np.isfinite(street), street, crow + BEYOND_WALKING_M),
        now=np.array([column[each.site] for each in schools], np.int32),
        old=np.array([column.get(each.old_site, NONE) for each in schools], np.int32),
    )


def bus_minutes(crow_m: Singles, rules: Journeys) -> Singles:
    """Return the minutes by bus over a straight distance.

    >>> bus_minutes(np.float32([0, 3000]), Journeys(bus_wait_minutes=10, bus_km_h=18))
    array([10., 23.], dtype=float32)
    """
    metres_per_minute = rules.bus_km_h * 1000 / 60
    slope = np.float32(rules.detour_ratio / metres_per_minute)
    return np.float32(rules.bus_wait_minutes) + slope * crow_m
