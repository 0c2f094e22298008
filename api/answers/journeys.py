"""Bands and schools within reach, as they are sent."""

import gzip
import math
from typing import Any, Final

import travel
from api.answers.reaching import times_of
from api.answers.sources import POSTCODES, REGISTER
from api.answers.travelling import journeys, method_of, sources_of
from api.build import Build
from api.destinations import Way
from api.journeys import Start
from api.modes import check_minutes
from api.narrative.modes import TRIPS, straight_line_kmh
from api.narrative.reach import Reached, reach_sentence
from api.narrative.words import school_nouns
from api.projection import corners, lattice
from api.queries.schools import school_summaries
from api.schemas.filters import BandChoice, GridChoice, ReachChoice, Travelling
from api.schemas.geojson import BandFeature, BandProperties, Geometry, Isochrones
from api.schemas.grids import GridAbout
from api.schemas.schools import Origin, ReachableSchools, ReachedSchool, SchoolNotCovered
from config.terms import Phase, Sector

GZIP: Final = 4
"""How hard time grids are pressed: harder takes thrice as long to save a twentieth."""

LATTICE_M: Final = 4000.0
"""How far apart the places of a grid are whose degrees are sent: between them the British grid and
the map's own differ from a straight line by half a metre at most."""


def isochrones(build: Build, start: Start, chosen: BandChoice) -> Isochrones:
    """Draw the bands around a place.

    Raises:
        BadParameter: the mode is not in this build, or goes less far.
        travel.OutsideCoverage: it lies beyond the streets.
        travel.NotConnected: no street is near it.
    """
    check_minutes(chosen.mode, chosen.minutes[-1])
    bands = journeys(build, chosen).bands(start, chosen.minutes)
    return Isochrones(
        features=[
            BandFeature(
                properties=BandProperties(minutes=band.minutes, mode=chosen.mode),
                geometry=Geometry(**band.geometry),
            )
            for band in bands
        ],
        origin=_origin(build, start, chosen),
        is_cut_by_coverage=bands[0].is_cut_by_coverage,
        method=method_of(build, chosen, start),
        sources=build.sources(*sources_of(chosen)),
    )


def isochrone_grid(build: Build, start: Start, chosen: GridChoice) -> bytes:
    """Write the minutes to every place around a place as a gzipped time grid file.

    Raises:
        BadParameter: the mode is not in this build, or goes less far.
        travel.OutsideCoverage: it lies beyond the streets.
        travel.NotConnected: no street is near it.
    """
    check_minutes(chosen.mode, chosen.minutes)
    drawn = journeys(build, chosen).grid(start, minutes=chosen.minutes)
    box = _box(drawn.grid.frame)
    about = GridAbout(
        mode=chosen.mode,
        origin=_origin(build, start, chosen),
        corners=corners(*box),
        lattice=lattice(*box, step_m=LATTICE_M),
        is_cut_by_coverage=drawn.rim_s is not None,
        cut_after_minutes=_in_minutes(drawn.rim_s),
        method=method_of(build, chosen, start),
        sources=build.sources(*sources_of(chosen)),
    )
    return gzip.compress(travel.write_time_grid(drawn.grid, about.model_dump()), GZIP, mtime=0)


def _box(frame: travel.Frame) -> tuple[float, float, float, float]:
    """Return west, south, east and north of the outermost cells' outer sides."""
    half = frame.cell_m / 2
    west, south = frame.x0 - half, frame.y0 - half
    return (
        west,
        south,
        west + frame.columns * frame.cell_m,
        south + frame.rows * frame.cell_m,
    )


def _in_minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 60, 2)


def reachable_schools(build: Build, start: Start, chosen: ReachChoice) -> ReachableSchools:
    """Find the schools within reach of a place; of a school, the others that it is in reach of.

    Raises:
        BadParameter: the mode is not in this build, or goes less far.
        travel.OutsideCoverage: it lies beyond the streets.
        travel.NotConnected: no street is near it.
    """
    check_minutes(chosen.mode, chosen.minutes)
    schools = build.modes.schools(chosen.mode)
    found = times_of(build, start, chosen, schools)
    ways = [way for way in schools.reached(found.times, chosen.keeps) if way.urn != start.urn]
    within_m = chosen.minutes * straight_line_kmh(chosen.mode) * 1000 / 60
    beyond = schools.not_covered(start, chosen.keeps, within_m=within_m)
    rows = school_summaries(build.engine, [*(way.urn for way in ways), *(urn for urn, _ in beyond)])
    return ReachableSchools(
        sentence=_sentence(start, ways, rows, chosen, not_covered=len(beyond)),
        origin=_origin(build, start, chosen),
        mode=chosen.mode,
        minutes=chosen.minutes,
        items=[_reached(rows[way.urn], way) for way in ways],
        not_covered=[SchoolNotCovered(**rows[urn], straight_line_m=m) for urn, m in beyond],
        is_cut_by_coverage=found.rim_s is not None,
        cut_after_minutes=_in_minutes(found.rim_s),
        straight_line_kmh=straight_line_kmh(chosen.mode),
        bands_off_street_m=round(travel.drawn_max_m()),
        method=method_of(build, chosen, start),
        sources=build.sources(REGISTER, *sources_of(chosen), POSTCODES),
    )


def _sentence(
    start: Start,
    ways: list[Way],
    rows: dict[int, dict[str, Any]],
    chosen: ReachChoice,
    *,
    not_covered: int,
) -> str:
    return reach_sentence(
        start.label,
        [_named(rows[way.urn], way) for way in ways],
        minutes=chosen.minutes,
        nouns=school_nouns(chosen.phase, chosen.sector),
        not_covered=not_covered,
        trip=TRIPS[chosen.mode],
        is_goal=start.urn is not None,
    )


def _named(row: dict[str, Any], way: Way) -> Reached:
    return Reached(row["name"], way.seconds, Phase(row["phase"]), Sector(row["sector"]))


def _reached(row: dict[str, Any], way: Way) -> ReachedSchool:
    return ReachedSchool(
        **row,
        minutes=round(way.seconds / 60, 1),
        seconds=way.seconds,
        metres=None if math.isnan(way.metres) else round(way.metres),
        off_street_m=round(way.off_street_m),
    )


def _origin(build: Build, start: Start, chosen: Travelling) -> Origin:
    snapped_m = journeys(build, chosen).snapped_m(start)
    return Origin(lon=start.lon, lat=start.lat, label=start.label, snapped_m=snapped_m)
