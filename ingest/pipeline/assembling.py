"""Steps' results into one folder and one set of tables, which appear when they are whole."""

import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from ingest.layout import AREAS, BASEMAP, MATRIX, NETWORKS, TRANSIT
from ingest.pipeline.builds import Builds
from ingest.pipeline.loading import load
from ingest.pipeline.made import Made
from ingest.pipeline.manifest import Manifest
from ingest.pipeline.reporter import Reporter


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


def _gather(folders: Mapping[str, Path], making: Path) -> None:
    """Show what the steps made in the folder of the build."""
    _link(folders["streets"] / NETWORKS, making / NETWORKS)
    _link(folders["matrix"] / MATRIX, making / MATRIX)
    if (folders["transit"] / TRANSIT).is_dir():
        _link(folders["transit"] / TRANSIT, making / TRANSIT)
    for name in (BASEMAP, AREAS):
        _link(folders["tiles"] / name, making / name)


def _link(source: Path, target: Path) -> None:
    """Show a file or folder in another place without a second copy, where the disk allows."""
    if source.is_dir():
        target.mkdir()
        for path in source.iterdir():
            _link(path, target / path.name)
        return
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
