"""The loop of a search beside the same in C, and what one click costs, step by step."""

from __future__ import annotations

import ctypes
import gzip
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from bench.near_streets import share_alike
from bench.places import open_schools
from bench.rows import Row, row
from travel import (
    Network,
    Snapped,
    Workspace,
    build_network,
    isochrone,
    read_extract,
    seconds_from,
    snap,
    snap_origin,
    time_grid,
    travel_times,
    warm,
    write_time_grid,
)
from travel.drawing.ground import Grounds
from travel.paths.bucket_queue import Memory, Places, clear, memory, spread
from travel.paths.search import NOWHERE

MIRROR = Path(__file__).parents[2] / "shared" / "data" / "publishers"
LEEDS = MIRROR / "osm" / "leeds_inner_2022-07.osm.pbf"
C_LOOP = Path(__file__).parent / "bucket_queue.c"
HALF_HOUR_S = 1800.0
LIMIT_DS = 18_000
FIVE_BANDS = (5, 10, 15, 20, 30)
ORIGINS = 25
ROUNDS = 5
SCHOOLS = 30

Point = tuple[float, float]


def run() -> list[Row]:
    """Measure on the streets of Leeds; nothing where the extract is not there."""
    if not LEEDS.exists():
        return []
    warm()
    network, _ = build_network(read_extract(LEEDS), mode="walk")
    nodes = _inner_nodes(network)
    homes = [(network.x[node] + 6.0, network.y[node] + 4.0) for node in nodes]
    return [*_loops(network, nodes), *_searches(network, homes), *_clicks(network, homes)]


def _inner_nodes(network: Network) -> list[int]:
    inner = network.coverage.buffer(-2_500)
    node = np.random.default_rng(20).permutation(network.n_nodes)
    inside = shapely.contains_xy(inner, network.x[node], network.y[node])
    return [int(each) for each in node[inside][:ORIGINS]]


def _loops(network: Network, nodes: Sequence[int]) -> Iterator[Row]:
    """Time the loop alone, from junctions, in memory used again; then the same in C."""
    labels = memory(network.n_nodes, queue_length=4 * network.n_nodes, limit_ds=LIMIT_DS)
    nothing = np.zeros(1, np.int32)
    starts = [_at_node(network, node) for node in nodes]

    def ours(start: Places) -> int:
        return spread(network.streets, start, nothing, NOWHERE, LIMIT_DS, labels)

    in_c = _c_loop(network, labels)
    if in_c is None:
        yield _row(
            "loop of a walk tree alone, 30 min",
            _timed(ours, starts, labels),
            "no gcc to compare with",
        )
        return
    pairs = zip(starts, nodes, strict=True)
    _assert_equal(labels, [(partial(ours, start), partial(in_c, node)) for start, node in pairs])
    both = [(_timed(ours, starts, labels), _timed(in_c, nodes, labels)) for _ in range(ROUNDS)]
    ratio = statistics.median(statistics.median(a) / statistics.median(b) for a, b in both)
    yield _row("loop of a walk tree alone, 30 min", both[0][0])
    yield _row("  the same loop in C, gcc -O3", both[0][1])
    yield row("leeds: ours by the same loop in C", ratio, "x", "medians", at_most=1.15)


def _at_node(network: Network, node: int) -> Places:
    edge = int(network.arc_edge[network.arc_start[node]])
    fraction = 0.0 if network.tail[edge] == node else 1.0
    return Places(np.array([edge], np.int32), np.array([fraction]), np.zeros(1))


def _c_loop(network: Network, labels: Memory) -> Callable[[int], int] | None:
    """Compile the loop in C; nothing where there is no gcc."""
    if (gcc := shutil.which("gcc")) is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        library = f"{folder}/bucket_queue.so"
        flags = ("-O3", "-march=native", "-shared", "-fPIC", "-o", library)
        subprocess.run([gcc, *flags, str(C_LOOP)], check=True)  # noqa: S603 - our own file
        loop = ctypes.CDLL(library).spread
    loop.restype = ctypes.c_int64
    address, uint32, uint64 = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint64
    loop.argtypes = [*[address] * 3, uint32, uint32, *[address] * 4, uint64, address]
    streets = [array.ctypes.data for array in network.streets[:3]]
    left, metres, reached, queue, bucket = (array.ctypes.data for array in labels)
    room = labels.queue.size
    return lambda node: loop(*streets, node, LIMIT_DS, left, metres, reached, queue, room, bucket)


