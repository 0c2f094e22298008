"""A matrix of travel times, opened for reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from travel.errors import MatrixError
from travel.matrix.layout import About, arrays_of, damaged, read_about

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Wholes = npt.NDArray[np.unsignedinteger]

_HEADER = 128
"""Bytes of an ``.npy`` file before its array."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is within the limit of one home, or of one place.

    Attributes:
        number: ``int32``, ascending: numbers of places for a home, of homes for a place.
        seconds: whole, from the home to the place.
        metres: whole, on that way; ``None`` where they are not known.
    """

    number: Ints
    seconds: Wholes
    metres: Wholes | None

    def __len__(self) -> int:
        return self.number.size


@dataclass(frozen=True, eq=False, slots=True)
class Matrix:
    """How long it takes from every home to every place within a limit.

    Homes and places are numbered along the streets' own curve, so that neighbours have numbers
    that are near; `home` and `place` find a number by its id. The arrays are mapped into memory
    and read as they are used.

    Attributes:
        about: what it was made from.
        home_id: id of each home.
        home_by_id: numbers of homes in the order of their ids.
        home_start: ``int64``, homes + 1; the pairs of home *i* in the arrays by home are
            ``home_start[i]`` up to ``home_start[i + 1]``.
        home_place: ``int32``, the place of each pair, ascending for each home.
        home_seconds: whole.
        home_metres: whole; ``None`` where metres are not known.
        place_id: id of each place.
        place_by_id: numbers of places in the order of their ids.
        place_start: ``int64``, places + 1, as ``home_start``, in the arrays by place.
        place_home: ``int32``, the home of each pair, ascending for each place.
        place_seconds: whole.
        place_metres: likewise.
    """

    about: About
    home_id: npt.NDArray[Any]
    home_by_id: Ints
    home_start: Longs
    home_place: Ints
    home_seconds: Wholes
    place_id: npt.NDArray[Any]
    place_by_id: Ints
    place_start: Longs
    place_home: Ints
    place_seconds: Wholes
    home_metres: Wholes | None = None
    place_metres: Wholes | None = None

    @classmethod
    def load(cls, folder: Path) -> Matrix:
        """Open a matrix in milliseconds.

        Raises:
            MatrixError: there is none in the folder, or it is damaged or of another version.
        """
        about = read_about(folder)
        try:
            arrays = {name: _mapped(folder / f"{name}.npy") for name in arrays_of(about)}
        except (OSError, ValueError, EOFError) as error:
            raise damaged(folder, str(error)) from error
        matrix = cls(about, **arrays)
        sizes = {name: array.shape for name, array in arrays.items()}
        if sizes != _shapes(about):
            raise damaged(folder, "its arrays are not as long as matrix.json says")
        return matrix

    def home(self, home_id: str | int) -> int:
        """Return the number of a home.

        Raises:
            MatrixError: it is not in this matrix.
        """
        return _number("home", home_id, self.home_id, self.home_by_id)

    def has_home(self, home_id: str | int) -> bool:
        """Say whether a home is in this matrix."""
        return _found(home_id, self.home_id, self.home_by_id) is not None

    def place(self, place_id: str | int) -> int:
        """Return the number of a place.

        Raises:
            MatrixError: it is not in this matrix.
        """
        return _number("place", place_id, self.place_id, self.place_by_id)

    def from_home(self, home: int) -> Row:
        """Return the places within the limit of a home, by their numbers."""
        part = slice(int(self.home_start[home]), int(self.home_start[home + 1]))
        metres = None if self.home_metres is None else self.home_metres[part]
        return Row(self.home_place[part], self.home_seconds[part], metres)

    def to_place(self, place: int) -> Row:
        """Return the homes within the limit of a place, by their numbers."""
        part = slice(int(self.place_start[place]), int(self.place_start[place + 1]))
        metres = None if self.place_metres is None else self.place_metres[part]
        return Row(self.place_home[part], self.place_seconds[part], metres)

    def seconds(self, home: int, place: int) -> int | None:
        """Return how long it takes from a home to a place; ``None`` if longer than the limit."""
        row = self.from_home(home)
        at = int(np.searchsorted(row.number, place))
        return int(row.seconds[at]) if at < len(row) and row.number[at] == place else None


def order_of(ids: npt.NDArray[Any]) -> Ints:
    """Return the numbers of ids in their order, to find one by halving.

    Raises:
        MatrixError: two are the same.
    """
    order = np.argsort(ids, kind="stable").astype(np.int32)
    ordered = ids[order]
    if (twice := np.flatnonzero(ordered[1:] == ordered[:-1])).size:
        raise MatrixError(
            f"the id {_told(ordered[twice[0]])} is given twice", hint="give each place its own."
        )
    return order


def _number(what: str, wanted: str | int, ids: npt.NDArray[Any], by_id: Ints) -> int:
    found = _found(wanted, ids, by_id)
    if found is None:
        raise MatrixError(
            f"{wanted} is no {what} of this matrix",
            hint="it lies outside the region, or came after the matrix was made.",
        )
    return found


def _found(wanted: str | int, ids: npt.NDArray[Any], by_id: Ints) -> int | None:
    key: Any = wanted
    if ids.dtype.kind == "S":
        key = str(wanted).encode()
    if ids.dtype.kind in "SU" or isinstance(wanted, int):
        low, high = 0, by_id.size
        while low < high:
            middle = (low + high) // 2
            if ids[by_id[middle]] < key:
                low = middle + 1
            else:
                high = middle
        if low < by_id.size and ids[by_id[low]] == key:
            return int(by_id[low])
    return None


def _told(one: Any) -> str:  # noqa: ANN401 - an id of any kind
    return one.decode("ascii", "replace") if isinstance(one, bytes) else str(one)


def _shapes(about: About) -> dict[str, tuple[int]]:
    sizes = {"id": 0, "by_id": 0, "start": 1}
    counts = {"home": about.homes, "place": about.places}
    return {
        name: (counts[side] + sizes[rest],) if rest in sizes else (about.pairs,)
        for name in arrays_of(about)
        for side, _, rest in [name.partition("_")]
    }


def _mapped(path: Path) -> Any:  # noqa: ANN401 - the fields of Matrix say which type each has
    if path.stat().st_size <= _HEADER:  # nothing in it, which cannot be mapped
        return np.load(path, allow_pickle=False)
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
