"""What a fresh process loads before its first isochrone."""

import subprocess
import sys
from pathlib import Path

import travel
from tests.unit.travel.tiny_streets import X0, Y0, grid
from travel.network import Network

SLOW_TO_LOAD = (
    *("pandas", "pyarrow", "rasterio", "pyproj", "networkx", "osmnx", "sqlalchemy"),
    *("scipy.linalg", "travel.elevation", "travel.routes", "travel.rules", "travel.streets.pbf"),
    *("scipy.ndimage", "scipy.spatial", "scipy.sparse.csgraph"),
)

FIRST = """
import sys
from pathlib import Path
import travel
network = travel.Network.load(Path(sys.argv[1]))
travel.isochrone(network, (float(sys.argv[2]), float(sys.argv[3])), minutes=[5])
print(*(name for name in sys.argv[4:] if name in sys.modules))
"""


MULTIPLIES = """
import sys
import numpy as np
from numba import njit
from travel.starting import spare_linear_algebra
spare_linear_algebra()
both = np.array([[1.0, 2.0], [3.0, 4.0]])
print("scipy.linalg" in sys.modules)
print(njit(lambda a: a @ a)(both).sum(), njit(lambda a: np.cov(a))(both)[0, 0])
"""


def test_the_first_isochrone_waits_for_no_library_that_it_does_not_use(tmp_path: Path) -> None:
    grid(5, 5).save(tmp_path)
    found = subprocess.run(
        [sys.executable, "-c", FIRST, str(tmp_path), str(X0), str(Y0), *SLOW_TO_LOAD],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.split() == []


def test_numba_multiplies_matrices_though_it_did_not_look_for_that_ahead() -> None:
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", MULTIPLIES],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.split() == ["False", "54.0", "0.5"]


def test_every_public_name_of_travel_is_there_and_no_other() -> None:
    assert {name: getattr(travel, name) for name in travel.__all__}
    assert not hasattr(travel, "teleport")
    assert travel.Network is Network