def _assert_equal(
    labels: Memory, pairs: Sequence[tuple[Callable[[], int], Callable[[], int]]]
) -> None:
    for ours, in_c in pairs:
        n = ours()
        left = labels.left.copy()
        clear(labels, n)
        assert in_c() == n
        assert np.array_equal(left, labels.left)
        clear(labels, n)


def _searches(network: Network, homes: Sequence[Point]) -> Iterator[Row]:
    snapped = [snap_origin(network, *home) for home in homes]
    workspace = Workspace(network)
    yield _row(
        "tree, 30 min, memory used again",
        _timed(
            lambda o: seconds_from(network, o, limit_s=HALF_HOUR_S, workspace=workspace), snapped
        ),
        at_most=0.2,
    )
    schools = open_schools(MIRROR / "gias" / "edubasealldata20250524.csv")
    schools = schools[network.is_covered(schools[:, 0], schools[:, 1])]
    at_school = snap(network, schools[:, 0], schools[:, 1])
    asked = [(home, _nearest(at_school, home)) for home in homes]
    yield _row(
        f"a home to the {SCHOOLS} nearest schools",
        _timed(lambda a: travel_times(network, a[0], a[1], limit_s=2 * HALF_HOUR_S), asked),
        "the home is snapped, the schools were before",
        at_most=0.3,
    )


def _nearest(places: Snapped, home: Point) -> Snapped:
    order = np.argsort(np.hypot(places.x - home[0], places.y - home[1]))[:SCHOOLS]
    return places[order]


def _clicks(network: Network, homes: Sequence[Point]) -> Iterator[Row]:
    """Time a click: from metres of the British grid to what is sent or drawn."""

    def grid(home: Point) -> bytes:
        reach = seconds_from(network, snap_origin(network, *home), limit_s=HALF_HOUR_S)
        return write_time_grid(time_grid(reach))

    def elsewhere(home: Point) -> None:
        network.__dict__["grounds"] = Grounds(network)
        isochrone(network, home, minutes=FIVE_BANDS)

    yield _row("a click, five bands, nobody asked near before", _timed(elsewhere, homes, repeats=2))
    took = _timed(lambda home: isochrone(network, home, minutes=FIVE_BANDS), homes)
    yield _row("a click, five bands as polygons", took, at_most=10)
    took = _timed(grid, homes)
    size = statistics.median(len(gzip.compress(grid(home), 4)) for home in homes)
    yield _row("a click, 30 min as a time grid", took, f"{size / 1e3:.1f} kB gzipped", at_most=6)
    for minutes in FIVE_BANDS[::2]:
        shares = [share_alike(network, home, minutes) for home in homes]
        yield row(
            f"leeds: band and time agree near streets, {minutes} min",
            statistics.mean(shares),
            "share",
            f"of places within 50 m of a street; worst of {len(homes)} homes {min(shares):.3f}",
            at_least=0.99,
        )


def _timed(
    call: Callable[[Any], Any],
    given: Sequence[Any],
    labels: Memory | None = None,
    *,
    repeats: int = 5,
) -> list[float]:
    """Return the milliseconds of a call for each thing given, the best of a few.

    Labels are cleared after every call, which counts: it belongs to a search.
    """
    call(given[0])
    if labels is not None:
        clear(labels, int((labels.left > 0).sum()))
    return [min(_once(call, each, labels) for _ in range(repeats)) for each in given]


def _once(call: Callable[[Any], Any], given: object, labels: Memory | None) -> float:
    started = time.perf_counter()
    found = call(given)
    if labels is not None:
        clear(labels, found)
    return (time.perf_counter() - started) * 1e3


def _row(
    name: str, took_ms: Sequence[float], note: str = "", *, at_most: float | None = None
) -> Row:
    said = f"median; 95th percentile {np.percentile(took_ms, 95):.3g}"
    value = statistics.median(took_ms)
    return row(f"leeds: {name}", value, "ms", f"{said}; {note}" if note else said, at_most=at_most)
