"""How likely an offer of a place is, as it is sent."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

import numpy as np
import shapely

import travel
from api import lookups
from api.answers.offer_errors import OF_OFFERS, OfferErrors, offer_errors
from api.answers.offer_worth import DrawnWorth, drawn_worth
from api.answers.sources import POSTCODES, REGISTER, STREETS
from api.build import Build
from api.errors import BadParameter
from api.journeys import NoStreets, Start
from api.narrative.chance_method import chance_method
from api.narrative.choices import NOT_KNOWN, chance_sentence, outcome_words
from api.queries import choices
from api.schemas.choices import (
    ChancePoint,
    ChoiceAccuracy,
    OfferChance,
    OfferChances,
    PublishedOffer,
)
from ingest.planning.offer_history import ENTERED, PUBLISHED
from ingest.schema.fields import YEAR_GROUPS
from planning.choice.chance import OUTCOMES, Chance, LastOffers, Outcome, chance_of_offer

WALKED: Final = "walking_route"

ANYWHERE: Final = "anywhere"
OFFER_SOURCES: Final = (
    *("admissions", "surrey_admissions", "admission_criteria", "admission_areas"),
    *("brighton_admission_areas", "school_offers", "offers", "own_counts", "london_flows"),
    *("population_lsoa21", "population_lsoa11"),
)


def chances(build: Build, urn: int, chosen: ChancePoint) -> OfferChances:
    """Tell the chance of an offer from a postcode or a point.

    Raises:
        BadParameter: neither a postcode nor a whole point is given, or both.
        NotInAtlas: the school or the postcode is not in this atlas.
        NoPosition: it is not known where the school is.
    """
    home = start_of(build, chosen)
    school = lookups.start_at_school(build, urn)
    rows = choices.offers(build.engine, urn)
    is_inside = _is_inside(build, urn, home)
    rows = sorted(rows, key=lambda row: YEAR_GROUPS.index(row["year_group"]))
    judged = choices.accuracy_of_school(build.engine, urn)
    accuracy = [ChoiceAccuracy(**row) for row in judged if row["judged_by"].startswith(OF_OFFERS)]
    worth = {phase: drawn_worth(judged, phase) for phase in ENTERED}
    entries = []
    for group, of_group in groupby(rows, key=lambda row: row["year_group"]):
        known = offer_errors(accuracy, phase_of(group)), worth[phase_of(group)]
        entry = _entry(build, home, school, list(of_group), known, is_inside=is_inside)
        if entry is not None:
            entries.append(entry)
    phases = dict.fromkeys(phase_of(entry.year_group) for entry in entries)
    accuracy = [each for each in accuracy if each.phase in phases]
    words = [offer_errors(accuracy, phase).words for phase in phases]
    return OfferChances(
        urn=urn,
        name=school.label,
        origin=home.label,
        sentence=" ".join(entry.sentence for entry in entries)
        or f"How far places at {school.label} go is neither published nor modelled.",
        entries=entries,
        not_known=list(NOT_KNOWN),
        accuracy=accuracy,
        accuracy_words=" ".join(each for each in words if each)
        or "How far off modelled last distances are is not known.",
        method=chance_method(
            [(phase, worth[phase].years, worth[phase].is_judged) for phase in phases or worth]
        ),
        sources=build.sources(REGISTER, *OFFER_SOURCES, POSTCODES, STREETS),
    )


def phase_of(year_group: str) -> str:
    """Return the phase that a year group belongs to.

    >>> phase_of("R"), phase_of("3"), phase_of("7")
    ('primary', 'primary', 'secondary')
    """
    return next(phase for phase, groups in ENTERED.items() if year_group in groups)


def start_of(build: Build, chosen: ChancePoint) -> Start:
    """Return where the child lives.

    Raises:
        BadParameter: neither a postcode nor a whole point is given, or both.
    """
    if chosen.postcode is not None and chosen.lon is None and chosen.lat is None:
        return lookups.start_at_postcode(build, chosen.postcode)
    if chosen.postcode is None and chosen.lon is not None and chosen.lat is not None:
        return lookups.start_at_point(chosen.lon, chosen.lat)
    raise BadParameter(
        "a home is named by a postcode, or by lon and lat together",
        hint="give postcode=LE15 6HP, or lon and lat, and not both.",
    )


def straight_m(home: Start, school: Start) -> float:
    """Return metres in a straight line."""
    return float(np.hypot(home.x - school.x, home.y - school.y))


def _entry(
    build: Build,
    home: Start,
    school: Start,
    rows: Sequence[dict[str, Any]],
    known: tuple[OfferErrors, DrawnWorth],
    *,
    is_inside: bool,
) -> OfferChance | None:
    """Tell the chance of entry into one year group; nothing where no row is about such a home."""
    errors, worth = known
    has_area = any(row["lives"] == "inside" for row in rows)
    lives = ("inside" if is_inside else "outside") if has_area else ANYWHERE
    own = [row for row in rows if row["lives"] in (lives, ANYWHERE)]
    if not own:
        return None
    method = str(own[-1]["distance_method"] or "straight_line")
    walked = _walked_m(build, home, school) if method == WALKED else None
    metres = straight_m(home, school) if walked is None else walked
    chance = chance_at(metres, own, worth)
    drawn = _of(own, is_published=False)
    by_distance = np.sort(drawn.metres[~np.isnan(drawn.metres)])
    low, median, high = (
        np.round(np.percentile(by_distance, (10, 50, 90))).tolist()
        if len(by_distance)
        else (None, None, None)
    )
    likely = likely_m(median, low, high, errors.factor)
    return OfferChance(
        year_group=rows[0]["year_group"],
        metres=round(metres),
        distance_method=method,
        is_straight_instead=method == WALKED and walked is None,
        lives=lives,
        chance_pct=None if chance.pct is None else round(chance.pct, 1),
        drawn_years=chance.drawn,
        drawn_offered=chance.drawn_offered,
        published_years=chance.published,
        published_offered=chance.published_offered,
        drawn_low_m=low,
        drawn_median_m=median,
        drawn_high_m=high,
        likely_low_m=None if likely is None else likely[0],
        likely_high_m=None if likely is None else likely[1],
        published=_published(own),
        basis=next((str(row["basis"]) for row in own if row["basis"] != PUBLISHED), None),
        sentence=chance_sentence(
            metres=metres,
            year_group=rows[0]["year_group"],
            chance_pct=chance.pct,
            drawn=(chance.drawn_offered, chance.drawn),
            published=(chance.published_offered, chance.published),
            lives=lives,
            likely_m=likely,
        ),
    )


def likely_m(
    median: float | None, low: float | None, high: float | None, factor: float | None
) -> tuple[float, float] | None:
    """Return between which distances the last child is likely to live: never less wide than drawn.

    >>> likely_m(400.0, 350.0, 500.0, 2.0)
    (200.0, 800.0)
    >>> likely_m(400.0, 350.0, 500.0, 1.1)
    (350.0, 500.0)
    """
    if median is None or low is None or high is None or factor is None:
        return None
    return min(low, float(round(median / factor))), max(high, float(round(median * factor)))


def chance_at(metres: float, rows: Sequence[dict[str, Any]], worth: DrawnWorth) -> Chance:
    """Work the chance out from rows of ``offer_chance`` of one school and year group."""
    return chance_of_offer(
        metres,
        _of(rows, is_published=False),
        _of(rows, is_published=True),
        drawn_worth=worth.years,
    )


def _of(rows: Sequence[dict[str, Any]], *, is_published: bool) -> LastOffers:
    """Lay out years: rows that stand for several come as often."""
    own = [row for row in rows if (row["basis"] == PUBLISHED) == is_published]
    outcome = [OUTCOMES.index(Outcome(row["outcome"])) for row in own for _ in range(row["years"])]
    metres = [
        np.nan if row["metres"] is None else row["metres"]
        for row in own
        for _ in range(row["years"])
    ]
    return LastOffers(np.array(outcome, np.int64), np.array(metres, np.float64))


def _published(rows: Sequence[dict[str, Any]]) -> list[PublishedOffer]:
    told = [row for row in rows if row["basis"] == PUBLISHED]
    return [
        PublishedOffer(**row, words=outcome_words(row["outcome"], row["metres"]))
        for row in sorted(told, key=lambda row: row["academic_year"], reverse=True)
    ]


def _walked_m(build: Build, home: Start, school: Start) -> float | None:
    """Return metres on foot; ``None`` where the streets do not tell."""
    matrix = build.matrix.held("walk")
    if matrix is not None and home.postcode is not None and matrix.has_home(home.postcode):
        row = matrix.from_home(matrix.home(home.postcode))
        found = np.flatnonzero(matrix.place_id[row.number] == school.urn)
        if len(found) and row.metres is not None:
            return float(row.metres[found[0]])
    try:
        return float(build.modes.streets("walk").route(home, school).metres)
    except (NoStreets, BadParameter, travel.NoWay, travel.OutsideCoverage, travel.NotConnected):
        return None


def _is_inside(build: Build, urn: int, home: Start) -> bool:
    point = shapely.Point(home.lon, home.lat)
    return any(
        shapely.from_wkb(outline).contains(point)
        for outline in choices.areas_of_priority(build.engine, urn)
    )
