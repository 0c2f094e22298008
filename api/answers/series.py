"""The published series that the atlas can read, and what the build in use holds of each."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from api.build import Build
from api.queries import about, quality
from api.schemas.quality import SeriesHeld
from ingest.fetch import Receipt
from ingest.pipeline.loaded import Loaded, loaded_by
from ingest.pipeline.manifest import StepRecord

if TYPE_CHECKING:
    from ingest.standing import Standing

Row = Mapping[str, Any]
TOLD: Final = ("title", "publisher", "landing_page")
"""What the build's own record of a series says of it, else its declaration."""

TERMS: Final = ("licence", "attribution")
"""What made-up files have none of, whatever the declaration of their series says."""


def series(build: Build) -> list[SeriesHeld]:
    """Say of every series what is held, how old it is, and what is due."""
    # Imported here: declarations of all series take a moment that a first answer need not wait for.
    from ingest.sources import SOURCES  # noqa: PLC0415 - see above
    from ingest.standing import standings  # noqa: PLC0415 - see above

    stored = {row["source_id"]: row for row in about.sources(build.engine)}
    receipts = [_receipt(row) for each in stored.values() for row in each["receipts"]]
    why = quality.issues_of_series(build.engine)
    built = built_on(build)
    return [
        _held(one, stored.get(one.source.id, {}), why.get(one.source.id), built)
        for one in standings(SOURCES, receipts, _loaded(build))
    ]


def _held(one: "Standing", stored: Row, why: str | None, built: date) -> SeriesHeld:
    """Say what is held of one series; a made-up build says itself who publishes its files."""
    source = one.source
    told = {name: stored.get(name) or getattr(source, name) for name in TOLD}
    terms = {name: stored[name] if stored else getattr(source, name) for name in TERMS}
    return SeriesHeld(
        **told,
        **terms,
        source_id=source.id,
        caveats=list(source.caveats),
        is_held=bool(one.receipts),
        why_not=None if one.receipts or not why else why.splitlines()[0],
        releases=list(one.releases),
        files=len(one.receipts),
        fetched_on=one.receipts[-1].fetched_at[:10] if one.receipts else None,
        every=source.every.words,
        next_due=one.next_due.isoformat() if one.next_due else None,
        is_overdue=one.is_overdue(built),
        rows=one.loaded.rows if one.loaded else None,
        issues=one.loaded.issues if one.loaded else None,
    )


def _receipt(row: Row) -> Receipt:
    return Receipt(
        source_id=row["source_id"],
        release=row["release"] or "",
        file_name=row["file_name"] or "",
        address=row["address"] or "",
        fetched_at=row["fetched_at"] or "",
        etag=row["etag"],
        last_modified=None,
        bytes=row["bytes"] or 0,
        sha256=row["sha256"],
    )


def built_on(build: Build) -> date:
    """Return the day on which the build was made: what is overdue is so as of then."""
    row: dict[str, Any] = about.build_row(build.engine)
    return date.fromisoformat(str(row["built_at"])[:10])


def _loaded(build: Build) -> dict[str, Loaded]:
    """Return what was read of each series; nothing where the steps' results are gone."""
    home, region_id = build.folder.parents[2], build.folder.parent.name
    steps = [StepRecord.read(dict(told)) for told in build.manifest.get("steps", ())]
    return loaded_by(home / "steps" / region_id, steps)
