from tests.unit.travel.streets import X0, Y0, grid
from travel import (
    bucket_queue,
    claims,
    field,
    ground,
    isochrone,
    isochrones,
    seconds_from,
    snap,
    snapping,
    time_grid,
    time_grids,
    times,
    travel_times,
    warm,
)

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
)


def test_once_warm_nothing_is_compiled_again(tmp_path) -> None:
    warm()
    compiled = [len(loop.signatures) for loop in LOOPS]
    network = grid(4, 4)
    network.save(tmp_path)
    for each in (network, network.load(tmp_path)):
        travel_times(each, (X0, Y0), [(X0 + 100, Y0)], limit_s=600)
        isochrone(each, (X0, Y0), minutes=(5, 10), cell_m=20)
        time_grid(seconds_from(each, snap(each, X0, Y0), limit_s=600))
    assert [len(loop.signatures) for loop in LOOPS] == compiled
    assert set(compiled) == {1}
