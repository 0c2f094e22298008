"""Every file of the sample, in reading order. Adding one means adding it here."""

from typing import Final

from ingest.sample.files import (
    absence,
    areas11,
    beside,
    census,
    census_by_school,
    census_by_stage,
    deprivation,
    destinations,
    lookups,
    outlines,
    own_rolls,
    postcodes,
    register,
    results_ks2,
    results_ks4,
    results_ks5,
    timetable,
    truth,
)
from ingest.sample.files.osm import extract
from ingest.sample.files.series import Country, County, Series

FILES: Final[tuple[Series, ...]] = (
    lookups.DISTRICTS,
    outlines.DISTRICTS,
    lookups.AREAS,
    outlines.LSOAS,
    outlines.WARDS,
    areas11.SERIES,
    extract.SERIES,
    timetable.SERIES,
    postcodes.SERIES,
    register.ESTABLISHMENTS,
    register.LINKS,
    deprivation.SERIES,
    census.SERIES,
    *census_by_school.SERIES,
    *census_by_stage.SERIES,
    own_rolls.SERIES,
    *results_ks2.SERIES,
    *results_ks4.SERIES,
    *results_ks5.SERIES,
    *absence.SERIES,
    *destinations.SERIES,
    truth.SERIES,
    beside.README,
    beside.REGION,
)

__all__ = ["FILES", "Country", "County", "Series"]
