"""Public transport: timetables, and minutes by bus and on foot."""

from travel.transit.around import Around, When, transit_around, typical_around
from travel.transit.days import Choice, choose_day
from travel.transit.gtfs import TimetableReport, read_timetable
from travel.transit.joining import join_timetables
from travel.transit.journeys import (
    Places,
    Profile,
    link_places,
    transit_profile,
    transit_seconds,
    transit_times,
    transit_times_by,
)
from travel.transit.routes import Leg, TransitRoute, transit_route
from travel.transit.streets import Transit, lay_on_streets
from travel.transit.timetable import Timetable
from travel.transit.warming import warm_transit

__all__ = [
    "Around",
    "Choice",
    "Leg",
    "Places",
    "Profile",
    "Timetable",
    "TimetableReport",
    "Transit",
    "TransitRoute",
    "When",
    "choose_day",
    "join_timetables",
    "lay_on_streets",
    "link_places",
    "read_timetable",
    "transit_around",
    "transit_profile",
    "transit_route",
    "transit_seconds",
    "transit_times",
    "transit_times_by",
    "typical_around",
    "warm_transit",
]
