"""Frames to a PMTiles file: tippecanoe where there is one, GDAL elsewhere."""

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from ingest.basemap.classes import MAX_ZOOM
from ingest.basemap.errors import BasemapError
from ingest.basemap.gdal_tiles import write_with_gdal
from ingest.basemap.layer import TileLayer

_DECIMALS: Final = 6
_ROWS_AT_ONCE: Final = 20_000
_LAST_WORDS: Final = 600
_BASE_FLAGS: Final = (
    "--quiet",
    "--force",
    "--read-parallel",
    "--drop-rate=1",
    "--no-feature-limit",
    "--no-tile-size-limit",
    "--no-tile-stats",
    "--maximum-string-attribute-length=200",
)
_SHARED_BORDERS: Final = (
    "--detect-shared-borders",
    "--simplification=8",
    "--no-tiny-polygon-reduction",
)


def write_tiles(
    layers: Sequence[TileLayer],
    out: Path,
    *,
    max_zoom: int = MAX_ZOOM,
    share_borders: bool = False,
) -> None:
    """Write the layers into one PMTiles file of gzipped vector tiles.

    Args:
        layers: bottom first; layers without rows are left out.
        out: replaced in one step once it is whole.
        max_zoom: highest zoom in the file; maps enlarge its tiles beyond.
        share_borders: neighbours keep their common border without gaps at every zoom.

    Raises:
        BasemapError: no program that writes tiles works here, or the disk is full.
    """
    filled = [layer for layer in layers if len(layer.frame)]
    if not filled:
        raise BasemapError(f"there is nothing to draw in {out.name}: every layer is empty")
    try:
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".tiles-") as folder:
            made = Path(folder) / out.name
            _tippecanoe(filled, made, max_zoom=max_zoom, share_borders=share_borders)
            made.replace(out)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise _disk_full(out) from error
        raise


def tippecanoe_program() -> Path | None:
    """Find tippecanoe: beside this Python, else on PATH; ``None`` where there is none."""
    beside = Path(sys.executable).with_name("tippecanoe")
    found = str(beside) if beside.is_file() else shutil.which("tippecanoe")
    return Path(found) if found else None


def _tippecanoe(
    layers: Sequence[TileLayer], out: Path, *, max_zoom: int, share_borders: bool
) -> None:
    program = tippecanoe_program()
    if program is None:
        write_with_gdal(layers, out, max_zoom=max_zoom)
        return
    lowest = min(int(layer.first_zoom.min()) for layer in layers)
    command = [
        str(program),
        *_BASE_FLAGS,
        *(_SHARED_BORDERS if share_borders else ()),
        f"--minimum-zoom={lowest}",
        f"--maximum-zoom={max_zoom}",
        f"--temporary-directory={out.parent}",
        f"--output={out}",
        *(f"--named-layer={layer.name}:{_write_features(layer, out.parent)}" for layer in layers),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise _failed(done, out)


def _write_features(layer: TileLayer, folder: Path) -> Path:
    """Write one GeoJSON feature a line, each with the zoom it starts at."""
    path = folder / f"{layer.name}.geojsonl"
    with path.open("w", encoding="utf-8") as file:
        for start in range(0, len(layer.frame), _ROWS_AT_ONCE):
            file.writelines(_feature_lines(layer, slice(start, start + _ROWS_AT_ONCE)))
    return path


def _feature_lines(layer: TileLayer, rows: slice) -> Iterator[str]:
    shapes = shapely.to_geojson(_rounded(layer.frame.geometry.to_numpy()[rows]))
    columns = layer.frame.drop(columns="geometry").iloc[rows].to_dict("records")
    for shape, properties, zoom in zip(shapes, columns, layer.first_zoom[rows], strict=True):
        given = json.dumps(_given(properties), ensure_ascii=False)
        yield (
            f'{{"type":"Feature","tippecanoe":{{"minzoom":{zoom}}},'
            f'"properties":{given},"geometry":{shape}}}\n'
        )


def _given(properties: dict[str, object]) -> dict[str, object]:
    return {
        key: value.item() if isinstance(value, np.generic) else value
        for key, value in properties.items()
        if value is not None and value != "" and value == value  # noqa: PLR0124 - NaN is not itself
    }


def _rounded(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    return np.asarray(shapely.transform(shapes, lambda degrees: np.round(degrees, _DECIMALS)))


def _failed(done: "subprocess.CompletedProcess[str]", out: Path) -> BasemapError:
    said = (done.stderr or done.stdout).strip()[-_LAST_WORDS:]
    if os.strerror(errno.ENOSPC) in said:
        return _disk_full(out)
    return BasemapError(
        f"tippecanoe could not write {out.name} (exit code {done.returncode}): {said}",
        hint="Run the build again. If it fails again, report it with these words.",
    )


def _disk_full(out: Path) -> BasemapError:
    return BasemapError(
        f"the disk is full: {out} could not be written",
        hint="Tiles need about ten times the size of the street extract while they are made.",
    )
