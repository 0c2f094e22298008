"""Heights read from grids and files of nodes, and everything that can be wrong with them."""

import io
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from tests.unit.travel.tiny_streets import X0, Y0, cross, write_extract
from travel import Extract, HeightsError, read_extract, read_heights
from travel.elevation import geotiff
from travel.elevation.grids import Grid

ROAD = {"highway": "residential"}
SIDE = 20
CELL_M = 50.0
WEST, SOUTH = X0 - 500, Y0 - 500


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    ways = {10: ([4, 1, 2], ROAD), 11: ([3, 1, 5], ROAD)}
    return read_extract(write_extract(tmp_path / "a.osm.pbf", cross(), ways))


def plane() -> np.ndarray:
    """A slope that rises one metre in ten to the east; 50 m at X0."""
    middle = WEST + CELL_M * (np.arange(SIDE) + 0.5)
    return np.tile(50 + (middle - X0) / 10, (SIDE, 1))


def ascii_grid(heights: np.ndarray, *, west: float = WEST, more: str = "") -> str:
    rows, columns = heights.shape
    header = f"ncols {columns}\nnrows {rows}\nxllcorner {west}\nyllcorner {SOUTH}\ncellsize 50\n"
    return header + more + "\n".join(" ".join(f"{h:g}" for h in row) for row in heights)


def write_tiff(path: Path, heights: np.ndarray, *, crs: str | None = "EPSG:27700") -> Path:
    rows, columns = heights.shape
    profile = {"driver": "GTiff", "height": rows, "width": columns, "count": 1, "dtype": "float32"}
    place = from_origin(WEST, SOUTH + SIDE * CELL_M, CELL_M, CELL_M)
    with rasterio.open(path, "w", **profile, crs=crs, transform=place, nodata=-9999.0) as raster:
        raster.write(heights.astype(np.float32), 1)
    return path


ALONG = {1: 50.0, 2: 58.0, 3: 50.0, 4: 42.0, 5: 50.0}
"""Heights of the five points of a cross on the plane."""


def by_node(extract: Extract, heights: np.ndarray) -> dict[int, float]:
    return dict(zip(extract.node_id.tolist(), heights.tolist(), strict=True))


def test_a_grid_is_interpolated_between_the_middles_of_its_cells() -> None:
    grid = Grid(0.0, 20.0, 10.0, np.array([[10, 20], [30, 40]], np.float32))
    x, y = np.array([5.0, 15.0, 10.0, 7.5, 0.0, 25.0]), np.array([15.0, 5.0, 10.0, 12.5, 20.0, 5.0])
    assert grid.at(x, y) == pytest.approx([10, 40, 25, 17.5, 10, np.nan], nan_ok=True)


def test_a_cell_that_is_not_known_does_not_spoil_its_neighbours() -> None:
    grid = Grid(0.0, 20.0, 10.0, np.array([[10, 20], [30, np.nan]], np.float32))
    assert grid.at(np.array([6.0, 15.0]), np.array([14.0, 5.0])) == pytest.approx(
        [(10 * 0.81 + 20 * 0.09 + 30 * 0.09) / 0.99, np.nan], nan_ok=True
    )


def test_cells_of_a_metre_are_averaged_to_25() -> None:
    grid = Grid(0.0, 50.0, 1.0, np.arange(2500, dtype=np.float32).reshape(50, 50)).coarser()
    assert (grid.cell_m, grid.height_m.shape) == (25.0, (2, 2))
    assert grid.height_m[0, 0] == pytest.approx(np.arange(2500).reshape(50, 50)[:25, :25].mean())


def test_a_text_grid_gives_heights_plain_or_in_archives(tmp_path: Path, extract: Extract) -> None:
    plain = tmp_path / "plane.asc"
    plain.write_text(ascii_grid(plane()), encoding="ascii")
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("SE33.asc", ascii_grid(plane()))
        archive.writestr("SE33.prj", "British grid")
    nested = tmp_path / "terrain.zip"
    with zipfile.ZipFile(nested, "w") as archive:
        archive.writestr("data/se/se33.zip", inner.getvalue())
        archive.writestr("data/se/far.asc", ascii_grid(plane(), west=WEST + 90_000))
    for path in (plain, nested):
        heights = read_heights(extract, rasters=[path])
        assert by_node(extract, heights.node_m) == pytest.approx(ALONG, abs=0.01)
        assert (heights.known_share, heights.odd, len(heights.grids)) == (1.0, (), 1)


def test_a_geotiff_gives_heights(tmp_path: Path, extract: Extract) -> None:
    heights = read_heights(extract, rasters=[write_tiff(tmp_path / "a.tif", plane())])
    assert by_node(extract, heights.node_m) == pytest.approx(ALONG, abs=0.05)


def test_a_geotiff_in_degrees_is_laid_on_the_british_grid(tmp_path: Path, extract: Extract) -> None:
    lon, lat = extract.lon.mean(), extract.lat.mean()
    step = 0.0005
    columns = lon + step * (np.arange(40) - 19.5)
    heights = np.tile(100 + 1000 * (columns - lon), (40, 1)).astype(np.float32)
    profile = {"driver": "GTiff", "height": 40, "width": 40, "count": 1, "dtype": "float32"}
    place = from_origin(lon - 20 * step, lat + 20 * step, step, step)
    path = tmp_path / "degrees.tif"
    with rasterio.open(path, "w", **profile, crs="EPSG:4326", transform=place) as raster:
        raster.write(heights, 1)
    found = read_heights(extract, rasters=[path]).node_m
    assert found == pytest.approx(100 + 1000 * (extract.lon - lon), abs=0.15)


