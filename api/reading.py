"""Rows of a build put into the shapes that are sent."""

from collections.abc import Iterable
from typing import Any, Final

import shapely

from api.build import Build
from api.narrative.school import (
    STATUS_WORDS,
    SchoolFacts,
    location_note,
    number_fact,
    school_lede,
)
from api.narrative.words import day_words
from api.projection import POINT_DECIMALS, geojson
from api.queries import about
from api.schemas.places import AreaSummary
from api.schemas.schools import Fact, LinkedSchool, OfficialPage, SchoolDetail, SchoolSummary
from config.terms import Phase, SchoolStatus, Sector, Status

REGISTER: Final = "gias"
LINKS: Final = "gias_links"
