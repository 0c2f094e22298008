"""Travel times from many places to many others."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from travel.hierarchy.hierarchy import Hierarchy
from travel.hierarchy.selection import Within
from travel.snapping import Snapped


def many_to_many(
    hierarchy: Hierarchy,
    origins: Snapped,
    destinations: Snapped,
    *,
    limit_s: float | None = None,
    threads: int | None = None,
) -> npt.NDArray[np.float64]:
    """Measure the quickest way from each of many places to each of many others.

    The seconds are those of `travel.times_between` and, where turning costs time, of
    `travel.times_from`; metres are not known to a hierarchy.

    Args:
        hierarchy: of the streets.
        origins: points snapped before; those without a street reach nothing.
        destinations: likewise. Keep `Hierarchy.select` where the same ones are asked for again.
        limit_s: seconds; destinations further away are not reached. None: no limit.
        threads: at work at once; as many as there are processors if left out.

    Returns:
        Shape (origins, destinations); ``NaN`` where a destination is not reached.
    """
    return hierarchy.select(destinations).seconds(origins, limit_s=limit_s, threads=threads)


def times_from_many(
    hierarchy: Hierarchy,
    sources: Snapped,
    targets: Snapped,
    *,
    limit_s: float,
    threads: int | None = None,
) -> Iterator[Within]:
    """Find the targets within a limit of each source, one source after another.

    Times *to* schools from homes: the sources are the schools, and the hierarchy is
    `Hierarchy.reversed`.

    Args:
        hierarchy: of the streets.
        sources: points snapped before; those without a street reach nothing. They are taken in
            the order of the streets they lie on.
        targets: likewise. Keep `Hierarchy.select` where the same ones are asked for again.
        limit_s: seconds.
        threads: at work at once; as many as there are processors if left out.
    """
    yield from hierarchy.select(targets).within(sources, limit_s=limit_s, threads=threads)
