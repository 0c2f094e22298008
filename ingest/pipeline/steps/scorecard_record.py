"""How far off authorities' own forecasts were, and what the simplest methods would have said."""

from ingest.pipeline.work import Step, Work
from ingest.planning.scorecard_record import read_editions, record
from ingest.schema.forecasts import SCORECARD_RECORD
from ingest.scorecard_measures import ID


def run(work: Work) -> None:
    """Write ``scorecard_record`` for every authority of England; none without scorecards."""
    files = work.files[ID]
    if not files:
        return
    register = work.region.register()
    work.write(SCORECARD_RECORD, record(read_editions(files, register), register))


STEP = Step(
    id="scorecard_record",
    title="Authorities' own forecasts and what came",
    run=run,
    sources=(ID,),
)
