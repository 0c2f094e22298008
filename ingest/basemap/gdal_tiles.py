"""Tiles where there is no tippecanoe: GDAL writes each layer, and the layers are laid together.

GDAL writes one layer of one range of zooms into a file. A vector tile is a sequence of layers, so
the tiles of several layers are joined by putting their bytes one after the other.
"""

import gzip
import heapq
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, Final

import geopandas as gpd
import pyogrio
from pmtiles.reader import MmapSource, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from config.terms import WGS84
from ingest.basemap.layer import TileLayer

_MAX_TILE_BYTES: Final = 8_000_000
_MAX_TILE_FEATURES: Final = 400_000
_FIELD_TYPES: Final = {"boolean": "Boolean", "Int64": "Number", "Float64": "Number"}


def write_with_gdal(layers: Sequence[TileLayer], out: Path, *, max_zoom: int) -> None:
    """Write the layers into one PMTiles file, using ``out``'s folder for what lies between.

    Args:
        layers: none of them empty.
        out: the file to write.
        max_zoom: highest zoom in the file.
    """
    files = [path for layer in layers for path in _write_layer(layer, out.parent, max_zoom)]
    with ExitStack() as stack:
        opened = [stack.enter_context(path.open("rb")) for path in files]
        tiles = heapq.merge(*(_tiles(file) for file in opened), key=itemgetter(0))
        with out.open("wb") as file:
            writer: Any = Writer(file)  # type: ignore[no-untyped-call]
            for tile_id, same in groupby(tiles, key=itemgetter(0)):
                writer.write_tile(tile_id, gzip.compress(b"".join(t for _, t in same), mtime=0))
            writer.finalize(_header(layers), _metadata(layers, max_zoom))


def _write_layer(layer: TileLayer, folder: Path, max_zoom: int) -> Iterator[Path]:
    """Write one file for each range of zooms that shows the same rows."""
    frame = layer.frame.convert_dtypes()
    starts = sorted({int(zoom) for zoom in layer.first_zoom if zoom <= max_zoom})
    ends = [start - 1 for start in starts[1:]] + [max_zoom]
    for start, end in zip(starts, ends, strict=True):
        path = folder / f"{layer.name}-{start}.pmtiles"
        pyogrio.write_dataframe(
            frame[layer.first_zoom <= start],
            path,
            driver="PMTiles",
            layer=layer.name,
            MINZOOM=start,
            MAXZOOM=end,
            MAX_SIZE=_MAX_TILE_BYTES,
            MAX_FEATURES=_MAX_TILE_FEATURES,
        )
        yield path


def _tiles(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    source = MmapSource(file)  # type: ignore[no-untyped-call]
    for (z, x, y), tile in all_tiles(source):  # type: ignore[no-untyped-call]
        yield zxy_to_tileid(z, x, y), gzip.decompress(tile)


def _header(layers: Sequence[TileLayer]) -> dict[str, Any]:
    west, south, east, north = _bounds(layers)
    return {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": round(west * 1e7),
        "min_lat_e7": round(south * 1e7),
        "max_lon_e7": round(east * 1e7),
        "max_lat_e7": round(north * 1e7),
        "center_zoom": 0,
        "center_lon_e7": round((west + east) / 2 * 1e7),
        "center_lat_e7": round((south + north) / 2 * 1e7),
    }


def _bounds(layers: Sequence[TileLayer]) -> tuple[float, float, float, float]:
    corners = gpd.GeoSeries([box for layer in layers for box in layer.frame.envelope], crs=WGS84)
    west, south, east, north = corners.total_bounds
    return float(west), float(south), float(east), float(north)


def _metadata(layers: Sequence[TileLayer], max_zoom: int) -> dict[str, Any]:
    return {
        "vector_layers": [
            {
                "id": layer.name,
                "minzoom": int(layer.first_zoom.min()),
                "maxzoom": max_zoom,
                "fields": _field_types(layer.frame),
            }
            for layer in layers
        ]
    }


def _field_types(frame: gpd.GeoDataFrame) -> dict[str, str]:
    types = frame.drop(columns="geometry").convert_dtypes().dtypes
    return {name: _FIELD_TYPES.get(str(kind), "String") for name, kind in types.items()}
