"""Make a build of a region beside the one in use, and take it into use when it is whole."""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from config.region import Region
from config.terms import IN_USE, AreaKind
from ingest.errors import NothingToDownload
from ingest.fetch import FileStore
from ingest.issues import IssueLog
from ingest.layout import AREAS, BASEMAP, DATABASE, MATRIX, NETWORKS, TRANSIT
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


@dataclass(frozen=True, slots=True)
class _Made:
    """What a build is put together from.

    Attributes:
        region: what it is of.
        files: the publishers' files.
        missing: the series that it had to do without.
        folders: the results of the steps, by step id.
        records: what each step took.
    """

    region: Region
    files: Files
    missing: IssueLog
    folders: dict[str, Path] = field(default_factory=dict)
    records: list[StepRecord] = field(default_factory=list)

    def rows_of(self, step: str) -> int:
        """Return how many rows a step wrote."""
        return next(record.rows for record in self.records if record.step == step)

    def digest(self) -> str:
        """Return a short digest of everything a reader of the build could see."""
        keys = [record.key for record in self.records]
        told = json.dumps([self.region.model_dump(mode="json"), keys], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:8]


def build_region(
    region: Region,
    *,
    home: Path,
    mirror: Path | None,
    reporter: Reporter,
    may_shrink: bool = False,
    overpass_url: str = "",
    without: Collection[str] = (),
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
        overpass_url: what is asked for the streets of a region without an extract.
        without: ids of series to leave out.

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
        missing = IssueLog()
        files = fetch_all(
            region,
            store=store,
            mirror=mirror,
            reporter=reporter,
            issues=missing,
            overpass_url=overpass_url,
            without=without,
        )
        made = _Made(region, files, missing)
        for step in STEPS:
            keys = {record.step: record.key for record in made.records}
            folder, record = run_cached(
                step,
                step_key(step, region, files, keys),
                region=region,
                files=files,
                folders=made.folders,
                steps=builds.steps,
                reporter=reporter,
            )
            made.folders[step.id] = folder
            made.records.append(record)
        manifest = _same(builds, made.digest()) or _put_together(made, builds, began)
        if not may_shrink:
            refuse_shrinking(builds, manifest)
        builds.use(manifest.build_id)
        builds.prune(keep=KEPT_BUILDS)
        prune_downloads(home, store, now=datetime.now(UTC))
    return manifest


def _same(builds: Builds, digest: str) -> Manifest | None:
    """Return an earlier build of the very same inputs, if it is still there."""
    same = [manifest for manifest in builds.manifests() if manifest.build_id.endswith(digest)]
    return same[-1] if same else None


def _put_together(made: _Made, builds: Builds, began: float) -> Manifest:
    """Gather the steps' results into one folder, which appears under its name when whole."""
    now = datetime.now(UTC)
    build_id = f"{now:%Y%m%dT%H%M%S}-{made.digest()}"
    making = builds.folder / f".{build_id}.part"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    try:
        _gather(made.folders, making)
        counts = _describe(made, build_id, now, making)
        manifest = Manifest(
            build_id=build_id,
            region_id=made.region.id,
            built_at=now.isoformat(timespec="seconds"),
            seconds=round(time.perf_counter() - began, 2),
            steps=tuple(made.records),
            receipts=tuple(asdict(file.receipt) for each in made.files.values() for file in each),
            counts=counts,
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
    shutil.copyfile(folders["database"] / DATABASE, making / DATABASE)


def _describe(made: _Made, build_id: str, now: datetime, folder: Path) -> dict[str, float]:
    """Write the tables about the build itself; return its counts."""
    region, folders = made.region, made.folders
    engine = connect(folder)
    network = Network.load(folder / NETWORKS / "walk")
    with engine.begin() as connection:
        counts = _counts(connection) | {"transit_trips": made.rows_of("transit")}
        west, south, east, north = _bounds(connection)
        build = {
            "build_id": build_id,
            "region_id": region.id,
            "title": region.title,
            "contact": region.contact,
            "made_up": region.made_up,
            "has_heights": network.has_heights,
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
        insert(connection, STEP, _step_rows(made.records))
        insert(connection, SOURCE, _source_rows(region))
        insert(connection, RECEIPT, _receipt_rows(made.files))
        found = [issues_of(step, path) for step, path in folders.items()]
        issues = pd.concat([made.missing.frame("files"), *found])
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
    receipts = [file.receipt for each in files.values() for file in each]
    rows = pd.DataFrame([asdict(receipt) | {"receipt": receipt.mark} for receipt in receipts])
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
