"""A country parted into pieces of neighbours, each with a margin of homes and schools around it.

A school at the edge of a piece takes children from both sides, and those have other schools beyond:
so a piece is worked out with the homes and schools around it, and what it says of these is thrown
away. All is as large as the piece, whatever the size of the country.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.spatial import cKDTree

from planning.arrays import Bools, Ints
from planning.choice.features import NEAREST, Homes, Schools

CONTESTED: Final = 12
"""Schools, the nearest, that a home is taken to compete for: it is in the margin of a piece where
one of them is the piece's, or among those that the piece's own homes compete for. A convention:
with 12, what comes of drawn years differs from a country in one piece by no more than drawing other
years does (``tests/unit/ingest/planning/test_choice_pieces.py``)."""

_TIES: Final = 8
"""Schools beyond the nearest that are looked at for some just as far as the last of them."""


@dataclass(frozen=True, slots=True)
class Land:
    """What is parted.

    Attributes:
        homes: small areas, with the number of their authority.
        addresses: of each of them, shape (homes,).
        schools: of one phase, with the number of their authority.
        kind: of each authority; those of different kinds are never in one piece, shape
            (authorities,).
    """

    homes: Homes
    addresses: Ints
    schools: Schools
    kind: Ints


@dataclass(frozen=True, slots=True)
class Piece:
    """Some authorities, and what has to be looked at beside them.

    Attributes:
        authorities: numbers, ascending.
        homes: rows of theirs and of the margin's homes, ascending.
        schools: rows of theirs, and of all that one of the homes chooses among, ascending.
        contested: rows of the schools that all homes which compete for them are among ``homes``.
    """

    authorities: Ints
    homes: Ints
    schools: Ints
    contested: Ints


def pieces(land: Land, *, most: int) -> tuple[Piece, ...]:
    """Part the authorities of a country into pieces of neighbours.

    Authorities are cut in halves, across the longer side of the land that they lie in, as long as
    a piece with its margin has too many pairs of addresses and schools; one authority alone stays
    whole.

    Args:
        land: what is parted.
        most: pairs of addresses and schools of a piece, its margin included.
    """
    near = _Near(land)
    found: list[Piece] = []
    whole = np.arange(len(land.kind))
    for kind in np.unique(land.kind):
        found += _parted(land, near, whole[land.kind == kind], most)
    return tuple(found)


def _parted(land: Land, near: "_Near", authorities: Ints, most: int) -> Iterator[Piece]:
    piece = near.around(authorities)
    pairs = int(land.addresses[piece.homes].sum()) * len(piece.schools)
    if pairs <= most or len(authorities) == 1:
        yield piece
        return
    for half in _halves(land, authorities):
        yield from _parted(land, near, half, most)


def _halves(land: Land, authorities: Ints) -> Sequence[Ints]:
    """Cut authorities where half of their addresses lie on either side."""
    middle = np.zeros((len(authorities), 2))
    weight = np.zeros(len(authorities))
    for row, each in enumerate(authorities):
        own = land.homes.authority == each
        weight[row] = land.addresses[own].sum()
        if own.any():
            middle[row] = np.median(land.homes.x[own]), np.median(land.homes.y[own])
    axis = int(np.ptp(middle, axis=0).argmax())
    order = np.lexsort((authorities, middle[:, axis]))
    before = np.cumsum(weight[order]) - weight[order] / 2
    cut = int(np.clip(np.searchsorted(before, weight.sum() / 2), 1, len(order) - 1))
    return np.sort(authorities[order[:cut]]), np.sort(authorities[order[cut:]])


class _Near:
    """The nearest schools of every home, found once for the country."""

    def __init__(self, land: Land) -> None:
        self._land = land
        schools = len(land.schools.x)
        tree = cKDTree(np.column_stack([land.schools.x, land.schools.y]))
        points = np.column_stack([land.homes.x, land.homes.y])
        deep = min(NEAREST + _TIES, schools)
        self._options = _rows(tree, points, deep)
        self._contested = self._options[:, : min(CONTESTED, schools)]

    def around(self, authorities: Ints) -> Piece:
        """Return a piece of some authorities."""
        land = self._land
        own_school = np.isin(land.schools.authority, authorities)
        own_home = np.isin(land.homes.authority, authorities)
        contested = own_school.copy()
        contested[self._contested[own_home].ravel()] = True
        homes = own_home | contested[self._contested].any(axis=1)
        return Piece(
            authorities=authorities,
            homes=np.flatnonzero(homes),
            schools=np.flatnonzero(self._seen(own_school, homes)),
            contested=np.flatnonzero(contested),
        )

    def _seen(self, own: Bools, homes: Bools) -> Bools:
        seen = own.copy()
        seen[self._options[homes].ravel()] = True
        return seen


def _rows(
    tree: cKDTree, points: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", k: int
) -> Ints:
    _, row = tree.query(points, k=k)
    return np.asarray(row, np.int64).reshape(len(points), k)
