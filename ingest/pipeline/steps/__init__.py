"""The steps of a build, in the order in which they run and their tables are loaded."""

from ingest.pipeline.steps import (
    access,
    boundaries,
    choice,
    conversion,
    forecast,
    imports,
    matrix,
    places,
    planning_settings,
    postcodes,
    school_areas,
    schools,
    scorecard_record,
    series,
    streets,
    tiles,
    transit,
    values,
)
from ingest.pipeline.work import Step

STEPS: tuple[Step, ...] = (
    boundaries.STEP,
    streets.STEP,
    transit.STEP,
    postcodes.STEP,
    schools.STEP,
    access.STEP,
    values.STEP,
    conversion.STEP,
    *series.SERIES_STEPS,
    imports.STEP,
    matrix.STEP,
    choice.STEP,
    school_areas.STEP,
    planning_settings.STEP,
    forecast.STEP,
    places.STEP,
    scorecard_record.STEP,
    tiles.STEP,
)
