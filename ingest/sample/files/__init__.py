"""Every file of the sample, in reading order. Adding one means adding it here."""

from typing import Final

from ingest.sample.files import (
    beside,
    census,
    deprivation,
    lookups,
    outlines,
    postcodes,
    register,
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
    extract.SERIES,
    timetable.SERIES,
    postcodes.SERIES,
    register.ESTABLISHMENTS,
    register.LINKS,
    deprivation.SERIES,
    census.SERIES,
    truth.SERIES,
    beside.README,
    beside.REGION,
)

__all__ = ["FILES", "Country", "County", "Series"]
