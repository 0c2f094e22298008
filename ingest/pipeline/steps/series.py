"""One step for every series that is stored as its reader gives it."""

from collections.abc import Callable
from typing import Final

from ingest.measures import measure_table
from ingest.pipeline.work import Step, Work
from ingest.schema.areas import AUTHORITY_VALUE, MEASURE
from ingest.schema.pupils import SCHOOL_VALUE
from ingest.source import Source
from ingest.sources import SOURCES
from ingest.totals import tell_values_outside_their_interval

VALUES: Final = (SCHOOL_VALUE, AUTHORITY_VALUE)
"""Tables whose values may have a confidence interval."""


def step_of(source: Source) -> Step:
    """Make the step that reads the files of a series into the tables it fills."""
    return Step(
        id=source.id,
        title=source.title,
        run=_run_of(source),
        sources=(source.id,),
        needs=("boundaries", "postcodes", "schools", "values", "conversion"),
    )


def _run_of(source: Source) -> Callable[[Work], None]:
    def run(work: Work) -> None:
        """Write the rows of a series; none where its files could not be had."""
        if not work.files[source.id]:
            return
        for table, rows in work.load_rows(source, work.cut_to_schools()).items():
            if table in VALUES:
                key = [field.name for field in table.key]
                tell_values_outside_their_interval(rows, key=key, issues=work.issues)
            work.write(table, rows)
        if source.measures:
            work.write(MEASURE, measure_table(source.measures))

    return run


SERIES_STEPS: Final = tuple(step_of(source) for source in SOURCES if source.read_rows)
