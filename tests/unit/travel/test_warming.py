from tests.unit.travel.tiny_streets import X0, Y0, cross, grid, write_extract
from travel import (
    build_network,
    isochrone,
    read_extract,
    route,
    seconds_from,
    snap,
    snapping,
    time_grid,
    times_toward,
    travel_times,
    turn_reach_from,
    warm,
)
from travel.drawing import claims, field, ground, isochrones, time_grids
from travel.paths import bucket_queue, times, turn_kernels
from travel.routes import steps

LOOPS = (
    bucket_queue.spread,
    snapping._snap,
    times._arrive,
    claims.claim,
    claims.hand_on,
    ground._settle,
    field._read,
    isochrones._spare,
    time_grids._in_minutes,
    turn_kernels.first_states,
    turn_kernels.search_states,
    turn_kernels.arrive_on_edges,
    turn_kernels.arrive_at_nodes,
    steps.way_back,
)


def test_once_warm_nothing_is_compiled_again(tmp_path) -> None:
    warm()
    compiled = [len(loop.signatures) for loop in LOOPS]
    network = grid(4, 4)
    network.save(tmp_path)
    for each in (network, network.load(tmp_path)):
        travel_times(each, (X0, Y0), [(X0 + 100, Y0)], limit_s=600)
        route(each, (X0, Y0), (X0 + 100, Y0 + 100))
        isochrone(each, (X0, Y0), minutes=(5, 10), cell_m=20)
        time_grid(seconds_from(each, snap(each, X0, Y0), limit_s=600))
    road = {"highway": "residential", "oneway": "no"}
    ways = {10: ([4, 1, 2], road), 11: ([3, 1, 5], road)}
    extract = read_extract(write_extract(tmp_path / "a.osm.pbf", cross(), ways))
    for mode in ("cycle", "drive"):
        network, _ = build_network(extract, mode=mode)
        network.save(tmp_path / mode)
        for each in (network, network.load(tmp_path / mode)):
            times_toward(each, (X0, Y0), [(X0 + 50, Y0)], limit_s=600)
            route(each, (X0 + 20, Y0), (X0, Y0 + 30))
            if each.turns is not None:
                turn_reach_from(each, snap(each, X0, Y0), limit_s=60).at_junctions()
    assert [len(loop.signatures) for loop in LOOPS] == compiled
    assert set(compiled) == {1}
