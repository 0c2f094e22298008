"""Parts of a matrix on disk, so that a run that was killed goes on where it stopped."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from travel.matrix.rows import Found

RECORD = "part.json"
"""Written last: a folder without it was never finished."""

ARRAYS = ("start", "home", "seconds", "metres")


@dataclass(frozen=True, slots=True)
class Part:
    """Places that are searched from together: neighbours along the streets' own curve.

    Attributes:
        number: of the part.
        first: its first place.
        last: the place after its last one.
    """

    number: int
    first: int
    last: int


def plan(n_places: int, places_per_part: int) -> list[Part]:
    """Divide places, which are in their street order, into parts.

    >>> [(part.first, part.last) for part in plan(5, 2)]
    [(0, 2), (2, 4), (4, 5)]
    """
    firsts = range(0, n_places, places_per_part)
    return [
        Part(number, first, min(first + places_per_part, n_places))
        for number, first in enumerate(firsts)
    ]


class Checkpoint:
    """The parts found so far of one matrix.

    Args:
        folder: of the parts of this matrix; parts of anything else in it are removed.
        key: digest of all that the parts depend on.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self._folder = folder
        self._key = key
        folder.mkdir(parents=True, exist_ok=True)
        for other in folder.iterdir():
            if other.name.startswith(".") or self._record(other) is None:
                _remove(other)

    def finished(self, part: Part) -> bool:
        """Say whether a part is there, whole."""
        record = self._record(self._path(part))
        return record is not None and record["places"] == [part.first, part.last]

    def write(self, part: Part, found: Found) -> None:
        """Keep a part; it appears under its name when it is whole."""
        making = self._folder / f".{part.number}"
        _remove(making)
        making.mkdir()
        for name in ARRAYS:
            np.save(making / f"{name}.npy", getattr(found, name), allow_pickle=False)
        record = {
            "key": self._key,
            "places": [part.first, part.last],
            "rows": int(found.home.size),
            "dtypes": {name: getattr(found, name).dtype.name for name in ARRAYS},
        }
        (making / RECORD).write_text(json.dumps(record), encoding="utf-8")
        _remove(self._path(part))
        making.rename(self._path(part))

    def read(self, part: Part) -> Found:
        """Return a part that was kept."""
        return Found(**{name: self._load(part, name) for name in ARRAYS})

    def rows(self, part: Part) -> int:
        """Return how many rows a part has."""
        return int(self._kept(part)["rows"])

    def dtype(self, parts: Sequence[Part], name: str) -> np.dtype[Any]:
        """Return the type that holds an array of all parts."""
        kept = (np.dtype(self._kept(part)["dtypes"][name]) for part in parts)
        return np.result_type(np.uint16, *kept)

    def remove(self) -> None:
        """Forget every part."""
        _remove(self._folder)

    def _kept(self, part: Part) -> dict[str, Any]:
        record = self._record(self._path(part))
        if record is None:
            raise FileNotFoundError(self._path(part))
        return record

    def _record(self, folder: Path) -> dict[str, Any] | None:
        try:
            record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return record if isinstance(record, dict) and record.get("key") == self._key else None

    def _path(self, part: Part) -> Path:
        return self._folder / f"{part.number:06}"

    def _load(self, part: Part, name: str) -> Any:  # noqa: ANN401 - as it was saved
        return np.load(self._path(part) / f"{name}.npy", allow_pickle=False)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
