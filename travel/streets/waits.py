"""Time lost at points along a street: signals and crossings between junctions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travel.streets.chains import Chains

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds lost at points between junctions, such as crossings.

    Attributes:
        point: where.
        ahead: the point that follows there in the direction the way is drawn.
        along_ds: deciseconds lost by those who go in that direction.
        against_ds: deciseconds lost by the others.
    """

    point: Ints
    ahead: Ints
    along_ds: Ints
    against_ds: Ints


def waited(chains: Chains, waits: Waits | None) -> tuple[Ints, Ints]:
    """Add up the deciseconds lost within each chain, forwards and backwards."""
    n_chains = chains.kind.size
    nothing = np.zeros(n_chains, np.int32)
    if waits is None or not waits.point.size:
        return nothing, nothing
    is_inner = np.ones(chains.point.size, np.bool_)
    is_inner[chains.start[:-1]] = False
    is_inner[chains.start[1:] - 1] = False
    inner = np.flatnonzero(is_inner)
    order = np.argsort(chains.point[inner])
    found = np.searchsorted(chains.point[inner[order]], waits.point)
    at = inner[order[np.minimum(found, inner.size - 1)]] if inner.size else np.zeros(0, np.int64)
    is_there = chains.point[at] == waits.point if inner.size else np.zeros(found.size, np.bool_)
    at = at[is_there[: at.size]]
    is_along = chains.point[at + 1] == waits.ahead[is_there]
    along, against = waits.along_ds[is_there], waits.against_ds[is_there]
    chain = np.searchsorted(chains.start, at, side="right") - 1
    return (
        np.bincount(chain, np.where(is_along, along, against), n_chains).astype(np.int32),
        np.bincount(chain, np.where(is_along, against, along), n_chains).astype(np.int32),
    )
