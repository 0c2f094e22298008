"""Modelled catchments, both ways, as they are sent."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from api import lookups
from api.answers.areas import geometry
from api.answers.chances import ANYWHERE, OFFER_SOURCES, chance_at, phase_of, straight_m
from api.answers.offer_errors import OF_OFFERS
from api.answers.offer_worth import drawn_worth
from api.answers.sources import AREAS, REGISTER, STREETS
from api.build import Build
from api.errors import BadParameter
from api.narrative.choices import (
    CATCHMENT_METHOD,
    catchment_sentence,
    destinations_sentence,
)
from api.queries import choices
from api.queries.schools import school_summaries
from api.schemas.choices import (
    Catchment,
    CatchmentArea,
    CatchmentFeature,
    CatchmentMap,
    ChoiceAccuracy,
    Destination,
    Destinations,
)
from config.terms import AreaKind
from ingest.planning.offer_history import ENTRY


def catchment(build: Build, school: dict[str, Any]) -> Catchment:
    """Tell where a school's pupils are expected to come from."""
    rows = choices.areas_of_school(build.engine, school["urn"])
    items = _areas(rows)
    phases = {item.phase for item in items}
    accuracy = _accuracy(choices.accuracy_of_school(build.engine, school["urn"]), phases)
    told = [(item.area_name or item.area_code, item.of_school_pct or 0.0) for item in items]
    return Catchment(
        urn=school["urn"],
        sentence=catchment_sentence(
            school["name"],
            sorted(told, key=lambda each: -each[1]),
            basis=items[0].basis if items else None,
            right_pct=_right_pct(accuracy, items[0].phase) if items else None,
        ),
        items=items,
        next=None,
        accuracy=accuracy,
        method=CATCHMENT_METHOD,
        sources=_sources(build),
    )


def catchment_map(build: Build, school: dict[str, Any]) -> CatchmentMap:
    """Draw where a school's pupils are expected to come from."""
    rows = choices.areas_of_school(build.engine, school["urn"], with_geometry=True)
    return CatchmentMap(
        features=[
            CatchmentFeature(
                id=f"{area.phase}-{area.area_code}",
                properties=area,
                geometry=geometry(row["geometry"]),
            )
            for area, row in zip(_areas(rows), rows, strict=True)
        ],
        sources=_sources(build),
    )


def destinations(build: Build, area_code: str) -> Destinations:
    """Tell which schools a small area's children are expected at.

    Raises:
        NotInAtlas: there is no such area.
        BadParameter: it is no small area.
    """
    area = lookups.area(build, area_code, with_geometry=False)
    if area["kind"] != str(AreaKind.LSOA21):
        raise BadParameter(
            f"{area['name']} is no small area, and destinations are modelled for those",
            hint="/api/v1/areas?kind=lsoa21 lists the small areas of the 2021 census.",
        )
    rows = choices.schools_of_area(build.engine, area["area_code"])
    chance = _chances(build, area, [row["urn"] for row in rows])
    items = [
        Destination(**row, chance_pct=chance.get((row["urn"], ENTRY[row["phase"]]))) for row in rows
    ]
    known = choices.accuracy_of_area(build.engine, area["area_code"])
    accuracy = _accuracy(known, {item.phase for item in items})
    return Destinations(
        area_code=area["area_code"],
        area_name=area["name"],
        sentence=destinations_sentence(
            area["name"],
            [(item.phase, item.school_name or f"URN {item.urn}", item.share_pct) for item in items],
            basis=items[0].basis if items else None,
            right_pct=_right_pct(accuracy, items[0].phase) if items else None,
        ),
        items=items,
        next=None,
        accuracy=accuracy,
        method=CATCHMENT_METHOD,
        sources=_sources(build),
    )


def _areas(rows: Sequence[dict[str, Any]]) -> list[CatchmentArea]:
    """Say what each area is to the school: rows of one school."""
    whole = {
        phase: sum(row["pupils_expected"] or 0.0 for row in group)
        for phase, group in groupby(rows, key=lambda row: row["phase"])
    }
    return [
        CatchmentArea(
            **row,
            area_code=row["home_code"],
            of_school_pct=_share(row["pupils_expected"], whole[row["phase"]]),
        )
        for row in rows
    ]


def _share(part: float | None, whole: float) -> float | None:
    return None if part is None or not whole else round(100 * part / whole, 1)


def _chances(
    build: Build, area: dict[str, Any], urns: Sequence[int]
) -> dict[tuple[int, str], float | None]:
    """Return the chance of an offer from the middle of an area, by school and year group.

    Only of schools that measure in a straight line and give no area priority: others' depends on
    the very home.
    """
    middle = lookups.start_at_point(area["lon"], area["lat"])
    schools = school_summaries(build.engine, list(urns))
    found: dict[tuple[int, str], float | None] = {}
    for urn in dict.fromkeys(urns):
        row = schools.get(urn)
        if row is None or row["lon"] is None:
            continue
        metres = straight_m(middle, lookups.start_at_point(row["lon"], row["lat"]))
        rows = choices.offers(build.engine, urn)
        judged = choices.accuracy_of_school(build.engine, urn)
        for group, of_group in groupby(rows, key=lambda each: each["year_group"]):
            own = list(of_group)
            is_plain = {each["lives"] for each in own} == {ANYWHERE} and {
                each["distance_method"] for each in own
            } == {"straight_line"}
            worth = drawn_worth(judged, phase_of(group))
            pct = chance_at(metres, own, worth).pct if is_plain else None
            found[urn, str(group)] = None if pct is None else round(pct, 1)
    return found


def _accuracy(rows: Sequence[dict[str, Any]], phases: Collection[str]) -> list[ChoiceAccuracy]:
    """Keep what is judged by where children go, and not by offers."""
    return [
        ChoiceAccuracy(**row)
        for row in rows
        if row["phase"] in phases and not row["judged_by"].startswith(OF_OFFERS)
    ]


def _right_pct(accuracy: Sequence[ChoiceAccuracy], phase: str) -> float | None:
    return next(
        (
            each.value
            for each in accuracy
            if (each.phase, each.choice_method, each.judged_by)
            == (phase, "fitted", "share_right_pct")
        ),
        None,
    )


def _sources(build: Build) -> list[str]:
    return build.sources(REGISTER, *OFFER_SOURCES, STREETS, *AREAS)
