"""Figures of schools and authorities as they are sent."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from api.answers.sources import REGISTER
from api.answers.telling import Row, Telling, words_of
from api.answers.topics import COUNTED, sources_of, topics, with_expected
from api.build import Build
from api.figures.middle import Middle, middles
from api.figures.series import Series, series_of
from api.figures.tables import admission_numbers, offer_distances, place_values
from api.narrative.figures import inspection_sentences
from api.narrative.words import SCHOOL_NOUNS, day_words
from api.queries import about, figures
from api.schemas.figures import (
    AuthorityFigures,
    Criterion,
    FigureContext,
    Group,
    Inspection,
    Predecessor,
    RollRow,
    SchoolFigures,
)
from config.english_regions import ENGLAND
from config.terms import Phase, Status


def school_figures(build: Build, school: Row) -> SchoolFigures:
    """Put together everything that is counted, measured or judged of one school."""
    before = figures.predecessors(build.engine, school["urn"])
    urns = [school["urn"], *(row["urn"] for row in before)]
    names = {row["urn"]: row["name"] or f"School {row['urn']}" for row in before}
    told = Telling(build, names)
    series = series_of(school_rows(build, urns), own=school["urn"], key="urn")
    context = _context_of_school(told, school, series)
    inspections = [
        told.with_origin(row) for row in figures.rows_of_schools(build.engine, "inspection", urns)
    ]
    inspections.sort(key=lambda row: row["inspected_on"], reverse=True)
    criteria = figures.rows_of_schools(build.engine, "admission_criterion", [school["urn"]])
    groups = figures.groups_of(build.engine, school["urn"])
    found = with_expected(told, school, topics(told, series, context))
    return SchoolFigures(
        urn=school["urn"],
        name=school["name"],
        topics=found,
        inspections=[Inspection(**row) for row in inspections],
        inspection_sentences=_newest_inspection(inspections),
        criteria=[
            Criterion(**told.with_origin(row))
            for row in sorted(criteria, key=lambda row: (_backwards(row), row["rank"]))
        ],
        groups=[Group(**told.with_origin(row)) for row in groups],
        predecessors=[
            Predecessor(urn=row["urn"], name=row["name"], is_shared=row["successors"] > 1)
            for row in before
        ],
        sources=build.sources(
            *sources_of(found),
            *(row["source_id"] for row in (*inspections, *criteria, *groups)),
        ),
    )


def school_rows(build: Build, urns: Sequence[int]) -> list[dict[str, Any]]:
    """Return every value of some schools in one shape, whichever table holds it."""
    engine = build.engine
    return [
        *figures.school_values(engine, urns),
        *place_values(figures.rows_of_schools(engine, "school_places", urns)),
        *admission_numbers(figures.rows_of_schools(engine, "admission_number", urns)),
        *offer_distances(figures.rows_of_schools(engine, "offer_distance", urns)),
    ]


def authority_figures(build: Build, authority: Row) -> AuthorityFigures:
    """Put together everything that is published of one authority, beside England's figures."""
    code = authority["la_code"]
    rows = figures.authority_values(build.engine, [code])
    series = series_of(rows, own=code, key="area_code")
    told = Telling(build, {})
    england = figures.authority_values(build.engine, [ENGLAND])
    beside = told.published(england, {ENGLAND: "England"})
    found = topics(told, series, {one.about["measure"]: _at(beside, one) for one in series})
    return AuthorityFigures(
        la_code=code,
        name=authority["name"],
        topics=found,
        sources=build.sources(*sources_of(found)),
    )


def rolls(build: Build, urn: int) -> list[RollRow]:
    """Put together a school's pupils by year group, with those of its predecessors."""
    before = figures.predecessors(build.engine, urn)
    urns = [urn, *(row["urn"] for row in before)]
    told = Telling(build, {})
    rows = figures.rows_of_schools(build.engine, "roll", urns)
    return [RollRow(**told.with_origin(row)) for row in rows]


def _context_of_school(
    told: Telling, school: Row, series: Sequence[Series]
) -> dict[str, list[FigureContext]]:
    """Return what to hold each measure's latest value against.

    That is the authority's figure, or where it has none the middle half of the region's schools;
    and England's, of the same phase where it is told apart. Totals are held against no totals.
    """
    engine = told.build.engine
    kind = school["phase"]
    alike = {f"{one.about['measure']}_{kind}": one.about["measure"] for one in series}
    names = {school["la_code"]: school["la_name"], ENGLAND: "England"}
    names = {code: name for code, name in names.items() if code}
    rows = figures.values_of_measures(engine, [*alike, *alike.values()], list(names))
    published = told.published(rows, names)
    near: dict[tuple[str, str], Middle] = told.build.remembered.get(
        f"middles {kind}", lambda: middles(figures.peer_positions(engine, kind))
    )
    title = about.build_row(engine).get("title") or "the region"
    nouns = SCHOOL_NOUNS[Phase(kind)][1]
    found: dict[str, list[FigureContext]] = {}
    for one in series:
        key = (one.about["measure"], one.latest["period"])
        beside = [] if one.about["unit"] in COUNTED else published.get(key, [])
        of_kind = published.get((f"{key[0]}_{kind}", key[1]), [])
        if of_kind and one.about["unit"] not in COUNTED:
            named = f"England\N{RIGHT SINGLE QUOTATION MARK}s {nouns}"
            beside = [each for each in beside if each.kind != "england"]
            beside += [each.model_copy(update={"name": named}) for each in of_kind]
        middle = near.get(key)
        if middle and not any(each.kind == "authority" for each in beside):
            beside = [_middle(told, one, middle, f"{nouns} in {title}"), *beside]
        found[key[0]] = beside
    return found


def _middle(told: Telling, one: Series, middle: Middle, name: str) -> FigureContext:
    row = told.with_origin(one.latest)
    measured = {**one.about, "status": Status.MEASURED}
    return FigureContext(
        kind="region_schools",
        name=f"state {name}",
        period=row["period"],
        value=middle.median,
        low=middle.low,
        high=middle.high,
        schools=middle.schools,
        words=f"{words_of(measured, middle.low)} to {words_of(measured, middle.high)}",
        source_id=row["source_id"],
        release=row["release"],
        receipt=row["receipt"],
    )


def _at(
    published: Mapping[tuple[str, str], list[FigureContext]], one: Series
) -> list[FigureContext]:
    """Return what stands beside a series' latest value; totals stand beside no totals."""
    if one.about["unit"] in COUNTED:
        return []
    return published.get((one.about["measure"], one.latest["period"]), [])


def _inspections(told: Telling, urns: Sequence[int]) -> list[dict[str, Any]]:
    """Return what inspections found, newest first; the register only repeats what others tell."""
    rows = figures.rows_of_schools(told.build.engine, "inspection", urns)
    rows.sort(key=lambda row: row["source_id"] == REGISTER)
    first: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        first.setdefault((row["urn"], row["inspected_on"], row["area"]), told.with_origin(row))
    return sorted(first.values(), key=lambda row: row["inspected_on"], reverse=True)


def _newest_inspection(rows: Sequence[Row]) -> list[str]:
    """Say what the newest inspection found; the rows are newest first."""
    for day, group in groupby(rows, lambda row: row["inspected_on"]):
        return inspection_sentences(list(group), day_words(day))
    return []


def _backwards(row: Row) -> tuple[int, ...]:
    """Order school years from the newest."""
    return tuple(-ord(mark) for mark in row["academic_year"])
