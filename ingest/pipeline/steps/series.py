"""One step for every series that is stored as its reader gives it."""

from collections.abc import Callable
from typing import Final

from ingest.measures import measure_table
from ingest.pipeline.work import Step, Work
from ingest.schema.areas import MEASURE
from ingest.source import Source
from ingest.sources import SOURCES


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
            work.write(table, rows)
        if source.measures:
            work.write(MEASURE, measure_table(source.measures))

    return run


SERIES_STEPS: Final = tuple(step_of(source) for source in SOURCES if source.read_rows)
