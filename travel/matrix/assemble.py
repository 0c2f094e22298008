"""Parts of a matrix into one, by place as they were found and turned over to be by home.

The rows by place are written as they are read, a part at a time, and never all held in memory. The
rows by home are scattered into files that are mapped: as both are numbered along the streets' own
curve, what is written next to each other was found one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit
from numpy.lib.format import open_memmap, write_array_header_2_0

from travel.matrix.layout import About
from travel.matrix.parts import Checkpoint, Part
from travel.matrix.rows import Found

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Wholes = npt.NDArray[np.unsignedinteger]


def assemble(
    checkpoint: Checkpoint, parts: Sequence[Part], about: About, folder: Path, *, threads: int
) -> int:
    """Write the arrays of pairs into a folder; return how many pairs there are."""
    start, per_home = np.zeros(about.places + 1, np.int64), np.zeros(about.homes, np.int64)
    pairs = sum(checkpoint.rows(part) for part in parts)
    measures = ("seconds", "metres") if about.has_metres else ("seconds",)
    types = {name: checkpoint.dtype(parts, name) for name in measures}
    types["home"] = np.dtype(np.int32)
    files = {name: (folder / f"place_{name}.npy").open("wb") for name in types}
    try:
        for name, file in files.items():
            told = {"descr": types[name].str, "fortran_order": False, "shape": (pairs,)}
            write_array_header_2_0(file, told)
        for part in parts:
            found = checkpoint.read(part)
            start[part.first + 1 : part.last + 1] = found.start[1:] + start[part.first]
            _count(found.home, per_home)
            for name, file in files.items():
                file.write(getattr(found, name).astype(types[name], copy=False).data)
    finally:
        for file in files.values():
            file.close()
    np.save(folder / "place_start.npy", start)
    _turn_over(checkpoint, parts, per_home, types, folder, threads)
    return pairs


def _turn_over(
    checkpoint: Checkpoint,
    parts: Sequence[Part],
    per_home: Longs,
    types: dict[str, np.dtype[Any]],
    folder: Path,
    threads: int,
) -> None:
    """Write the same pairs by home, places ascending; each thread has homes of its own."""
    start = np.concatenate(([0], np.cumsum(per_home)))
    np.save(folder / "home_start.npy", start)
    shape, at = (int(start[-1]),), start[:-1].copy()
    last = "metres" if "metres" in types else "seconds"  # written twice, if there is nothing else
    place = _written(folder / "home_place.npy", types["home"], shape)
    seconds, metres = (
        _written(folder / f"home_{name}.npy", types[name], shape) for name in ("seconds", last)
    )
    share = [int(each) for each in np.searchsorted(start, start[-1] * np.arange(threads) / threads)]
    bounds = [*share, per_home.size]

    def turn(found: Found, part: Part, thread: int) -> None:
        _scatter(
            found.start,
            found.home,
            found.seconds.astype(types["seconds"], copy=False),
            getattr(found, last).astype(types[last], copy=False),
            part.first,
            bounds[thread],
            bounds[thread + 1],
            at,
            place,
            seconds,
            metres,
        )

    with ThreadPoolExecutor(threads) as pool:
        for part in parts:
            found = checkpoint.read(part)
            list(pool.map(lambda thread, f=found, p=part: turn(f, p, thread), range(threads)))


def _written(path: Path, dtype: np.dtype[Any], shape: tuple[int]) -> Any:  # noqa: ANN401 - of this type
    if shape == (0,):  # nothing to map
        np.save(path, np.empty(shape, dtype))
        return np.empty(shape, dtype)
    return np.asarray(open_memmap(path, "w+", dtype, shape))


@njit(cache=True, nogil=True)
def _count(home: Ints, per_home: Longs) -> None:
    """Count the places of each home."""
    for i in range(home.size):
        per_home[np.uint64(home[i])] += 1


@njit(cache=True, nogil=True)
def _scatter(  # noqa: PLR0913, PLR0917
    start: Longs,
    home: Ints,
    seconds: Wholes,
    metres: Wholes,
    first_place: int,
    first_home: int,
    last_home: int,
    at: Longs,
    to_place: Ints,
    to_seconds: Wholes,
    to_metres: Wholes,
) -> None:
    """Hand each pair to its home, for homes ``first_home`` up to ``last_home``.

    ``at`` says where each home's next pair goes.
    """
    for j in range(start.size - 1):
        row = home[start[j] : start[j + 1]]
        k = np.uint64(start[j] + np.searchsorted(row, first_home))
        end = np.uint64(start[j] + np.searchsorted(row, last_home))
        while k < end:
            h = np.uint64(home[k])
            to = np.uint64(at[h])
            to_place[to] = first_place + j
            to_seconds[to] = seconds[k]
            to_metres[to] = metres[k]
            at[h] = to + np.uint64(1)
            k += np.uint64(1)