def test_a_file_of_nodes_wins_over_a_raster(tmp_path: Path, extract: Extract) -> None:
    nodes = tmp_path / "nodes.csv"
    nodes.write_text("osm,up\n2,70\n1,60\n99,5\n", encoding="ascii")
    heights = read_heights(
        extract,
        rasters=[write_tiff(tmp_path / "a.tif", plane())],
        node_file=nodes,
        node_column="osm",
        height_column="up",
    )
    assert by_node(extract, heights.node_m) == pytest.approx(ALONG | {1: 60, 2: 70}, abs=0.05)


def test_where_heights_cover_only_part_that_is_said(tmp_path: Path, extract: Extract) -> None:
    west_half = plane()
    west_half[:, 11:] = -9999
    path = tmp_path / "half.asc"
    path.write_text(ascii_grid(west_half, more="NODATA_value -9999\n"), encoding="ascii")
    heights = read_heights(extract, rasters=[path])
    assert heights.known_share == 0.8
    ((rule, subject, says),) = heights.odd
    assert (rule, subject) == ("heights cover the streets", str(path))
    assert says == "have a height for 80.0% of the streets' points; the rest is taken as level"


def test_heights_in_feet_or_marks_for_none_are_named(tmp_path: Path, extract: Extract) -> None:
    wrong = plane()
    wrong[0, :3], wrong[1, 0] = 4000.0, -32768.0
    path = tmp_path / "feet.asc"
    path.write_text(ascii_grid(wrong), encoding="ascii")
    ((rule, _, says),) = read_heights(extract, rasters=[path]).odd
    assert rule == "heights are metres"
    assert says.startswith("4 heights are no numbers or outside -60 to 1,400 m")
    nodes = tmp_path / "nodes.csv"
    nodes.write_text("node_id,height_m\n1,50\n2,high\n3,9000\n4,40\n5,40\n", encoding="ascii")
    named = [each[2] for each in read_heights(extract, node_file=nodes).odd]
    assert [says[:9] for says in named] == ["2 heights", "have a he"]


def test_a_raster_of_another_place_is_refused(tmp_path: Path, extract: Extract) -> None:
    path = tmp_path / "far.asc"
    path.write_text(ascii_grid(plane(), west=WEST + 90_000), encoding="ascii")
    with pytest.raises(HeightsError, match=r"no height for any of the 5 points .* 4298"):
        read_heights(extract, rasters=[path])


def test_nodes_of_another_extract_are_refused(tmp_path: Path, extract: Extract) -> None:
    path = tmp_path / "nodes.csv"
    path.write_text("node_id,height_m\n1001,50\n", encoding="ascii")
    with pytest.raises(HeightsError, match="no height for any"):
        read_heights(extract, node_file=path)
    path.write_text("node_id,height_m\n", encoding="ascii")
    with pytest.raises(HeightsError, match="no height for any"):
        read_heights(extract, node_file=path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.asc", b"ncols 3\nnrows 2\n1 2 3\n4 5 6\n", "lacks ncols, nrows, cellsize"),
        ("a.asc", ascii_grid(plane())[:-50].encode(), "heights for 20 x 20 cells"),
        ("a.asc", ascii_grid(plane()).replace("50 m", "").encode() + b" wet", "no number"),
        ("a.asc", b"ncols many\n", "is no header line"),
        ("a.zip", b"PK but not really", "cannot be read as a grid of heights"),
        ("a.tif", b"not a raster", "cannot be read as a raster of heights"),
        ("a.asc", b"\xff\xfe\x00", "cannot be read as a grid of heights"),
    ],
)
def test_a_broken_grid_is_refused(
    tmp_path: Path, extract: Extract, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(HeightsError, match=said):
        read_heights(extract, rasters=[tmp_path / name])


def test_a_raster_without_a_projection_is_refused(tmp_path: Path, extract: Extract) -> None:
    path = write_tiff(tmp_path / "a.tif", plane(), crs=None)
    with pytest.raises(HeightsError, match="does not say which projection"):
        read_heights(extract, rasters=[path])


def test_a_missing_file_or_column_is_named(tmp_path: Path, extract: Extract) -> None:
    with pytest.raises(HeightsError, match="there are no heights at"):
        read_heights(extract, rasters=[tmp_path / "none.tif"])
    with pytest.raises(HeightsError, match="cannot be read as a table"):
        read_heights(extract, node_file=tmp_path / "none.csv")
    path = tmp_path / "nodes.csv"
    path.write_text("node_id,elev\n1,50\n", encoding="ascii")
    with pytest.raises(HeightsError, match="has no column height_m; it has node_id, elev"):
        read_heights(extract, node_file=path)


def test_without_rasterio_a_geotiff_says_what_to_install(
    tmp_path: Path, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_tiff(tmp_path / "a.tif", plane())
    monkeypatch.setattr(geotiff, "rasterio", None)
    with pytest.raises(HeightsError, match="rasterio, which is not installed"):
        read_heights(extract, rasters=[path])
    assert "rasterio" in sys.modules
