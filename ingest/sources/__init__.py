"""Every series the atlas loads, in loading order. Adding one means adding it here."""

from ingest.source import Source
from ingest.sources import (
    census21_ages,
    code_point_open,
    district24,
    district_lookup,
    gias,
    gias_groups,
    gias_links,
    housing,
    imd2025,
    inspections,
    lsoa11_lookup,
    lsoa21,
    lsoa21_lookup,
    rolls,
    scorecards,
    streets,
    timetables,
    ward25,
)

SOURCES: tuple[Source, ...] = (
    district_lookup.SOURCE,
    district24.SOURCE,
    lsoa21_lookup.SOURCE,
    lsoa21.SOURCE,
    ward25.SOURCE,
    streets.SOURCE,
    timetables.SOURCE,
    code_point_open.SOURCE,
    gias.SOURCE,
    gias_links.SOURCE,
    gias_groups.SOURCE,
    inspections.SOURCE,
    rolls.SOURCE,
    housing.SOURCE,
    imd2025.SOURCE,
    census21_ages.SOURCE,
    lsoa11_lookup.SOURCE,
    scorecards.SOURCE,
)
