"""Questions about the times from all homes to all schools."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from travel.matrix import Matrix, Row

Homes = Literal["postcode", "lsoa21"]
"""Kinds of home: unit postcodes, or the middles of small areas."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way from a home to a school.

    Attributes:
        id: the postcode or the code of the small area; or the URN of the school.
        seconds: whole.
        metres: whole; ``None`` where they are not known.
    """

    id: Any
    seconds: int
    metres: int | None


def ways_to_school(matrix: Matrix, urn: int, homes: Homes, *, minutes: float) -> Iterator[Way]:
    """Return the homes of a kind within a time of a school, in the order of their ids.

    Raises:
        travel.MatrixError: the school is not in the matrix.
    """
    row = matrix.to_place(matrix.place(urn))
    ids = matrix.home_id[row.number]
    # A postcode has a space between its halves, and the code of a small area has none.
    is_postcode = np.char.find(ids, b" ") >= 0
    is_kept = (row.seconds <= minutes * 60) & (is_postcode == (homes == "postcode"))
    which = np.flatnonzero(is_kept)
    yield from _ways(ids.astype(str), row, which[np.argsort(ids[which], kind="stable")])


def ways_from_home(matrix: Matrix, home_id: str, *, minutes: float) -> Iterator[Way]:
    """Return the schools within a time of a home, the nearest first.

    Raises:
        travel.MatrixError: the home is not in the matrix.
    """
    row = matrix.from_home(matrix.home(home_id))
    urns = matrix.place_id[row.number]
    which = np.flatnonzero(row.seconds <= minutes * 60)
    yield from _ways(urns, row, which[np.lexsort((urns[which], row.seconds[which]))])


def _ways(ids: np.ndarray, row: Row, which: np.ndarray) -> Iterator[Way]:
    metres = [None] * which.size if row.metres is None else row.metres[which].tolist()
    columns = (ids[which].tolist(), row.seconds[which].tolist(), metres)
    return (Way(*each) for each in zip(*columns, strict=True))
