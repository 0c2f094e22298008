"""Every county's part of every file, and the files put together from them."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.sample.files import FILES
from ingest.sample.files.series import Country, County, Series

Told = Callable[[float, str], None]
"""Hears of progress: the share that is done, and what is being done."""


def write_parts(county: County, folder: Path, told: Told, files: Sequence[Series] = FILES) -> None:
    """Leave a county's part of every file in a folder.

    Args:
        county: the county.
        folder: holds a folder a file, in their order; the county gets one of its own in each.
        told: hears of progress.
        files: the files.
    """
    for number, series in enumerate(files):
        told(number / len(files), f"writing {series.file}")
        own = _part_folder(folder, number, county.tile.index)
        own.mkdir(parents=True)
        series.part(county, own)


def join_parts(
    country: Country, folder: Path, mirror: Path, told: Told, files: Sequence[Series] = FILES
) -> None:
    """Put every file together from the counties' parts, which are gone then.

    Args:
        country: all counties.
        folder: of the parts.
        mirror: the folder to be filled, laid out as a mirror.
        told: hears of progress.
        files: the files.
    """
    for number, series in enumerate(files):
        told(number / len(files), f"writing {series.file}")
        path = mirror / series.file
        path.parent.mkdir(parents=True, exist_ok=True)
        own = [_part_folder(folder, number, tile.index) for tile in country.tiles]
        series.join(own, path, country)
        shutil.rmtree(own[0].parent)


def _part_folder(folder: Path, file: int, tile: int) -> Path:
    """Return where a county's part of a file is, by their numbers."""
    return folder / f"{file:03d}" / f"{tile:03d}"
