"""From single pieces of street to chains between junctions."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Straight pieces of street between neighbouring points.

    Attributes:
        tail: point where each piece starts.
        head: point where it ends; never the same one.
        kind: index of its pace; pieces of one kind may be merged.
        is_one_way: one per kind; pieces of these kinds are never turned round.
    """

    tail: Ints
    head: Ints
    kind: Ints
    is_one_way: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Chains:
    """Runs of pieces from one junction to the next.

    Attributes:
        start: ``int64``, chains + 1.
        point: the points of chain *i*, both junctions included, are
            ``point[start[i] : start[i + 1]]``.
        kind: one per chain.
        first_piece: the piece that each chain starts with.
        last_piece: the piece that it ends with.
    """

    start: Longs
    point: Ints
    kind: Ints
    first_piece: Ints
    last_piece: Ints


def trace(pieces: Pieces, n_points: int) -> Chains:
    """Join pieces through points where there is nothing to choose.

    A point stays a junction where other than two pieces meet, where the pace changes, and where
    one-way pieces do not follow on from each other. Of a ring without a junction the lowest point
    becomes one.

    Args:
        pieces: each drawn once, whichever way.
        n_points: points are numbered from 0.
    """
    start, end_piece, is_junction = _incidence(
        pieces.tail, pieces.head, pieces.kind, pieces.is_one_way, n_points
    )
    chains = _follow(
        pieces.tail,
        pieces.head,
        pieces.kind,
        pieces.is_one_way,
        start,
        end_piece,
        is_junction,
    )
    return Chains(*chains)


@njit(cache=True)
def _incidence(
    tail: Ints, head: Ints, kind: Ints, is_one_way: npt.NDArray[np.bool_], n_points: int
) -> tuple[Longs, Ints, npt.NDArray[np.bool_]]:
    """List the pieces that end at each point, and say which points are junctions."""
    start = np.zeros(n_points + 1, np.int64)
    for i in range(tail.size):
        start[tail[i] + 1] += 1
        start[head[i] + 1] += 1
    for point in range(n_points):
        start[point + 1] += start[point]
    fill = start[:-1].copy()
    piece = np.empty(2 * tail.size, np.int32)
    for i in range(tail.size):
        for point in (tail[i], head[i]):
            piece[fill[point]] = i
            fill[point] += 1
    is_junction = np.ones(n_points, np.bool_)
    for point in range(n_points):
        if start[point + 1] - start[point] == 2:  # noqa: PLR2004
            one = piece[start[point]]
            other = piece[start[point] + 1]
            is_followed_on = (head[one] == point) != (head[other] == point)
            is_junction[point] = kind[one] != kind[other] or (
                is_one_way[kind[one]] and not is_followed_on
            )
    return start, piece, is_junction


@njit(cache=True)
def _follow(  # noqa: C901
    tail: Ints,
    head: Ints,
    kind: Ints,
    is_one_way: npt.NDArray[np.bool_],
    start: Longs,
    end_piece: Ints,
    is_junction: npt.NDArray[np.bool_],
) -> tuple[Longs, Ints, Ints, Ints, Ints]:
    """Walk from every junction along every piece not yet used, up to the next junction."""
    n_points = start.size - 1
    is_used = np.zeros(tail.size, np.bool_)
    chain_start = np.zeros(tail.size + 1, np.int64)
    chain_kind = np.empty(tail.size, np.int32)
    first = np.empty(tail.size, np.int32)
    last = np.empty(tail.size, np.int32)
    point = np.empty(2 * tail.size, np.int32)
    chains = 0
    points = 0
    for sweep in range(2):
        for origin in range(n_points):
            if sweep == 0 and not is_junction[origin]:
                continue
            for k in range(start[origin], start[origin + 1]):
                piece = end_piece[k]
                if is_used[piece] or (is_one_way[kind[piece]] and tail[piece] != origin):
                    continue
                is_junction[origin] = True
                chain_kind[chains] = kind[piece]
                first[chains] = piece
                at = origin
                point[points] = at
                points += 1
                while True:
                    is_used[piece] = True
                    at = head[piece] if tail[piece] == at else tail[piece]
                    point[points] = at
                    points += 1
                    if is_junction[at]:
                        break
                    following = end_piece[start[at]]
                    if following == piece:
                        following = end_piece[start[at] + 1]
                    piece = following
                last[chains] = piece
                chains += 1
                chain_start[chains] = points
    return (
        chain_start[: chains + 1].copy(),
        point[:points].copy(),
        chain_kind[:chains].copy(),
        first[:chains].copy(),
        last[:chains].copy(),
    )
