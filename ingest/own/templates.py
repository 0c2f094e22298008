"""Every file that an authority may give, in reading order."""

from typing import Final

from ingest.own.counts import COUNTS
from ingest.own.declare import Template
from ingest.sources import (
    admission_areas,
    admission_criteria,
    admissions,
    housing,
    planning_area_schools,
    planning_areas,
    rolls,
    school_leads,
)

TEMPLATES: Final[tuple[Template, ...]] = (
    rolls.TEMPLATE,
    COUNTS,
    planning_areas.TEMPLATE,
    planning_area_schools.TEMPLATE,
    admissions.TEMPLATE,
    admission_criteria.TEMPLATE,
    admission_areas.TEMPLATE,
    school_leads.TEMPLATE,
    housing.TEMPLATE,
)
