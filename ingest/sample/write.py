"""Writes the publishers' files of a made-up country: all of them, or nothing at all."""

import contextlib
import multiprocessing
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.sample.errors import SampleError
from ingest.sample.files import Country
from ingest.sample.files.parts import Told, join_parts
from ingest.sample.making import Counts, make_county
from ingest.sample.room import refuse_without_room, room_or_refusal
from ingest.sample.tiles import Tile, tiles

MAKING: Final = 0.85
"""Share of the time that counties take; the rest goes into putting files together."""

COUNTIES_A_WORKER: Final = 25
"""Made by one process before another takes its place, so that memory stays flat.

The pool's own ``max_tasks_per_child`` is not used: in Python 3.11 it can wait for ever once its
processes have done their tasks (python/cpython issue 115634).
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written.

    Attributes:
        out: the folder.
        counts: schools in use, postcodes, small areas and junctions of streets.
        seconds: how long it took.
        size_bytes: of all files.
    """

    out: Path
    counts: Counts
    seconds: float
    size_bytes: int


def write_sample(
    out: Path,
    *,
    scale: float = 1.0,
    seed: int = 1,
    workers: int | None = None,
    progress: Told | None = None,
) -> Summary:
    """Write the files of a made-up country into a folder, laid out as a mirror.

    The bytes depend on scale and seed alone. Memory does not grow with the scale but for the
    outlines and figures of small areas. Whatever stops it, nothing half-written is left.

    Args:
        out: a folder that is not there yet, or empty.
        scale: 1 is one county, 270 all England.
        seed: any whole number from 0.
        workers: processes that make counties at once; as many as there are cores, where not given.
        progress: hears of progress.

    Raises:
        SampleError: a scale, seed or folder that cannot be used, or no room on the disk.
    """
    started = time.perf_counter()
    told = progress or (lambda _share, _doing: None)
    country = Country(scale, seed, tiles(scale, seed))
    _refuse_used(out)
    with _workshop(out, scale) as workshop:
        counts = _make_counties(country, workshop / "parts", _workers(workers, country), told)
        mirror = workshop / "mirror"
        join_parts(country, workshop / "parts", mirror, _after(MAKING, told))
        size = sum(path.stat().st_size for path in mirror.rglob("*") if path.is_file())
        _put_in_place(mirror, out)
    return Summary(out, Counts.total(counts), time.perf_counter() - started, size)


def _refuse_used(out: Path) -> None:
    if out.is_dir() and not any(out.iterdir()):
        return
    if os.path.lexists(out):
        what = "is not empty" if out.is_dir() else "is no folder"
        raise SampleError(f"{out} {what}", hint="name a folder that is not there yet.")


def _workers(asked: int | None, country: Country) -> int:
    if asked is not None and asked < 1:
        raise SampleError(f"--workers {asked} cannot be used", hint="give a whole number from 1.")
    return min(asked or os.cpu_count() or 1, len(country.tiles))


@contextlib.contextmanager
def _workshop(out: Path, scale: float) -> Iterator[Path]:
    """Give a hidden folder on the disk of ``out``, which is gone in the end.

    Where ``out`` is there it lies within, for it may be a disk of its own; else beside it.
    """
    there = next(folder for folder in (out, *out.absolute().parents) if folder.is_dir())
    refuse_without_room(there, scale)
    workshop = Path(tempfile.mkdtemp(prefix=".atlas-sample-", dir=there))
    try:
        with room_or_refusal(there, scale):
            yield workshop
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _make_counties(country: Country, parts: Path, workers: int, told: Told) -> Sequence[Counts]:
    if workers == 1:
        return [_made(country, tile, parts, told) for tile in country.tiles]
    return _made_at_once(country, parts, workers, told)


def _made(country: Country, tile: Tile, parts: Path, told: Told) -> Counts:
    """Make a county here, telling of every stage."""
    number = len(country.tiles)

    def told_of_all(share: float, doing: str) -> None:
        which = "" if number == 1 else f"county {tile.index + 1} of {number}: "
        told(MAKING * (tile.index + share) / number, f"{which}{doing}")

    return make_county(tile, number, parts, told_of_all)


def _made_at_once(country: Country, parts: Path, workers: int, told: Told) -> Sequence[Counts]:
    """Make counties in several processes, which others replace after some counties each."""
    number = len(country.tiles)
    counts: list[Counts] = []
    for batch in _batches(country.tiles, workers * COUNTIES_A_WORKER):
        with _pool(workers) as pool:
            futures = [
                pool.submit(make_county, tile, number, parts, _tell_nobody) for tile in batch
            ]
            for future in futures:
                told(MAKING * len(counts) / number, f"county {len(counts) + 1} of {number}")
                counts.append(_result(future))
    return counts


def _batches(tiles_: Sequence[Tile], size: int) -> Iterator[Sequence[Tile]]:
    for first in range(0, len(tiles_), size):
        yield tiles_[first : first + size]


def _tell_nobody(_share: float, _doing: str) -> None:
    """Progress inside a county is not told from one process to another."""


def _result(future: "Future[Counts]") -> Counts:
    try:
        return future.result()
    except BrokenProcessPool:
        raise SampleError(
            "a process that made a county was stopped, perhaps for want of memory",
            hint="try again with --workers 1.",
        ) from None


@contextlib.contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Give processes that stop at once when this one is interrupted or fails."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_leave_interrupts_to_the_first,
    )
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
            child.join()
        raise
    finally:
        pool.shutdown()


def _leave_interrupts_to_the_first() -> None:
    """Let Ctrl-C, which reaches every process, be answered by the one that started the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _after(start: float, told: Told) -> Told:
    """Tell of what is left after a share of the work."""
    return lambda share, doing: told(start + (1 - start) * share, doing)


def _put_in_place(mirror: Path, out: Path) -> None:
    """Let the files appear all at once, or as nearly so as in a folder that is there already."""
    if not out.is_dir():
        out.parent.mkdir(parents=True, exist_ok=True)
        mirror.rename(out)
        return
    with contextlib.ExitStack() as undo:
        for path in sorted(mirror.iterdir()):
            undo.callback(_remove, out / path.name)
            path.rename(out / path.name)
        undo.pop_all()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
