import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from tests.unit.travel.tiny_streets import X0, Y0, cross, grid, write_extract
from travel import Network, build_network, isochrone, read_extract, travel_times
from travel.errors import NetworkError


def test_a_network_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    path = write_extract(
        tmp_path / "a.osm.pbf",
        cross(),
        {10: ([4, 1, 2], {"highway": "residential"}), 11: ([3, 1], {"highway": "steps"})},
        date="2024-05-06T07:08:09Z",
    )
    network, _ = build_network(read_extract(path), mode="walk")
    network.save(tmp_path / "walk")
    loaded = Network.load(tmp_path / "walk")
    for each in fields(Network):
        was, now = getattr(network, each.name), getattr(loaded, each.name)
        if isinstance(was, np.ndarray):
            assert (was.dtype, was.tolist()) == (now.dtype, now.tolist())
        else:
            assert was == now


def test_a_loaded_network_answers_alike(tmp_path: Path) -> None:
    network = grid(6, 6)
    network.save(tmp_path)
    loaded = Network.load(tmp_path)
    here = (X0 + 3, Y0 + 90)
    there = [(X0 + 300, Y0 + 20), (X0 + 10, Y0 + 400)]
    one = travel_times(network, here, there, limit_s=3600)
    two = travel_times(loaded, here, there, limit_s=3600)
    assert one.seconds.tolist() == two.seconds.tolist()
    assert isochrone(network, here, minutes=[3]) == isochrone(loaded, here, minutes=[3])


def test_loaded_arrays_are_mapped_and_cannot_be_written(tmp_path: Path) -> None:
    grid(3, 3).save(tmp_path)
    loaded = Network.load(tmp_path)
    assert isinstance(loaded.arcs.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        loaded.arcs[0] = 0


def test_saving_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        grid(4, 3).save(tmp_path / folder)
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_an_empty_folder_holds_no_network(tmp_path: Path) -> None:
    with pytest.raises(NetworkError, match="there is no street network in"):
        Network.load(tmp_path)


def test_a_network_of_another_version_is_refused(tmp_path: Path) -> None:
    grid(3, 3).save(tmp_path)
    about = json.loads((tmp_path / "network.json").read_text())
    (tmp_path / "network.json").write_text(json.dumps(about | {"version": 99}))
    with pytest.raises(NetworkError, match="is of version 99"):
        Network.load(tmp_path)


@pytest.mark.parametrize("name", ["arcs.npy", "x.npy", "coverage.wkb"])
@pytest.mark.parametrize("keep", [0, 40, None])
def test_a_damaged_network_is_refused(tmp_path: Path, name: str, keep: int | None) -> None:
    grid(3, 3).save(tmp_path)
    file = tmp_path / name
    if keep is None:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(NetworkError, match="is damaged"):
        Network.load(tmp_path)


def test_arrays_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    grid(3, 3).save(tmp_path)
    np.save(tmp_path / "x.npy", np.zeros(2))
    with pytest.raises(NetworkError, match="not as long as"):
        Network.load(tmp_path)


def test_a_half_written_json_is_refused(tmp_path: Path) -> None:
    grid(3, 3).save(tmp_path)
    (tmp_path / "network.json").write_text('{"version": 1,')
    with pytest.raises(NetworkError, match="is damaged"):
        Network.load(tmp_path)
