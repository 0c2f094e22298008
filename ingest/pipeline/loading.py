"""All tables of a build into its database, the last of its steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import pandas as pd
import sqlalchemy as sa

from ingest.changes import change_rows
from ingest.pipeline.builds import Builds
from ingest.pipeline.comparing import changes_since
from ingest.pipeline.describing import ABOUT, counts_in, tables_about
from ingest.pipeline.made import Made
from ingest.pipeline.manifest import StepRecord
from ingest.pipeline.meter import Meter
from ingest.pipeline.reporter import Reporter
from ingest.pipeline.work import parts_of
from ingest.schema import SQL, TABLES, Table
from ingest.schema.about import BUILD, CHANGE
from ingest.schema.schools import SCHOOL_SUCCESSION
from ingest.store import Draft, TableLoad, Tables
from ingest.store.batches import batches_from, batches_of
from ingest.vintages.keeping import STEP as FORECASTING
from ingest.vintages.telling import rows_told
from ingest.vintages.vintages import Vintages

LOADING: Final = "database"
TITLE: Final = "Tables into the database"
NOTHING: Final = pd.DataFrame()


@dataclass(frozen=True, slots=True)
class Loaded:
    """The tables of a build: where they lie, what is in them, what loading them took."""

    tables: Tables
    counts: dict[str, float]
    record: StepRecord


def load(
    made: Made,
    folder: Path,
    *,
    builds: Builds,
    build_id: str,
    built_at: str,
    reporter: Reporter,
) -> Loaded:
    """Load every table, those about the build last.

    Raises:
        CheckFailed: two steps wrote one row.
        AtlasError: the database refuses; nothing of the build is left in it.
    """
    reporter.started(TITLE)
    meter = Meter()
    try:
        drafted = builds.store.draft(
            folder, region_id=made.region.id, build_id=build_id, owner=builds.owner()
        )
        with drafted as draft:
            told = _vintage_rows(made, builds, build_id=build_id, built_at=built_at)
            loads = _load_results(made, draft, reporter, told)
            counts = counts_in(draft.connection) | {"transit_trips": made.rows_of("transit")}
            record = _record(meter, loads)
            about = tables_about(
                made,
                draft.connection,
                build_id=build_id,
                built_at=built_at,
                records=(*made.records, record),
            )
            for table, frame in about:
                loads.append(draft.load(table, batches_from(table, frame)))
            loads.append(_load_changes(builds, draft))
            tables = draft.finish()
    except BaseException:
        reporter.failed()
        raise
    record = _record(meter, loads)
    reporter.finished(
        seconds=record.seconds, peak_mb=record.peak_mb, rows=record.rows, is_reused=False
    )
    return Loaded(tables, counts, record)


def _load_results(
    made: Made, draft: Draft, reporter: Reporter, more: Mapping[Table, pd.DataFrame]
) -> list[TableLoad]:
    """Load what the steps wrote, step by step in their order, and more rows of some tables."""
    tables = [table for table in TABLES if table not in (*ABOUT, CHANGE)]
    loads = []
    for position, table in enumerate(tables):
        reporter.progressed(position / len(tables), table.name)
        paths = [path for folder in made.folders.values() for path in parts_of(folder, table)]
        rows = chain(batches_of(table, paths), batches_from(table, more.get(table, NOTHING)))
        loads.append(draft.load(table, rows))
    return loads


def _vintage_rows(
    made: Made, builds: Builds, *, build_id: str, built_at: str
) -> dict[Table, pd.DataFrame]:
    """Return what is told of forecasts that were in use before, and of this one beside them."""
    paths = [path for each in made.folders.values() for path in parts_of(each, SCHOOL_SUCCESSION)]
    before = pd.concat(map(pd.read_parquet, paths)) if paths else pd.DataFrame()
    successors = (
        {} if before.empty else dict(zip(before["urn"], before["successor_urn"], strict=True))
    )
    return rows_told(
        made.folders.get(FORECASTING, Path()),
        Vintages(builds.home, made.region.id),
        built_at=built_at,
        build_id=build_id,
        successors=successors,
        issues=made.odd,
    )


def _load_changes(builds: Builds, draft: Draft) -> TableLoad:
    """Write down what changed for readers since the build in use."""
    before, changes = changes_since(builds, draft.connection)
    draft.connection.execute(sa.update(SQL[BUILD.name]).values(compared_with=before))
    return draft.load(CHANGE, batches_from(CHANGE, change_rows(changes)))


def _record(meter: Meter, loads: list[TableLoad]) -> StepRecord:
    return StepRecord(
        step=LOADING,
        title=TITLE,
        seconds=round(meter.seconds(), 3),
        peak_mb=round(meter.peak_mb(), 1),
        rows=sum(load.rows for load in loads),
        is_reused=False,
        key="",
        tables=tuple(loads),
    )
