"""Bands and schools within reach, as they are sent."""

import gzip
from typing import Any, Final

import travel
from api.answers.sources import POSTCODES, REGISTER, STREETS
from api.build import Build
from api.destinations import Way
from api.journeys import Start, walk_method
from api.narrative.reach import Reached, reach_sentence
from api.narrative.words import school_nouns
from api.projection import corners
from api.queries.schools import school_summaries
from api.schemas.filters import BandChoice, GridChoice, ReachChoice
from api.schemas.geojson import BandFeature, BandProperties, Geometry, Isochrones
from api.schemas.grids import GridAbout
from api.schemas.schools import Origin, ReachableSchools, ReachedSchool, SchoolNotCovered
from config.assumptions import assumptions
from config.terms import Phase, Sector

GZIP: Final = 4
"""How hard time grids are pressed: harder takes thrice as long to save a twentieth."""


def isochrones(build: Build, start: Start, chosen: BandChoice) -> Isochrones:
    """Draw the bands around a place.

    Raises:
        travel.OutsideCoverage: it lies beyond the streets.
        travel.NotConnected: no street is near it.
    """
    bands = build.streets.bands(start, chosen.minutes)
    return Isochrones(
        features=[
            BandFeature(
                properties=BandProperties(minutes=band.minutes, mode=chosen.mode),
                geometry=Geometry(**band.geometry),
            )
            for band in bands
        ],
        origin=_origin(build, start),
        is_cut_by_coverage=bands[0].is_cut_by_coverage,
        method=walk_method(),
        sources=build.sources(STREETS),
    )


def isochrone_grid(build: Build, start: Start, chosen: GridChoice) -> bytes:
    """Write the minutes to every place around a place as a gzipped time grid file.

    Raises:
        travel.OutsideCoverage: it lies beyond the streets.
        travel.NotConnected: no street is near it.
    """
    drawn = build.streets.grid(start, minutes=chosen.minutes)
    about = GridAbout(
        mode=chosen.mode,
        origin=_origin(build, start),
        corners=_corners(drawn.grid.frame),
        is_cut_by_coverage=drawn.is_cut_by_coverage,
        method=walk_method(),
        sources=build.sources(STREETS),
    )
    return gzip.compress(travel.write_time_grid(drawn.grid, about.model_dump()), GZIP, mtime=0)


def _corners(frame: travel.Frame) -> list[list[float]]:
    half = frame.cell_m / 2
    west, south = frame.x0 - half, frame.y0 - half
    return corners(
        west, south, west + frame.columns * frame.cell_m, south + frame.rows * frame.cell_m
    )


def reachable_schools(build: Build, start: Start, chosen: ReachChoice) -> ReachableSchools:
    """Find the schools within reach of a place.

    Raises:
        travel.OutsideCoverage: it lies beyond the streets.
        travel.NotConnected: no street is near it.
    """
    schools = build.destinations()
    reach = build.streets.search(start, minutes=chosen.minutes)
    ways = schools.reached(travel.times_to(reach, schools.snapped), chosen.keeps)
    beyond = schools.not_covered(start, chosen.keeps, within_m=_as_the_crow_flies(chosen.minutes))
    rows = school_summaries(build.engine, [*(way.urn for way in ways), *(urn for urn, _ in beyond)])
    return ReachableSchools(
        sentence=_sentence(start, ways, rows, chosen, not_covered=len(beyond)),
        origin=_origin(build, start),
        mode=chosen.mode,
        minutes=chosen.minutes,
        items=[_reached(rows[way.urn], way) for way in ways],
        not_covered=[SchoolNotCovered(**rows[urn], straight_line_m=m) for urn, m in beyond],
        is_cut_by_coverage=build.streets.is_cut(reach),
        bands_off_street_m=round(travel.drawn_max_m()),
        method=walk_method(),
        sources=build.sources(REGISTER, STREETS, POSTCODES),
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
    )


def _named(row: dict[str, Any], way: Way) -> Reached:
    return Reached(row["name"], way.seconds, Phase(row["phase"]), Sector(row["sector"]))


def _reached(row: dict[str, Any], way: Way) -> ReachedSchool:
    return ReachedSchool(
        **row,
        minutes=round(way.seconds / 60, 1),
        metres=round(way.metres),
        off_street_m=round(way.off_street_m),
    )


def _origin(build: Build, start: Start) -> Origin:
    return Origin(
        lon=start.lon, lat=start.lat, label=start.label, snapped_m=build.streets.snapped_m(start)
    )


def _as_the_crow_flies(minutes: int) -> float:
    return minutes * assumptions("walking")["pace"].value * 1000 / 60
