"""The first step of a build: every publisher's file into the store."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from config.region import Region
from ingest.fetch import Client, Fetched, FileStore, Wanted, date_in, fetch, find_in_mirror
from ingest.pipeline.meter import Meter
from ingest.pipeline.reporter import Reporter
from ingest.source import Source
from ingest.sources import SOURCES, streets


def fetch_all(
    region: Region, *, store: FileStore, mirror: Path | None, reporter: Reporter
) -> Mapping[str, Fetched]:
    """Bring the files of every series into the store.

    Raises:
        IngestError: a file could not be had; what was had stays for the next try.
    """
    fetched: dict[str, Fetched] = {}
    meter = Meter()
    reporter.started("Publishers' files")
    with Client() as client:
        for position, source in enumerate(SOURCES):
            reporter.progressed(position / len(SOURCES), source.title)
            share = position / len(SOURCES)

            def progress(
                done: int, total: int | None, source: Source = source, share: float = share
            ) -> None:
                of = f" of {total / 1e6:,.1f}" if total else ""
                reporter.progressed(share, f"{source.title}: {done / 1e6:,.1f}{of} MB")

            wanted = wanted_of(source, region, mirror)
            found = fetch(wanted, store=store, mirror=mirror, client=client, progress=progress)
            fetched[source.id] = _dated(found, source)
    reporter.finished(
        seconds=meter.seconds(), peak_mb=meter.peak_mb(), rows=len(fetched), is_reused=False
    )
    return fetched


def wanted_of(source: Source, region: Region, mirror: Path | None) -> Wanted:
    """Say which file of a series a region needs, and every way to it."""
    release = source.release(region, datetime.now(UTC).date())
    supplied = region.streets.file if source.id == streets.ID else None
    wanted = Wanted(
        source_id=source.id,
        release=release.name,
        file_name=release.file_name,
        addresses=release.addresses,
        mirror_folder=source.mirror_folder,
        mirror_patterns=_patterns(source, region),
        supplied=Path(supplied) if supplied else None,
    )
    if mirror is None or supplied:
        return wanted
    path = find_in_mirror(mirror, wanted.mirror_folder, wanted.mirror_patterns)
    dated = date_in(path.name)
    return replace(
        wanted,
        release=dated.isoformat() if dated else release.name,
        file_name=path.name,
        mirror_patterns=(path.name,),
    )


def _patterns(source: Source, region: Region) -> tuple[str, ...]:
    named = {
        "mirror_file": region.streets.mirror_file or "",
        "extract": (region.streets.extract or "").rpartition("/")[2],
    }
    filled = [pattern.format(**named) for pattern in source.mirror_files]
    return tuple(pattern for pattern in filled if pattern and not pattern.startswith(("*", "-")))


def _dated(fetched: Fetched, source: Source) -> Fetched:
    vintage = source.vintage(fetched.path)
    if vintage is None:
        return fetched
    return replace(fetched, receipt=replace(fetched.receipt, release=vintage))
