"""Make a build of a region beside the one in use, and take it into use when it is whole."""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from config.region import Region
from config.terms import IN_USE, AreaKind
from ingest.errors import NothingToDownload
from ingest.fetch import FileStore
from ingest.layout import AREAS, BASEMAP, DATABASE, NETWORKS
from ingest.pipeline.builds import Builds, Manifest, StepRecord
from ingest.pipeline.cache import issues_of, run_cached, step_key
from ingest.pipeline.downloads import prune_downloads
from ingest.pipeline.fetching import fetch_all
from ingest.pipeline.lock import one_at_a_time
from ingest.pipeline.reporter import Reporter
from ingest.pipeline.shrinking import refuse_shrinking
from ingest.pipeline.steps import STEPS, streets
from ingest.pipeline.steps.database import connect, insert
from ingest.pipeline.steps.streets import DATE_FILE
from ingest.pipeline.work import Files
from ingest.schema import SQL
from ingest.schema.about import AUTHORITY, BUILD, ISSUE, RECEIPT, SOURCE, STEP
from ingest.sources import SOURCES
from travel import Network

KEPT_BUILDS = 3


def build_region(
    region: Region,
    *,
    home: Path,
    mirror: Path | None,
    reporter: Reporter,
    may_shrink: bool = False,
) -> Manifest:
    """Make a build and take it into use; the one in use serves until then.

    Steps whose inputs did not change since an earlier run are taken from it, so that a build
    that was broken off goes on where it stopped. Builds but the newest three are removed.

    Args:
        region: what to build.
        home: the atlas's folder.
        mirror: folder of publishers' files; where given, nothing is downloaded.
        reporter: is told of every step.
        may_shrink: take the build into use even if it holds far less than the one in use.

    Raises:
        AtlasError: something that a person can act on; the build in use is unchanged.
    """
    began = time.perf_counter()
    if region.made_up and mirror is None:
        raise NothingToDownload(
            f"the data of {region.id} are made up: there is nothing to download",
            hint=f"`atlas sample DIR` writes them; then `atlas build {region.id} --mirror DIR`.",
        )
    builds = Builds(home, region.id)
    with one_at_a_time(builds.folder):
        builds.sweep()
        store = FileStore(home / "downloads")
        files = fetch_all(region, store=store, mirror=mirror, reporter=reporter)
        folders: dict[str, Path] = {}
        records: list[StepRecord] = []
        for step in STEPS:
            keys = {record.step: record.key for record in records}
            folder, record = run_cached(
                step,
                step_key(step, region, files, keys),
                region=region,
                files=files,
                folders=folders,
                steps=builds.steps,
                reporter=reporter,
            )
            folders[step.id] = folder
            records.append(record)
        digest = _digest(region, records)
        manifest = _same(builds, digest) or _put_together(
            region, builds, folders, records, files, digest, began
        )
        if not may_shrink:
            refuse_shrinking(builds, manifest)
        builds.use(manifest.build_id)
        builds.prune(keep=KEPT_BUILDS)
        prune_downloads(home, store, now=datetime.now(UTC))
    return manifest


