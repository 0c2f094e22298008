"""All tables into the database of the build."""

from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from ingest.layout import DATABASE
from ingest.pipeline.steps.series import SERIES_STEPS
from ingest.pipeline.work import Step, Work
from ingest.schema import METADATA, SQL, TABLES, Table
from ingest.schema.about import AUTHORITY, BUILD, ISSUE, RECEIPT, SOURCE
from ingest.schema.about import STEP as STEP_TABLE

MADE_WITH_BUILD = frozenset(
    table.name for table in (BUILD, AUTHORITY, ISSUE, RECEIPT, SOURCE, STEP_TABLE)
)
"""Tables about the build itself, written when it is put together."""

ROWS_AT_ONCE = 20_000


def run(work: Work) -> None:
    """Load every table that an earlier step wrote."""
    engine = sa.create_engine(f"sqlite:///{work.out / DATABASE}")
    METADATA.create_all(engine)
    tables = [table for table in TABLES if table.name not in MADE_WITH_BUILD]
    with engine.begin() as connection:
        for position, table in enumerate(tables):
            work.progress(position / len(tables), table.name)
            work.rows += insert(connection, table, _gathered(work, table))
    with engine.connect() as connection:
        connection.execute(sa.text("ANALYZE"))
        connection.commit()
    engine.dispose()


def insert(connection: sa.Connection, table: Table, frame: pd.DataFrame) -> int:
    """Insert rows; return how many."""
    columns = frame.astype(object).where(frame.notna(), None)
    rows = [dict(zip(map(str, columns), row, strict=True)) for row in columns.to_numpy()]
    for first in range(0, len(rows), ROWS_AT_ONCE):
        connection.execute(sa.insert(SQL[table.name]), rows[first : first + ROWS_AT_ONCE])
    return len(rows)


def _gathered(work: Work, table: Table) -> pd.DataFrame:
    """Put together what each step wrote of one table."""
    paths = [folder / f"{table.name}.parquet" for folder in work.before.values()]
    parts = [pd.read_parquet(path) for path in paths if path.is_file()]
    if not parts:
        return pd.DataFrame(columns=table.names)
    frame = pd.concat(parts, ignore_index=True)
    if "position" in frame:
        frame = frame.assign(position=range(len(frame)))
    return frame


def connect(folder: Path) -> sa.Engine:
    """Open the database of a build that is being put together."""
    return sa.create_engine(f"sqlite:///{folder / DATABASE}")


STEP = Step(
    id="database",
    title="Tables into the database",
    run=run,
    needs=(
        *("boundaries", "streets", "postcodes", "schools", "access", "values", "tiles"),
        *(step.id for step in SERIES_STEPS),
    ),
)
