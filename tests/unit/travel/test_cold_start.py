"""What a fresh process loads before its first isochrone."""

import subprocess
import sys
from pathlib import Path

from tests.unit.travel.tiny_streets import X0, Y0, grid

SLOW_TO_LOAD = (
    *("pandas", "pyarrow", "rasterio", "pyproj", "networkx", "osmnx", "sqlalchemy"),
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


def test_the_first_isochrone_waits_for_no_library_that_it_does_not_use(tmp_path: Path) -> None:
    grid(5, 5).save(tmp_path)
    found = subprocess.run(
        [sys.executable, "-c", FIRST, str(tmp_path), str(X0), str(Y0), *SLOW_TO_LOAD],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.split() == []
