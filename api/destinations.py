"""The schools of a build as places to go to, snapped to its streets once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

import travel
from api.journeys import Start, Streets
from api.queries.schools import school_points
from config.terms import Phase, SchoolStatus, Sector

Keeps = Callable[[Phase, Sector, SchoolStatus], bool]


@dataclass(frozen=True, slots=True)
class Way:
    """A school and how far it is.

    Attributes:
        urn: of the school.
        seconds: on the way, whole.
        metres: on the way.
        off_street_m: from the nearest street to the school.
    """

    urn: int
    seconds: int
    metres: float
    off_street_m: float


@dataclass(frozen=True, slots=True)
class Destinations:
    """Every school with a position, in the order of its URN.

    Attributes:
        urn: one a school.
        kind: phase, sector and status of each.
        is_covered: a time can be given.
        snapped: its street.
    """

    urn: npt.NDArray[np.int64]
    kind: tuple[tuple[Phase, Sector, SchoolStatus], ...]
    is_covered: npt.NDArray[np.bool_]
    snapped: travel.Snapped

    @classmethod
    def load(cls, engine: sa.Engine, streets: Streets) -> Self:
        """Read the schools of a build and find their streets.

        Raises:
            NoStreets: the build has none.
        """
        rows = school_points(engine)
        snapped = streets.snap(
            np.array([row.x for row in rows], dtype=np.float64),
            np.array([row.y for row in rows], dtype=np.float64),
        )
        covered = np.array([bool(row.is_covered) for row in rows], dtype=np.bool_)
        return cls(
            urn=np.array([row.urn for row in rows], dtype=np.int64),
            kind=tuple((Phase(r.phase), Sector(r.sector), SchoolStatus(r.status)) for r in rows),
            is_covered=covered & snapped.is_on_street,
            snapped=snapped,
        )

    def reached(self, times: travel.Times, keeps: Keeps) -> list[Way]:
        """Return the schools kept that a time was found for, nearest first."""
        numbers = np.flatnonzero(self.is_covered & np.isfinite(times.seconds))
        ways = [
            Way(
                int(self.urn[i]),
                round(float(times.seconds[i])),
                float(times.metres[i]),
                float(self.snapped.distance_m[i]),
            )
            for i in numbers
            if keeps(*self.kind[i])
        ]
        return sorted(ways, key=lambda way: (way.seconds, way.urn))

    def not_covered(self, start: Start, keeps: Keeps, *, within_m: float) -> list[tuple[int, int]]:
        """Return URN and metres as the crow flies of schools kept that no time can be given for."""
        straight = np.hypot(self.snapped.x - start.x, self.snapped.y - start.y)
        numbers = np.flatnonzero(~self.is_covered & (straight <= within_m))
        found = [
            (int(self.urn[i]), round(float(straight[i]))) for i in numbers if keeps(*self.kind[i])
        ]
        return sorted(found, key=lambda pair: (pair[1], pair[0]))
