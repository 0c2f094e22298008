"""Schools as they are sent."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from api.answers.sources import LINKS, POSTCODES, REGISTER
from api.build import Build
from api.narrative.school import (
    STATUS_WORDS,
    SchoolFacts,
    location_note,
    number_fact,
    school_lede,
)
from api.narrative.words import day_words
from api.queries import about, schools
from api.queries.schools import Kept
from api.schemas.filters import SchoolFilter
from api.schemas.parameters import parse_bounds
from api.schemas.schools import Fact, LinkedSchool, OfficialPage, SchoolDetail
from config.terms import Phase, SchoolStatus, Sector, Status

PAGES: Final = (
    (
        "Get Information About Schools",
        "https://get-information-schools.service.gov.uk/Establishments/Establishment/Details/{urn}",
    ),
    (
        "School performance in England",
        "https://www.compare-school-performance.service.gov.uk/school/{urn}",
    ),
    ("Ofsted reports", "https://reports.ofsted.gov.uk/search?q={urn}"),
)
"""Official pages about a school, by URN."""

TEXT_FACTS: Final = (
    ("type", "Type"),
    ("gender", "Boys and girls"),
    ("religious_character", "Religious character"),
    ("admissions_policy", "Admissions"),
    ("nursery_provision", "Nursery"),
    ("sixth_form", "Sixth form"),
    ("trust", "Trust"),
    ("federation", "Federation"),
)

ALWAYS_TOLD: Final = frozenset({"type", "gender", "religious_character", "admissions_policy"})
"""Facts that a parent looks for: where the register has none, that is said."""
"""Columns shown as they are, and what they are called."""


def kept(chosen: SchoolFilter) -> Kept:
    """Say to the queries which schools to keep."""
    return Kept(
        phase=chosen.phase,
        sector=chosen.sector,
        type=chosen.type,
        status=chosen.status,
        la_code=chosen.la_code,
        is_outside=chosen.outside,
        bbox=parse_bounds(chosen.bbox) if chosen.bbox else None,
        q=chosen.q,
    )


def school_detail(build: Build, row: dict[str, Any]) -> SchoolDetail:
    """Put together everything that is said of one school."""
    links = schools.school_links(build.engine, row["urn"])
    status = Status(row["location_status"]) if row["location_status"] else None
    return SchoolDetail(
        **row,
        sentence=school_lede(_facts_of(row)),
        location_note=location_note(
            status, is_outside=row["is_outside"], is_covered=row["is_covered"]
        ),
        predecessors=_linked(links, "predecessor"),
        successors=_linked(links, "successor"),
        beside=_linked(links, "other"),
        links=[] if build.is_made_up() else _pages(row),
        facts=school_facts(row, about.newest_release(build.engine, REGISTER)),
        sources=build.sources(REGISTER, LINKS, POSTCODES),
    )


def school_facts(row: dict[str, Any], release: str | None) -> list[Fact]:
    """Write one school's facts in reading order, each with its source and date.

    What was counted is dated to the day of the count, or to none where the register has none.
    """
    counted_on = row["census_date"]
    texts = [
        (label, row[column]) for column, label in TEXT_FACTS if row[column] or column in ALWAYS_TOLD
    ]
    return [
        _fact("Status", STATUS_WORDS[SchoolStatus(row["status"])], release),
        _fact("Ages", _ages(row), release),
        *(_fact(label, text, release) for label, text in texts),
        _number(row, "pupils", "Pupils", counted_on),
        _number(row, "capacity_pupils", "Places for pupils", release),
        _number(row, "fsm_pct", "Eligible for free school meals", counted_on, unit="%", decimals=1),
        *_days(row, release),
        _fact("Address", _address(row), release),
        _fact("Education authority", row["la_name"], release),
    ]


def _facts_of(row: dict[str, Any]) -> SchoolFacts:
    return SchoolFacts(
        name=row["name"],
        status=SchoolStatus(row["status"]),
        phase=Phase(row["phase"]),
        sector=Sector(row["sector"]),
        age_low=row["age_low"],
        age_high=row["age_high"],
        place=row["town"] or row["la_name"],
        pupils=row["pupils"],
        capacity_pupils=row["capacity_pupils"],
        census_date=row["census_date"],
        open_date=row["open_date"],
        close_date=row["close_date"],
    )


def _fact(label: str, text: str | None, as_of: str | None) -> Fact:
    return Fact(
        label=label,
        value=text or "not stated",
        status=Status.MEASURED if text else Status.UNAVAILABLE,
        source_id=REGISTER,
        as_of=as_of,
    )


def _number(
    row: dict[str, Any],
    column: str,
    label: str,
    as_of: str | None,
    *,
    unit: str = "",
    decimals: int = 0,
) -> Fact:
    status = Status(row[f"{column}_status"] or Status.UNAVAILABLE)
    text = number_fact(row[column], status, unit, decimals=decimals)
    return Fact(label=label, value=text, status=status, source_id=REGISTER, as_of=as_of)


def _ages(row: dict[str, Any]) -> str | None:
    low, high = row["age_low"], row["age_high"]
    return f"{low} to {high}" if low is not None and high is not None else None


def _days(row: dict[str, Any], release: str | None) -> list[Fact]:
    is_closing = row["status"] == SchoolStatus.CLOSING
    labels = {"open_date": "Opened", "close_date": "To close" if is_closing else "Closed"}
    if row["status"] == SchoolStatus.PROPOSED:
        labels["open_date"] = "To open"
    return [
        _fact(label, day_words(row[column]), release)
        for column, label in labels.items()
        if row[column]
    ]


def _address(row: dict[str, Any]) -> str | None:
    parts = (row[name] for name in ("street", "locality", "town", "postcode"))
    return ", ".join(dict.fromkeys(part for part in parts if part)) or None


def _linked(links: Iterable[dict[str, Any]], direction: str) -> list[LinkedSchool]:
    return [LinkedSchool(**link) for link in links if link["direction"] == direction]


def _pages(row: dict[str, Any]) -> Sequence[OfficialPage]:
    official = [OfficialPage(title=title, url=url.format(urn=row["urn"])) for title, url in PAGES]
    if not row["website"]:
        return official
    return [*official, OfficialPage(title="The school's own site", url=row["website"])]
