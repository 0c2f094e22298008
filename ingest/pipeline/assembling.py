"""Steps' results into one folder and one set of tables, which appear when they are whole."""

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ingest.fetch.store import hash_of
from ingest.layout import AREAS, BASEMAP, MATRIX, NETWORKS, TRANSIT
from ingest.pipeline.builds import Builds
from ingest.pipeline.loading import load
from ingest.pipeline.made import Made
from ingest.pipeline.manifest import Manifest
from ingest.pipeline.reporter import Reporter

SHOWN: Final = (
    ("streets", NETWORKS),
    ("matrix", MATRIX),
    ("transit", TRANSIT),
    ("tiles", BASEMAP),
    ("tiles", AREAS),
)
"""Steps, and what of their results a build's folder shows where there is any."""


def put_together(made: Made, builds: Builds, began: float, reporter: Reporter) -> Manifest:
    """Gather the steps' results; the build's folder appears under its name when all is there.

    Args:
        made: what it is put together from.
        builds: the builds of the region.
        began: when the build began, by ``time.perf_counter``.
        reporter: is told of the tables.
    """
    now = datetime.now(UTC)
    build_id = f"{now:%Y%m%dT%H%M%S}-{made.digest()}"
    making = builds.folder / f".{build_id}.part"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    built_at = now.isoformat(timespec="seconds")
    try:
        _gather(made.folders, making)
        loaded = load(
            made,
            making,
            builds=builds,
            build_id=build_id,
            built_at=built_at,
            reporter=reporter,
        )
        manifest = Manifest(
            build_id=build_id,
            region_id=made.region.id,
            built_at=built_at,
            seconds=round(time.perf_counter() - began, 2),
            steps=(*made.records, loaded.record),
            receipts=tuple(asdict(file.receipt) for each in made.files.values() for file in each),
            counts=loaded.counts,
            database=loaded.tables,
        )
        manifest.write(making)
        making.rename(builds.folder / build_id)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return manifest


def is_gathered(made: Made, folder: Path) -> bool:
    """Say whether a build's folder shows the very files that the steps made."""
    return all(
        target.is_file() and (source.samefile(target) or hash_of(source) == hash_of(target))
        for source, target in _shown(made.folders, folder)
    )


def _gather(folders: Mapping[str, Path], making: Path) -> None:
    """Show what the steps made in the folder of the build."""
    for source, target in _shown(folders, making):
        target.parent.mkdir(parents=True, exist_ok=True)
        _link(source, target)


def _shown(folders: Mapping[str, Path], folder: Path) -> Iterator[tuple[Path, Path]]:
    """Give every file of the steps that a build's folder shows, and its place there."""
    for step, name in SHOWN:
        whole = folders[step] / name
        paths = sorted(whole.rglob("*")) if whole.is_dir() else [whole]
        for path in paths:
            if path.is_file():
                yield path, folder / path.relative_to(folders[step])


def _link(source: Path, target: Path) -> None:
    """Show a file in another place without a second copy, where the disk allows."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
