"""A matrix made on a Dask cluster is the one that is made here."""

import os
import pickle
import signal
import sys

import numpy as np
import pytest
from distributed import LocalCluster

from tests.unit.travel.matrix.places import (
    NEEDS_RUTLAND,
    RUTLAND,
    rutland_places,
    same,
    scattered,
)
from tests.unit.travel.tiny_streets import cross, grid, write_extract
from travel import build_network, read_extract, snap
from travel.errors import MatrixError
from travel.matrix import Way, make_matrix
from travel.matrix.cluster import solve
from travel.matrix.cutting import cut
from travel.matrix.problem import lay_out, street_order
from travel.matrix.rows import Worker

GRID = grid(30, 30)
HOMES = scattered(GRID, 500, first="H", seed=1)
PLACES = scattered(GRID, 120, first="P", seed=2)


@pytest.fixture
def cluster():
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as started:
        yield started


def test_a_worker_is_killed_and_the_matrix_is_the_same(tmp_path, cluster) -> None:
    killed = []

    def kill_one(progress) -> None:
        if progress.done == 3:
            worker = cluster.workers[0].process.pid
            os.kill(worker, signal.SIGKILL)
            killed.append(worker)

    way = Way(scheduler=cluster.scheduler_address, places_per_part=5)
    there = make_matrix(
        GRID, HOMES, PLACES, limit_s=600, out=tmp_path / "there", way=way, progress=kill_one
    )
    here = make_matrix(GRID, HOMES, PLACES, limit_s=600, out=tmp_path / "here")
    assert len(killed) == 1
    assert there.about.pairs > 5_000
    assert same(there, here)


def problem_of(network, homes, places, limit_s):
    at_home, at_place = snap(network, homes.x, homes.y), snap(network, places.x, places.y)
    at_home, at_place = at_home[street_order(at_home)], at_place[street_order(at_place)]
    return lay_out(network, at_home, at_place, limit_s=limit_s)


def check_cuts(problem, size):
    """Hold the rows of every part, cut out and sent, to those of the whole."""
    whole = Worker(problem).find(0, problem.n_places)
    vertices = []
    for first in range(0, problem.n_places, size):
        last = min(first + size, problem.n_places)
        part = cut(problem, first, last)
        vertices.append(part.problem.streets.arc_start.size)
        found = solve(pickle.dumps(part))
        rows = slice(whole.start[first], whole.start[last])
        assert np.array_equal(found.start + whole.start[first], whole.start[first : last + 1])
        for name in ("home", "seconds", "metres"):
            assert np.array_equal(getattr(found, name), getattr(whole, name)[rows])
    assert whole.home.size > 300
    return np.array(vertices)


def test_a_part_needs_only_the_streets_within_its_reach() -> None:
    vertices = check_cuts(problem_of(GRID, HOMES, PLACES, 300), 4)
    assert np.median(vertices) < GRID.n_nodes / 3


def test_a_part_keeps_what_turns_cost(tmp_path) -> None:
    road = {"highway": "residential", "oneway": "no"}
    ways = {10: ([4, 1, 2], road), 11: ([3, 1, 5], road)}
    extract = read_extract(write_extract(tmp_path / "a.osm.pbf", cross(400), ways))
    network, _ = build_network(extract, mode="drive")
    homes = scattered(network, 200, first="H", seed=3)
    check_cuts(problem_of(network, homes, scattered(network, 40, first="P", seed=4), 60), 3)


@pytest.mark.skipif(not RUTLAND.exists(), reason=NEEDS_RUTLAND)
@pytest.mark.parametrize(("mode", "limit_s"), [("walk", 1800), ("drive", 300)])
def test_in_rutland_parts_are_what_the_whole_is(mode, limit_s) -> None:
    network, _ = build_network(read_extract(RUTLAND), mode=mode)
    check_cuts(problem_of(network, *rutland_places(), limit_s), 6)


def test_a_cluster_that_cannot_be_used_says_why(tmp_path, monkeypatch) -> None:
    def ask(scheduler):
        way = Way(scheduler=scheduler)
        make_matrix(GRID, HOMES, PLACES, limit_s=60, out=tmp_path, way=way)

    monkeypatch.setattr("travel.matrix.cluster.CONNECT_S", 0.3)
    with pytest.raises(MatrixError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        ask("tcp://127.0.0.1:9")
    with pytest.raises(MatrixError, match="no Dask scheduler answers at nonsense://"):
        ask("nonsense://127.0.0.1:9")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MatrixError, match=r"schools-atlas\[cluster\]"):
        ask("tcp://127.0.0.1:9")


def test_a_scheduler_without_workers_is_refused(tmp_path) -> None:
    with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as empty:
        way = Way(scheduler=empty.scheduler_address)
        with pytest.raises(MatrixError, match="has no workers"):
            make_matrix(GRID, HOMES, PLACES, limit_s=60, out=tmp_path, way=way)
