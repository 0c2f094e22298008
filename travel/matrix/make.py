"""Make a matrix: all homes to all places within a limit, in parts that outlast a kill."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from travel.errors import MatrixError
from travel.matrix.assemble import assemble
from travel.matrix.cluster import find_on_cluster
from travel.matrix.here import find_here
from travel.matrix.layout import ABOUT, About
from travel.matrix.matrix import Matrix
from travel.matrix.parts import Checkpoint, Part, plan
from travel.matrix.problem import lay_out
from travel.matrix.rows import Found
from travel.matrix.sides import Points, Side, on_streets
from travel.network import DECISECONDS, Network
from travel.paths.search import LONGEST_DS

PLACES_PER_PART = 128
"""Few enough that little is lost with a part, many enough that streets are shared."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a matrix is.

    Attributes:
        parts: in all.
        done: of them, those from an earlier run included.
        kept: of them, found by an earlier run.
        pairs: found so far.
    """

    parts: int
    done: int
    kept: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Way:
    """How a matrix is made; the result is the same.

    Attributes:
        threads: of this machine; 0 for all cores.
        scheduler: address of a Dask cluster to find the parts on; empty for this machine.
        checkpoint: folder for the parts until all are found; ``parts`` in the matrix's own folder
            if left out.
        places_per_part: how many places are searched from in one part.
    """

    threads: int = 0
    scheduler: str = ""
    checkpoint: Path | None = None
    places_per_part: int = PLACES_PER_PART


USUAL = Way()


def make_matrix(
    network: Network,
    homes: Points,
    places: Points,
    *,
    limit_s: float,
    out: Path,
    way: Way = USUAL,
    progress: Callable[[Progress], None] | None = None,
) -> Matrix:
    """Find how long it takes from every home to every place within a limit.

    The times are those of `travel.times_toward`, in whole seconds. Every part is kept as soon as it
    is found, so that the same call goes on where an earlier one was killed or interrupted; one that
    finds a whole matrix of the very same question leaves it as it is.

    Args:
        network: the streets, as travelled.
        homes: where journeys start.
        places: where they end.
        limit_s: seconds; pairs further apart are left out.
        out: folder to write to; it is made if it is not there.
        way: on what, and in what portions.
        progress: is told after every part.

    Raises:
        MatrixError: an id is given twice or a position is missing, the limit is impossible, or
            the cluster cannot be used.
    """
    if not 0 < limit_s < LONGEST_DS / DECISECONDS:
        raise MatrixError(f"a limit of {limit_s} seconds is none", hint="give one above 0.")
    home, place = on_streets(network, homes), on_streets(network, places)
    return make_between(network, home, place, limit_s=limit_s, out=out, way=way, progress=progress)


def make_between(
    network: Network,
    home: Side,
    place: Side,
    *,
    limit_s: float,
    out: Path,
    way: Way = USUAL,
    progress: Callable[[Progress], None] | None = None,
) -> Matrix:
    """Do as `make_matrix` does, for homes and places whose streets are known."""
    about = About(
        mode=network.mode,
        network_ids=(network.network_id,),
        limit_s=float(limit_s),
        homes=home.id.size,
        homes_hash=home.digest,
        places=place.id.size,
        places_hash=place.digest,
        homes_off_street=home.off_street,
        places_off_street=place.off_street,
    )

    def find(rest: Sequence[Part]) -> Generator[tuple[Part, Found]]:
        problem = lay_out(network, home.snapped, place.snapped, limit_s=limit_s)
        if way.scheduler:
            return find_on_cluster(problem, rest, scheduler=way.scheduler)
        return find_here(problem, rest, threads=_threads(way))

    return make_in_parts(about, home, place, find, out=out, way=way, progress=progress)


def make_in_parts(
    about: About,
    home: Side,
    place: Side,
    find: Callable[[Sequence[Part]], Generator[tuple[Part, Found]]],
    *,
    out: Path,
    way: Way,
    progress: Callable[[Progress], None] | None,
) -> Matrix:
    """Make a matrix of parts, however they are found.

    Args:
        about: what it will say of itself.
        home: homes.
        place: places.
        find: finds parts, in any order.
        out: folder to write to.
        way: where parts are kept until all are found, and how many places each has.
        progress: is told after every part.
    """
    if (kept_before := _same(out, about)) is not None:
        return kept_before
    parts = plan(place.id.size, way.places_per_part)
    kept = Checkpoint(way.checkpoint or out / "parts", about.key)
    if rest := [part for part in parts if not kept.finished(part)]:
        _keep(find(rest), kept, parts, rest, progress)
    out.mkdir(parents=True, exist_ok=True)
    (out / ABOUT).unlink(missing_ok=True)
    pairs = assemble(kept, parts, about, out, threads=_threads(way))
    for name, side in (("home", home), ("place", place)):
        np.save(out / f"{name}_id.npy", side.id, allow_pickle=False)
        np.save(out / f"{name}_by_id.npy", side.by_id, allow_pickle=False)
    replace(about, pairs=pairs).write(out)
    kept.remove()
    return Matrix.load(out)


def _threads(way: Way) -> int:
    return way.threads or os.cpu_count() or 1


def _same(out: Path, about: About) -> Matrix | None:
    """Return the matrix in a folder, if it answers the very same question."""
    try:
        matrix = Matrix.load(out)
    except MatrixError:
        return None
    return matrix if matrix.about.key == about.key else None


def _keep(
    found: Generator[tuple[Part, Found]],
    kept: Checkpoint,
    parts: list[Part],
    rest: list[Part],
    progress: Callable[[Progress], None] | None,
) -> None:
    """Keep each part as it comes."""
    before = len(parts) - len(rest)
    missing = {part.number for part in rest}
    pairs = sum(kept.rows(part) for part in parts if part.number not in missing)
    with closing(found):
        for done, (part, rows) in enumerate(found, start=before + 1):
            kept.write(part, rows)
            pairs += rows.home.size
            if progress is not None:
                progress(Progress(len(parts), done, before, pairs))
