"""Make a build of a region beside the one in use, and take it into use when it is whole."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from config.region import Region
from ingest.errors import NothingToDownload
from ingest.fetch import FileStore
from ingest.fetch.disk import room_or_refusal
from ingest.issues import IssueLog
from ingest.pipeline.assembling import is_gathered, put_together
from ingest.pipeline.builds import KEPT_BUILDS, Builds
from ingest.pipeline.cache import run_cached, step_key
from ingest.pipeline.downloads import prune_downloads
from ingest.pipeline.fetching import fetch_all
from ingest.pipeline.lock import one_at_a_time
from ingest.pipeline.made import Made
from ingest.pipeline.manifest import Manifest
from ingest.pipeline.new_columns import refuse_new_columns
from ingest.pipeline.reporter import Reporter
from ingest.pipeline.shrinking import refuse_shrinking, size_changes
from ingest.pipeline.steps import STEPS
from ingest.store import store_of
from ingest.vintages.keeping import keep_vintage
from ingest.vintages.vintages import Vintages


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildOptions:
    """What a build may be told beside the region and where files are.

    Attributes:
        may_shrink: take the build into use even if it holds far less than the one in use.
        overpass_url: what is asked for the streets of a region without an extract.
        database_url: the PostgreSQL database that the tables go to; a file where it is empty.
        without: ids of series to leave out.
        new_columns: ids of series to load although a file of theirs has columns that the one
            before had not.
    """

    may_shrink: bool = False
    overpass_url: str = ""
    database_url: str = ""
    without: Collection[str] = ()
    new_columns: Collection[str] = ()


def build_region(
    region: Region,
    *,
    home: Path,
    mirror: Path | None,
    reporter: Reporter,
    options: BuildOptions | None = None,
) -> Manifest:
    """Make a build and take it into use; the one in use serves until then.

    Steps whose inputs did not change since an earlier run are taken from it, so that a build
    that was broken off goes on where it stopped. Builds but the newest three are removed; the
    forecasts that were in use are kept for good, as vintages.

    Args:
        region: what to build.
        home: the atlas's folder.
        mirror: folder of publishers' files; where given, nothing is downloaded.
        reporter: is told of every step.
        options: what may be chosen otherwise.

    Raises:
        AtlasError: something that a person can act on; the build in use is unchanged.
    """
    began = time.perf_counter()
    chosen = options or BuildOptions()
    if region.made_up and mirror is None:
        raise NothingToDownload(
            f"the data of {region.id} are made up: there is nothing to download",
            hint=f"`atlas sample DIR` writes them; then `atlas build {region.id} --mirror DIR`.",
        )
    builds = Builds(home, region.id, store_of(chosen.database_url))
    vintages = Vintages(home, region.id)
    with one_at_a_time(builds.folder), room_or_refusal(builds.folder):
        builds.sweep()
        builds.show()
        keep_vintage(builds, vintages)
        store = FileStore(home / "downloads")
        missing = IssueLog()
        files = fetch_all(
            region,
            store=store,
            mirror=mirror,
            reporter=reporter,
            issues=missing,
            overpass_url=chosen.overpass_url,
            without=chosen.without,
        )
        refuse_new_columns(builds, files, store, accepted=chosen.new_columns)
        made = Made(region, files, missing)
        _run_steps(made, builds, reporter)
        changed = size_changes(builds, made)
        manifest = _same(builds, made) or put_together(made, builds, began, reporter)
        if not chosen.may_shrink:
            refuse_shrinking(builds, manifest, changed)
        builds.use(manifest.build_id)
        keep_vintage(builds, vintages)
        builds.prune(keep=KEPT_BUILDS)
        prune_downloads(home, store, now=datetime.now(UTC))
    return manifest


def _run_steps(made: Made, builds: Builds, reporter: Reporter) -> None:
    """Run every step, or take its result from an earlier run."""
    for step in STEPS:
        keys = {record.step: record.key for record in made.records}
        folder, record = run_cached(
            step,
            step_key(step, made.region, made.files, keys),
            region=made.region,
            files=made.files,
            folders=made.folders,
            steps=builds.steps,
            reporter=reporter,
        )
        made.folders[step.id] = folder
        made.records.append(record)


def _same(builds: Builds, made: Made) -> Manifest | None:
    """Return an earlier build of the very same inputs, if it is still there and whole.

    Where a step had to run again, the earlier build may hold the damaged files that made it.
    """
    if not made.is_all_reused():
        return None
    for manifest in reversed(builds.manifests()):
        folder = builds.folder / manifest.build_id
        is_same = manifest.build_id.endswith(made.digest())
        if is_same and is_gathered(made, folder) and builds.store.has(folder, manifest.database):
            return manifest
    return None
