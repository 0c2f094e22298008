"""A timetable in a folder: one ``.npy`` for each array, and ``timetable.json`` for the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from travel.errors import TimetableError
from travel.transit.timetable import ARRAYS, Timetable

VERSION = 1
"""Raised whenever an array changes its meaning; a folder of another version is refused."""

ABOUT = "timetable.json"


def save_timetable(timetable: Timetable, folder: Path) -> None:
    """Write a timetable into a folder, which is made if it is not there."""
    about = {
        "timetable_id": timetable.timetable_id,
        "date": timetable.date.isoformat(),
        "stops": timetable.n_stops,
        "patterns": timetable.n_patterns,
        "trips": timetable.n_trips,
        "times": timetable.arrival_s.size,
    }
    save_arrays(folder, ABOUT, about, {name: getattr(timetable, name) for name in ARRAYS})


def load_timetable(folder: Path) -> Timetable:
    """Open a saved timetable; its arrays are mapped into memory and read as they are used.

    Raises:
        TimetableError: there is none in the folder, or it is damaged or of another version.
    """
    about, arrays = load_arrays(folder, ABOUT, ARRAYS)
    try:
        timetable = Timetable(
            date=date.fromisoformat(about["date"]), timetable_id=about["timetable_id"], **arrays
        )
        sizes = (
            timetable.n_stops,
            timetable.n_patterns,
            timetable.n_trips,
            timetable.arrival_s.size,
        )
        if sizes != tuple(about[each] for each in ("stops", "patterns", "trips", "times")):
            raise ValueError("its arrays are not as long as it says")  # noqa: TRY301 - one answer
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(folder, ABOUT, str(error)) from error
    return timetable


def save_arrays(
    folder: Path, about_name: str, about: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]
) -> None:
    """Write arrays, and what is said about them last: a folder without it was never finished."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / about_name).unlink(missing_ok=True)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    text = json.dumps({"version": VERSION, **about}, indent=2)
    (folder / about_name).write_text(text + "\n", encoding="utf-8")


def load_arrays(
    folder: Path, about_name: str, names: Iterable[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Map arrays, and read what is said about them.

    Raises:
        TimetableError: something is not there, damaged or of another version.
    """
    try:
        about = json.loads((folder / about_name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TimetableError(
            f"there is no {about_name} in {folder}", hint="read the timetable again."
        ) from None
    except ValueError as error:
        raise _damaged(folder, about_name, str(error)) from error
    if not isinstance(about, dict) or about.get("version") != VERSION:
        found = about.get("version") if isinstance(about, dict) else about
        raise TimetableError(
            f"{folder / about_name} is of version {found!r}; this atlas reads {VERSION}",
            hint="read the timetable again.",
        )
    try:
        arrays = {name: _mapped(folder / f"{name}.npy") for name in names}
    except (OSError, ValueError, EOFError) as error:
        raise _damaged(folder, about_name, str(error)) from error
    return about, arrays


def _mapped(path: Path) -> npt.NDArray[Any]:
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def _damaged(folder: Path, about_name: str, found: str) -> TimetableError:
    return TimetableError(
        f"{about_name} in {folder}, or an array beside it, is damaged: {found}",
        hint="read the timetable again.",
    )