def _digest(region: Region, records: list[StepRecord]) -> str:
    """Return a short digest of everything a reader of the build could see."""
    keys = [record.key for record in records]
    told = json.dumps([region.model_dump(mode="json"), keys], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def _same(builds: Builds, digest: str) -> Manifest | None:
    """Return an earlier build of the very same inputs, if it is still there."""
    same = [manifest for manifest in builds.manifests() if manifest.build_id.endswith(digest)]
    return same[-1] if same else None


def _put_together(
    region: Region,
    builds: Builds,
    folders: Mapping[str, Path],
    records: list[StepRecord],
    files: Files,
    digest: str,
    began: float,
) -> Manifest:
    """Gather the steps' results into one folder, which appears under its name when whole."""
    now = datetime.now(UTC)
    build_id = f"{now:%Y%m%dT%H%M%S}-{digest}"
    making = builds.folder / f".{build_id}.part"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    try:
        _link(folders["streets"] / NETWORKS, making / NETWORKS)
        for name in (BASEMAP, AREAS):
            _link(folders["tiles"] / name, making / name)
        shutil.copyfile(folders["database"] / DATABASE, making / DATABASE)
        counts = _describe(region, build_id, now, making, folders, records, files)
        manifest = Manifest(
            build_id=build_id,
            region_id=region.id,
            built_at=now.isoformat(timespec="seconds"),
            seconds=round(time.perf_counter() - began, 2),
            steps=tuple(records),
            receipts=tuple(asdict(file.receipt) for each in files.values() for file in each),
            counts=counts,
        )
        manifest.write(making)
        making.rename(builds.folder / build_id)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return manifest


def _describe(
    region: Region,
    build_id: str,
    now: datetime,
    folder: Path,
    folders: Mapping[str, Path],
    records: list[StepRecord],
    files: Files,
) -> dict[str, float]:
    """Write the tables about the build itself; return its counts."""
    engine = connect(folder)
    network = Network.load(folder / NETWORKS / "walk")
    with engine.begin() as connection:
        counts = _counts(connection)
        west, south, east, north = _bounds(connection)
        build = {
            "build_id": build_id,
            "region_id": region.id,
            "title": region.title,
            "contact": region.contact,
            "made_up": region.made_up,
            "built_at": now.isoformat(timespec="seconds"),
            "west": west,
            "south": south,
            "east": east,
            "north": north,
            "covered_pct": counts["covered_pct"],
            "coverage": streets.coverage_degrees(network),
            "streets_date": (folders["streets"] / DATE_FILE).read_text("ascii") or None,
        }
        insert(connection, BUILD, pd.DataFrame([build]))
        insert(connection, AUTHORITY, _authority_rows(region))
        insert(connection, STEP, _step_rows(records))
        insert(connection, SOURCE, _source_rows(region))
        insert(connection, RECEIPT, _receipt_rows(files))
        issues = pd.concat([issues_of(step, path) for step, path in folders.items()])
        insert(connection, ISSUE, issues.assign(issue_id=range(1, len(issues) + 1)))
    engine.dispose()
    return counts


def _counts(connection: sa.Connection) -> dict[str, float]:
    school, postcode, area = SQL["school"], SQL["postcode"], SQL["area"]
    own = ~postcode.c.is_outside
    in_use = school.c.status.in_([str(status) for status in IN_USE])
    wanted = {
        "schools": sa.select(sa.func.count()).where(~school.c.is_outside, in_use),
        "schools_outside": sa.select(sa.func.count()).where(school.c.is_outside, in_use),
        "schools_not_in_use": sa.select(sa.func.count()).where(~school.c.is_outside, ~in_use),
        "postcodes": sa.select(sa.func.count()).where(own),
        "postcodes_covered": sa.select(sa.func.count()).where(own, postcode.c.is_covered),
        "lsoa21": sa.select(sa.func.count()).where(
            area.c.kind == str(AreaKind.LSOA21), ~area.c.is_outside
        ),
    }
    counts: dict[str, float] = {
        name: connection.execute(query).scalar_one() for name, query in wanted.items()
    }
    covered = counts["postcodes_covered"] / max(counts["postcodes"], 1)
    return counts | {"covered_pct": round(100 * covered, 1)}


def _bounds(connection: sa.Connection) -> tuple[float, float, float, float]:
    area = SQL["area"].c
    query = sa.select(
        sa.func.min(area.west),
        sa.func.min(area.south),
        sa.func.max(area.east),
        sa.func.max(area.north),
    ).where(area.kind == str(AreaKind.AUTHORITY), ~area.is_outside)
    west, south, east, north = connection.execute(query).one()
    return west, south, east, north


def _authority_rows(region: Region) -> pd.DataFrame:
    rows = pd.DataFrame([asdict(authority) for authority in region.authorities()])
    return rows[["la_code", "la_code_dfe", "name"]].assign(position=range(len(rows)))


def _step_rows(records: list[StepRecord]) -> pd.DataFrame:
    rows = pd.DataFrame([asdict(record) for record in records])
    return rows.assign(position=range(len(rows))).drop(columns=["title", "key"])


def _source_rows(region: Region) -> pd.DataFrame:
    rows = pd.DataFrame(
        [
            {
                "source_id": source.id,
                "title": source.title,
                "publisher": source.publisher,
                "landing_page": source.landing_page,
                "licence": source.licence,
                "attribution": source.attribution,
                "caveats": "\n".join(source.caveats),
            }
            for source in SOURCES
        ]
    )
    if not region.made_up:
        return rows
    publisher = "made up, in the format of " + rows["publisher"]
    return rows.assign(publisher=publisher, licence=None, attribution=None)


def _receipt_rows(files: Files) -> pd.DataFrame:
    rows = pd.DataFrame([asdict(file.receipt) for each in files.values() for file in each])
    return rows.drop(columns="last_modified")


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
