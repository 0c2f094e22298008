"""Edited networks take as long as networks of edited extracts."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.travel.editing.rebuilt import assert_same_times
from tests.unit.travel.junctions import M_PER_S, ROAD
from tests.unit.travel.slow_turns import assumed, extracts
from travel import EditError, snap
from travel.editing import add_street, close_edges


@settings(max_examples=60, deadline=None)
@given(extracts(), st.integers(0, 100))
def test_closing_roads_gives_the_times_of_an_extract_without_them(
    extract: tuple[dict, dict, dict, list], which: int
) -> None:
    points, ways, _, restrictions = extract
    restrictions = [
        each
        for each in restrictions
        if each[0]["restriction"].startswith("no_") and "u_turn" not in each[0]["restriction"]
    ]
    network = assumed((points, ways, {}, restrictions))
    way = sorted(ways)[which % len(ways)]
    rest = {key: value for key, value in ways.items() if key != way}
    assume(rest)
    anew = assumed((points, rest, {}, restrictions))
    ends = np.array([points[node] for node in ways[way][0]])
    found = snap(network, *ends.mean(axis=0), max_m=0.5)
    assume(found.is_on_street[0])
    edge = found.edge
    assume(network.length_m[edge[0]] < np.hypot(*np.diff(ends, axis=0)[0]) + 1.0)
    assume(network.length_m.sum() > network.length_m[edge].sum())
    try:
        closed = close_edges(network, edge)
    except EditError:
        return
    assert_same_times(closed, anew, tolerance_s=0.3)


@settings(max_examples=60, deadline=None)
@given(extracts(), st.integers(0, 100))
def test_a_new_road_gives_the_times_of_an_extract_with_it(
    extract: tuple[dict, dict, dict, list], which: int
) -> None:
    points, ways, _, _ = extract
    there = {tuple(sorted(nodes)) for nodes, _ in ways.values()}
    near = [
        (a, b)
        for a in points
        for b in points
        if a < b and np.hypot(*np.subtract(points[a], points[b])) < 90 and (a, b) not in there
    ]
    assume(near)
    pair = near[which % len(near)]
    network = assumed((points, ways, {}, []))
    line = np.array([points[node] for node in pair])
    assume(snap(network, line[:, 0], line[:, 1], max_m=0.3).is_on_street.all())
    road = add_street(network, line, kmh=M_PER_S * 3.6, join_m=0.3)
    anew = assumed((points, ways | {99: (list(pair), ROAD)}, {}, []))
    assume(anew.length_m.sum() < road.length_m.sum() + 0.01)  # no part is joined that was not
    assert_same_times(road, anew, tolerance_s=0.4)
