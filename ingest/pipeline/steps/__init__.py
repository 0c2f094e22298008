"""The steps of a build, in the order in which they run."""

from ingest.pipeline.steps import (
    access,
    boundaries,
    database,
    matrix,
    postcodes,
    schools,
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
    values.STEP,
    *series.SERIES_STEPS,
    access.STEP,
    matrix.STEP,
    tiles.STEP,
    database.STEP,
)
