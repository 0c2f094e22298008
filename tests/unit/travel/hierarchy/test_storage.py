"""Hierarchies in folders."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from tests.unit.travel.hierarchy.places import on_every_edge
from tests.unit.travel.tiny_streets import grid
from travel import NetworkError
from travel.hierarchy import Hierarchy, many_to_many


def test_a_loaded_hierarchy_answers_as_the_one_saved(tmp_path: Path) -> None:
    streets = grid(6, 5)
    hierarchy = Hierarchy.of(streets)
    hierarchy.save(tmp_path)
    loaded = Hierarchy.load(tmp_path, streets)
    assert isinstance(loaded.arcs.up.base, np.memmap)
    places = on_every_edge(streets)
    assert_array_equal(
        many_to_many(loaded, places, places), many_to_many(hierarchy, places, places)
    )


def test_a_hierarchy_of_another_network_is_refused(tmp_path: Path) -> None:
    Hierarchy.of(grid(3, 3)).save(tmp_path)
    with pytest.raises(NetworkError, match=r"is of network \w+; it was opened for network"):
        Hierarchy.load(tmp_path, grid(3, 4))


def test_a_folder_without_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(NetworkError, match="there is no hierarchy in"):
        Hierarchy.load(tmp_path, grid(2, 2))


def test_another_version_and_a_damaged_file_are_refused(tmp_path: Path) -> None:
    streets = grid(3, 3)
    Hierarchy.of(streets).save(tmp_path)
    about = tmp_path / "hierarchy.json"
    said = json.loads(about.read_text())
    about.write_text(json.dumps(said | {"version": 0}))
    with pytest.raises(NetworkError, match="of version 0"):
        Hierarchy.load(tmp_path, streets)
    about.write_text("{")
    with pytest.raises(NetworkError, match="damaged"):
        Hierarchy.load(tmp_path, streets)
    about.write_text(json.dumps(said | {"vertices": 7}))
    with pytest.raises(NetworkError, match="not as long"):
        Hierarchy.load(tmp_path, streets)
    about.write_text(json.dumps(said))
    (tmp_path / "topology_up.npy").write_bytes(b"no array")
    with pytest.raises(NetworkError, match="damaged"):
        Hierarchy.load(tmp_path, streets)
