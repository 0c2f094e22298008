"""Graphs of neighbours, compact groups, routes, counties side by side."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sample.errors import SampleError
from ingest.sample.land.areas import halved
from ingest.sample.land.canvas import border_id
from ingest.sample.land.neighbours import relative_neighbours
from ingest.sample.land.patterns import apart
from ingest.sample.land.routes import smooth
from ingest.sample.land.settlements import settle
from ingest.sample.land.skeleton import make_skeleton
from ingest.sample.land.terrain import make_terrain, river_at_border
from ingest.sample.tiles import tiles

seeds = st.integers(0, 10_000)


@given(seed=seeds, count=st.integers(4, 60))
def test_relative_neighbours_are_those_that_no_third_point_is_closer_to_both_of(seed, count):
    x, y = np.random.default_rng(seed).uniform(0, 1000, (2, count))
    near = {tuple(pair) for pair in relative_neighbours(x, y).tolist()}
    gap = np.hypot(x[:, None] - x, y[:, None] - y)
    slow = {
        (a, b)
        for a in range(count)
        for b in range(a + 1, count)
        if not any(max(gap[a, c], gap[b, c]) < gap[a, b] for c in range(count) if c not in (a, b))
    }
    assert slow <= near
    assert len(near - slow) <= 0.02 * count + 1


def test_relative_neighbours_of_a_grid_are_its_sides():
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(4) * 100.0, np.arange(3) * 140.0))
    pairs = relative_neighbours(x + np.arange(12) * 1e-4, y)
    assert len(pairs) == 3 * 3 + 4 * 2
    assert all((x[a] == x[b]) or (y[a] == y[b]) for a, b in pairs.tolist())


@given(seed=seeds, count=st.integers(1, 9), places=st.integers(40, 90))
def test_halving_gives_as_many_groups_as_asked_of_about_one_weight(seed, count, places):
    rng = np.random.default_rng(seed)
    weight = rng.uniform(10, 20, places)
    group = halved(rng.uniform(0, 1000, (places, 2)), weight, count)
    held = np.bincount(group, weights=weight)
    assert len(held) == count
    assert held.max() - held.min() <= 20 * (2 + np.log2(count))


@given(seed=seeds)
def test_points_kept_apart_are_never_closer_than_both_allow(seed):
    rng = np.random.default_rng(seed)
    points, least = rng.uniform(0, 300, (60, 2)), rng.uniform(20, 60, 60)
    kept = apart(points, least)
    gap = np.hypot(*(points[kept][:, None] - points[kept]).transpose(2, 0, 1))
    np.fill_diagonal(gap, np.inf)
    assert (gap >= np.minimum(least[kept][:, None], least[kept])).all()
    assert kept[0]


def test_smoothing_keeps_the_ends_and_cuts_the_corners():
    line = smooth(np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 100.0]]), rounds=1)
    assert line.tolist() == [[0, 0], [75, 0], [100, 25], [100, 100]]


@pytest.mark.parametrize("scale", [0.0999, 0, -1, 281, float("nan"), float("inf")])
def test_a_scale_that_cannot_be_made_is_refused(scale):
    with pytest.raises(SampleError, match="--scale"):
        tiles(scale, 1)


def test_a_negative_seed_is_refused():
    with pytest.raises(SampleError, match="--seed -1"):
        tiles(1, -1)


@pytest.mark.parametrize("scale", [0.1, 0.7, 1, 2.5, 7, 270])
def test_counties_share_a_scale_evenly_and_lie_side_by_side(scale):
    found = tiles(scale, 1)
    assert sum(tile.share for tile in found) == pytest.approx(scale)
    corners = {(round(tile.x0), round(tile.y0)) for tile in found}
    assert len(corners) == len(found)
    assert all(tile.x0 >= 0 and tile.x0 + tile.side_m <= 700_000 for tile in found)
    assert all(tile.y0 >= 0 and tile.y0 + tile.side_m <= 1_300_000 for tile in found)


def test_every_authority_of_a_country_is_one_city_one_shire_or_the_edge():
    found = tiles(270, 1)
    cities, shires = {t.city for t in found}, {t.shire for t in found}
    fringes = {t.fringe for t in found}
    assert len(cities) == len(shires) == 270
    assert not cities & shires
    assert not cities & fringes
    outer = {t.fringe for t in found if t.fringe_is_alone}
    assert fringes - outer <= shires
    assert not outer & (cities | shires)


def test_rivers_and_roads_cross_a_border_at_the_same_place_seen_from_both_sides():
    found = tiles(4, 3)
    east = next(t for t in found if t.has_neighbour[0])
    west = found[east.index + 1]
    assert river_at_border(east, east=False) == river_at_border(west, east=True)
    here = _skeleton(east).exits[0]
    there = _skeleton(west).exits[1]
    assert here[1] == there[1]
    assert border_id(east, "west", 0) == border_id(west, "east", 0)
    south = next(t for t in found if t.has_neighbour[3])
    north = found[south.index + south.columns]
    assert _skeleton(south).exits[3][0] == _skeleton(north).exits[2][0]
    assert border_id(south, "north", 1) == border_id(north, "south", 1)


def test_borders_that_nobody_shares_have_ids_of_their_own():
    (tile,) = tiles(1, 1)
    ids = {border_id(tile, side, slot) for side in ("west", "south", "north") for slot in range(3)}
    assert len(ids) == 9


def _skeleton(tile):
    terrain = make_terrain(tile)
    return make_skeleton(tile, terrain, settle(tile, terrain))
