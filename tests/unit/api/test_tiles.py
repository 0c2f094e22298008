"""Tiles are read in place, however many directories the file has."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from api.errors import BrokenBuild
from api.tiles import TileSet


def _write(path: Path, tiles: dict[tuple[int, int, int], bytes], compression: Compression) -> Path:
    with path.open("wb") as file:
        writer = Writer(file)
        for zxy, data in sorted(tiles.items(), key=lambda item: zxy_to_tileid(*item[0])):
            writer.write_tile(zxy_to_tileid(*zxy), data)
        edges = dict.fromkeys(
            ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7", "center_zoom"), 0
        )
        header = {"tile_type": TileType.MVT, "tile_compression": compression} | edges
        writer.finalize(header | {"center_lon_e7": 0, "center_lat_e7": 0}, {})
    return path


def test_every_tile_of_a_file_with_leaf_directories_is_found(tmp_path: Path) -> None:
    # Tiles of many lengths make the directory too long for the root alone.
    lengths = np.random.default_rng(1).integers(1, 200, size=(256, 171))
    tiles = {
        (9, 2 * int(x), 3 * int(y)): f"{x}/{y}".encode() * int(length)
        for (x, y), length in np.ndenumerate(lengths)
    }
    tile_set = TileSet(_write(tmp_path / "many.pmtiles", tiles, Compression.GZIP))
    assert tile_set._header["leaf_directory_length"] > 0
    for (z, x, y), data in list(tiles.items())[::997]:
        assert tile_set.tile(z, x, y) == data
    assert tile_set.tile(9, 1, 1) is None
    assert len(tile_set._root) < 100
    assert tile_set.zooms == (9, 9)
    tile_set.close()


def test_tiles_stored_plain_are_compressed_on_the_way(tmp_path: Path) -> None:
    tile_set = TileSet(_write(tmp_path / "a.pmtiles", {(0, 0, 0): b"plain"}, Compression.NONE))
    assert gzip.decompress(tile_set.tile(0, 0, 0) or b"") == b"plain"
    tile_set.close()


@pytest.mark.parametrize("zxy", [(0, 1, 0), (3, 8, 0), (3, 0, -1), (24, 2**24, 0)])
def test_a_tile_outside_its_zoom_is_not_there(tmp_path: Path, zxy: tuple[int, int, int]) -> None:
    tile_set = TileSet(_write(tmp_path / "a.pmtiles", {(0, 0, 0): b"x"}, Compression.GZIP))
    assert tile_set.tile(*zxy) is None
    tile_set.close()


def test_the_hash_follows_the_content(tmp_path: Path) -> None:
    one, same, other = (
        TileSet(_write(tmp_path / name, {(0, 0, 0): data}, Compression.GZIP))
        for name, data in (("a", b"x"), ("b", b"x"), ("c", b"y"))
    )
    assert one.hash == same.hash != other.hash
    for tile_set in (one, same, other):
        tile_set.close()


@pytest.mark.parametrize("content", [b"", b"rubbish", b"PMTiles\x03" + b"\x00" * 200])
def test_what_is_no_tile_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.pmtiles"
    path.write_bytes(content)
    with pytest.raises(BrokenBuild, match=r"bad\.pmtiles is no PMTiles file"):
        TileSet(path)


def test_the_hash_is_known_once_the_file_is_open(tmp_path: Path) -> None:
    """Tiles are asked for on the event loop, which must not wait for a file to be hashed."""
    path = _write(tmp_path / "a.pmtiles", {(0, 0, 0): b"x"}, Compression.GZIP)
    tile_set = TileSet(path)
    path.unlink()
    assert len(tile_set.hash) == 16
    tile_set.close()
