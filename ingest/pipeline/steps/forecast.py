"""How many pupils there will be: every school, planning area and authority, with ranges."""

from typing import Final

from config.region import Region
from ingest.pipeline.work import Step, Work
from ingest.planning.forecast_rows import accuracy_rows, forecast_parts, method_rows, roll_parts
from ingest.planning.frames import READ, frames_from
from ingest.planning.intake_rows import border_rows, cohort_rows
from ingest.planning.making import Made, made_from, make_forecast
from ingest.planning.parts import last_rolls
from ingest.planning.reading import NoForecast
from ingest.planning.record_rows import record_parts
from ingest.planning.turned_away import displaced_rows
from ingest.schema.forecasts import (
    FORECAST,
    FORECAST_ACCURACY,
    FORECAST_BORDER,
    FORECAST_COHORT,
    FORECAST_DISPLACED,
    FORECAST_METHOD,
    FORECAST_RECORD,
    FORECAST_ROLL,
)
from ingest.sources import SOURCES
from ingest.vintages.packing import INPUTS, write_made_from

IS_MADE: Final = "region is forecast"
SERIES: Final = tuple(
    source.id for source in SOURCES if source.read_rows and set(source.tables) & set(READ)
)
"""Series whose tables a forecast is made from; each has a step of the same id."""


def run(work: Work) -> None:
    """Write forecasts with their ranges, methods and errors; none where the rolls allow none."""
    work.progress(0.0, "reading")
    frames = frames_from(work.rows_before, work.region.authorities())
    try:
        work.progress(0.2, "forecasting")
        made = make_forecast(frames, work.region.planning, work.issues)
    except NoForecast as error:
        says = f"{error.message}: there is no forecast; {error.hint}"
        work.issues.warn(IS_MADE, _named(work.region), says)
        return
    work.progress(0.7, "writing")
    _write(work, made)
    for rows in record_parts(made.forecasts, frames, made.inputs):
        work.write(FORECAST_RECORD, rows)
    write_made_from(made_from(made, frames, work.region.planning), work.out / INPUTS)


def _write(work: Work, made: Made) -> None:
    for rows in forecast_parts(made.forecasts, last_rolls(made.inputs)):
        work.write(FORECAST, rows)
    for rows in roll_parts(made.inputs):
        work.write(FORECAST_ROLL, rows)
    work.write(FORECAST_METHOD, method_rows(made.forecasts))
    work.write(FORECAST_ACCURACY, accuracy_rows(made.forecasts))
    work.write(FORECAST_DISPLACED, displaced_rows(made.forecasts, made.inputs))
    work.write(FORECAST_BORDER, border_rows(made.inputs))
    work.write(FORECAST_COHORT, cohort_rows(made.inputs, years=len(made.forecasts.years)))


def _named(region: Region) -> str:
    return ", ".join(one.name for one in region.authorities())


STEP: Final = Step(
    id="forecast",
    title="Pupils expected",
    run=run,
    needs=("boundaries", "schools", "school_areas", *SERIES),
    heeds_planning=True,
)
