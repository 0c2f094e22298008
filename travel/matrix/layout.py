"""Names of the files in a matrix's folder, and what its about file says."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from travel.errors import MatrixError

VERSION: Final = 1
"""Raised whenever an array changes its meaning; a folder of another version is refused."""

ABOUT: Final = "matrix.json"
"""Written last: a folder without it was never finished."""

ARRAYS: Final = (
    "home_id",
    "home_by_id",
    "home_start",
    "home_place",
    "home_seconds",
    "home_metres",
    "place_id",
    "place_by_id",
    "place_start",
    "place_home",
    "place_seconds",
    "place_metres",
)
"""Each is a ``.npy`` file; those of metres are there only where metres are known."""


def arrays_of(about: About) -> tuple[str, ...]:
    """Name the arrays that a matrix has."""
    return tuple(name for name in ARRAYS if about.has_metres or not name.endswith("_metres"))


@dataclass(frozen=True, slots=True)
class About:
    """What a matrix says of itself.

    Attributes:
        mode: the way of travelling.
        network_ids: of the streets, and whatever else the times were found on.
        limit_s: seconds; pairs further apart are not in it.
        homes: how many.
        homes_hash: of their ids and positions.
        places: how many.
        places_hash: of their ids and positions.
        homes_off_street: homes that no street was near enough to.
        places_off_street: likewise.
        has_metres: whether metres are known beside seconds.
        pairs: of homes and places within the limit.
        version: of the layout.
    """

    mode: str
    network_ids: tuple[str, ...]
    limit_s: float
    homes: int
    homes_hash: str
    places: int
    places_hash: str
    homes_off_street: int
    places_off_street: int
    has_metres: bool = True
    pairs: int = 0
    version: int = VERSION

    @property
    def key(self) -> str:
        """Return a digest of all that the pairs depend on."""
        told = asdict(self) | {"pairs": 0}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def write(self, folder: Path) -> None:
        """Write it into a matrix's folder, which is whole from then on."""
        text = json.dumps(asdict(self), indent=2) + "\n"
        making = folder / f".{ABOUT}"
        making.write_text(text, encoding="utf-8")
        making.replace(folder / ABOUT)


def read_about(folder: Path) -> About:
    """Read what a matrix says of itself.

    Raises:
        MatrixError: there is none in the folder, or it is damaged or of another version.
    """
    try:
        told: Any = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MatrixError(
            f"there is no matrix of travel times in {folder}", hint="build the region again."
        ) from None
    except (OSError, ValueError) as error:
        raise damaged(folder, str(error)) from error
    found = told.get("version") if isinstance(told, dict) else told
    if found != VERSION:
        raise MatrixError(
            f"the matrix in {folder} is of version {found!r}; this atlas reads {VERSION}",
            hint="make it again.",
        )
    try:
        return About(**told | {"network_ids": tuple(told["network_ids"])})
    except (TypeError, KeyError) as error:
        raise damaged(folder, f"matrix.json lacks something: {error}") from error


def damaged(folder: Path, found: str) -> MatrixError:
    """Say that a matrix cannot be read."""
    return MatrixError(f"the matrix in {folder} is damaged: {found}", hint="make it again.")


def digest(*arrays: npt.NDArray[Any]) -> str:
    """Return a digest of arrays."""
    told = hashlib.sha256()
    for array in arrays:
        told.update(array.dtype.str.encode())
        told.update(np.ascontiguousarray(array).view(np.uint8).data)
    return told.hexdigest()[:32]
