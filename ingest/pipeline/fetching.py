"""The first step of a build: every publisher's file into the store."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from config.region import Region
from ingest.errors import (
    CheckFailed,
    FetchFailed,
    MirrorFileMissing,
    StoreFull,
    SuppliedFileMissing,
)
from ingest.fetch import Client, Fetched, FileStore, Wanted, fetch, find_in_mirror, release_in
from ingest.issues import IssueLog
from ingest.overpass import ask_overpass
from ingest.own.named import own_path, refuse_misnamed
from ingest.pipeline.homes import homes, work_of
from ingest.pipeline.meter import Meter
from ingest.pipeline.reporter import Reporter
from ingest.pipeline.steps.boundaries import border_of
from ingest.pipeline.work import Files
from ingest.source import Release, Shield, Shielding, Source
from ingest.sources import SOURCES, streets

NOT_HAD: Final = "optional series"
"""The rule in the issue log of a series, or a file of it, that a build goes on without."""


def fetch_all(
    region: Region,
    *,
    store: FileStore,
    mirror: Path | None,
    reporter: Reporter,
    issues: IssueLog,
    overpass_url: str = "",
    without: Collection[str] = (),
) -> Files:
    """Bring the files of every series into the store.

    Args:
        region: what is built.
        store: where files are kept.
        mirror: folder of publishers' files; where given, nothing is downloaded.
        reporter: is told of every series.
        issues: is told of optional series that could not be had; they have no files then.
        overpass_url: what is asked for the streets of a region without an extract.
        without: ids of series to leave out.

    Raises:
        IngestError: a file could not be had; what was had stays for the next try.
    """
    _refuse_needed(without, region)
    refuse_misnamed(region, SOURCES, mirror, without)
    fetched: dict[str, tuple[Fetched, ...]] = {}
    meter = Meter()
    asks_overpass = region.streets.osmnx and mirror is None
    reporter.started("Publishers' files")
    with Client() as client:
        for position, source in enumerate(SOURCES):
            reporter.progressed(position / len(SOURCES), source.title)
            progress = partial(_told, reporter, position / len(SOURCES), source.title)
            get = partial(fetch, store=store, mirror=mirror, client=client, progress=progress)
            if source.id in without:
                issues.warn("series left out", source.id, "the build was told to go without it")
                fetched[source.id] = ()
                continue
            if source.shielded:
                get = partial(
                    _shielding,
                    get,
                    source.shielded,
                    Shielding(region, issues, partial(homes, region, dict(fetched))),
                )
            if source.id == streets.ID and asks_overpass:
                continue  # asked for below: where the region lies is in other series' files
            fetched[source.id] = _series(source, region, mirror, get, issues)
        if asks_overpass:
            reporter.progressed(1.0, f"{streets.SOURCE.title}: asking the Overpass API")
            fetched[streets.ID] = (
                ask_overpass(
                    border_of(work_of(region, fetched)),
                    region=region,
                    url=overpass_url,
                    store=store,
                    client=client,
                ),
            )
    reporter.finished(
        seconds=meter.seconds(),
        peak_mb=meter.peak_mb(),
        rows=sum(map(len, fetched.values())),
        is_reused=False,
    )
    return fetched


def _series(
    source: Source,
    region: Region,
    mirror: Path | None,
    get: Callable[[Wanted], Fetched],
    issues: IssueLog,
) -> tuple[Fetched, ...]:
    """Fetch the files of one series: all of them, or of an optional one those there are.

    A disk that is full, or a file of the authority's own that is not there, is no reason to go
    on without: somebody can put that right.
    """
    had: list[Fetched] = []
    missing: list[FetchFailed | MirrorFileMissing] = []
    ways = _ways(source, region, mirror)
    if not ways and source.releases(region, datetime.now(UTC).date()):
        issues.note(
            "optional series",
            source.id,
            "its publisher gives it no lasting address: the build goes on without; a file of it "
            "can be named under [own_files], or lie in a mirror",
        )
    for find in ways:
        try:
            had.append(_dated(get(find()), source))
        except (StoreFull, SuppliedFileMissing):
            raise
        except (FetchFailed, MirrorFileMissing) as error:
            if not (source.read_rows or source.is_optional(region)):
                raise
            missing.append(error)
    if missing:
        _tell_missing(source, had, missing, issues)
    return tuple(had)


def _tell_missing(
    source: Source,
    had: Sequence[Fetched],
    missing: Sequence[FetchFailed | MirrorFileMissing],
    issues: IssueLog,
) -> None:
    """Write down what of an optional series could not be had, once for the series.

    A mirror need not hold every file of a series; a publisher should.
    """
    first = missing[0].message
    if not had:
        more = f" (and {len(missing) - 1} more files)" if len(missing) > 1 else ""
        issues.warn(NOT_HAD, source.id, f"{first}{more}; the build goes on without")
        return
    may_lack = source.read_rows and all(isinstance(each, MirrorFileMissing) for each in missing)
    tell = issues.note if may_lack else issues.warn
    tell(
        NOT_HAD,
        source.id,
        f"{len(missing)} of {len(had) + len(missing)} files could not be had, the first: {first}; "
        "the build goes on without",
    )


def _refuse_needed(without: Collection[str], region: Region) -> None:
    """Refuse to leave out what a build cannot be made without."""
    optional = {each.id for each in SOURCES if each.read_rows or each.is_optional(region)}
    if odd := sorted(set(without) - optional):
        raise CheckFailed(
            f"a build cannot go without {', '.join(odd)}",
            hint=f"it can go without {', '.join(sorted(optional))}.",
        )


def _told(reporter: Reporter, share: float, title: str, done: int, total: int | None) -> None:
    of = f" of {total / 1e6:,.1f}" if total else ""
    reporter.progressed(share, f"{title}: {done / 1e6:,.1f}{of} MB")


def wanted_of(source: Source, region: Region, mirror: Path | None) -> tuple[Wanted, ...]:
    """Say which files of a series a region needs, and every way to each.

    Raises:
        MirrorFileMissing: the mirror does not hold one of them.
    """
    return tuple(find() for find in _ways(source, region, mirror))


def _shielding(
    get: Callable[[Wanted], Fetched], shield: Shield, told: Shielding, wanted: Wanted
) -> Fetched:
    """Fetch a file of which only what the shield makes of it may be kept."""
    return get(replace(wanted, shield=partial(_apply, shield, told)))


def _apply(shield: Shield, told: Shielding, path: Path) -> bytes:
    return shield(path, told)


def _ways(source: Source, region: Region, mirror: Path | None) -> tuple[Callable[[], Wanted], ...]:
    """Return what finds each file of a series that a region needs."""
    today = datetime.now(UTC).date()
    if own := source.own_files(region) or region.own_files.get(source.id, ()):
        return tuple(partial(_supplied, source, own_path(file, mirror), today) for file in own)
    return tuple(
        partial(_in_mirror, source, release, mirror)
        if mirror
        else partial(_at_publisher, source, release)
        for release in source.releases(region, today)
        if mirror or release.addresses
    )


def _supplied(source: Source, file: Path, today: date) -> Wanted:
    if source.shielded:
        name = f"{file.stem}.counted.csv"
        return Wanted(source.id, f"{today:%Y-%m-%d}", name, supplied=file, shield=_refuse_to_keep)
    return Wanted(source.id, f"{today:%Y-%m-%d}", file.name, supplied=file)


def _refuse_to_keep(path: Path) -> bytes:
    raise CheckFailed(
        f"{path.absolute()} may be kept only as counts",
        hint="build the region; the file is counted on the way in.",
    )


def _at_publisher(source: Source, release: Release) -> Wanted:
    return Wanted(source.id, release.name, release.file_name, addresses=release.addresses)


def _in_mirror(source: Source, release: Release, mirror: Path) -> Wanted:
    own_name = release.file_name.replace("-latest", "*")
    patterns = (release.mirror_file, release.file_name, *source.mirror_files, own_name)
    path = find_in_mirror(
        mirror, source.mirror_folder, tuple(dict.fromkeys(filter(None, patterns)))
    )
    place = path.relative_to(mirror / source.mirror_folder).as_posix()
    return Wanted(
        source.id,
        _named(path.name, release.name),
        path.name,
        mirror_folder=source.mirror_folder,
        mirror_patterns=(place,),
    )


def _dated(fetched: Fetched, source: Source) -> Fetched:
    """Date a file by what it says itself, or by its name: the one asked for may not be there."""
    receipt = fetched.receipt
    release = source.vintage(fetched.path) or _named(receipt.file_name, receipt.release)
    return replace(fetched, receipt=replace(receipt, release=release))


def _named(file_name: str, asked_for: str) -> str:
    """Return the release that a file name carries, unless the one asked for says more of it."""
    found = release_in(file_name)
    return asked_for if found is None or asked_for.startswith(found) else found
