"""Figures of schools and authorities as they are sent."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from api.build import Build
from api.figures.middle import Middle, middles
from api.figures.series import Series, series_of
from api.figures.tables import admission_numbers, offer_distances, place_values
from api.figures.topics import HEADLINES_AT_MOST, Topic, position_of, topic_of
from api.narrative.figures import Told, figure_sentence, inspection_sentences, value_words
from api.narrative.words import SCHOOL_NOUNS, day_words
from api.queries import about, figures
from api.schemas.figures import (
    AuthorityFigures,
    Criterion,
    Figure,
    FigureContext,
    FigurePoint,
    FigureTopic,
    Group,
    Inspection,
    Predecessor,
    RollRow,
    SchoolFigures,
)
from config.terms import Phase, Status

Row = Mapping[str, Any]
Releases = Mapping[tuple[str, str | None], str | None]


def school_figures(build: Build, school: Row) -> SchoolFigures:
    """Put together everything that is counted, measured or judged of one school."""
    before = figures.predecessors(build.engine, school["urn"])
    urns = [school["urn"], *(row["urn"] for row in before)]
    names = {row["urn"]: row["name"] or f"School {row['urn']}" for row in before}
    told = _Telling(build, names)
    series = series_of(school_rows(build, urns), own=school["urn"], key="urn")
    context = _context_of_school(told, school, series)
    inspections = [
        told.with_origin(row) for row in figures.rows_of_schools(build.engine, "inspection", urns)
    ]
    inspections.sort(key=lambda row: row["inspected_on"], reverse=True)
    criteria = figures.rows_of_schools(build.engine, "admission_criterion", [school["urn"]])
    groups = figures.groups_of(build.engine, school["urn"])
    topics = _topics(told, series, context)
    return SchoolFigures(
        urn=school["urn"],
        name=school["name"],
        topics=topics,
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
            *_sources_of(topics),
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
    told = _Telling(build, {})
    england = figures.authority_values(build.engine, [figures.ENGLAND])
    beside = told.published(england, {figures.ENGLAND: "England"})
    topics = _topics(told, series, {one.about["measure"]: _at(beside, one) for one in series})
    return AuthorityFigures(
        la_code=code,
        name=authority["name"],
        topics=topics,
        sources=build.sources(*_sources_of(topics)),
    )


def rolls(build: Build, urn: int) -> list[RollRow]:
    """Put together a school's pupils by year group, with those of its predecessors."""
    before = figures.predecessors(build.engine, urn)
    urns = [urn, *(row["urn"] for row in before)]
    told = _Telling(build, {})
    rows = figures.rows_of_schools(build.engine, "roll", urns)
    return [RollRow(**told.with_origin(row)) for row in rows]


class _Telling:
    """Writes rows as answers: where each came from, and what it says.

    Args:
        build: the build they are of.
        names: of predecessors by URN.
    """

    def __init__(self, build: Build, names: Mapping[int, str]) -> None:
        self.build = build
        self._names = names
        self._releases: Releases = build.remembered.get(
            "releases of receipts", lambda: releases(figures.receipts(build.engine))
        )

    def with_origin(self, row: Row) -> dict[str, Any]:
        """Return a row with its release, and the predecessor it was published for."""
        return {
            **row,
            "release": self._releases.get((row["receipt"], row["source_id"])),
            "published_urn": row.get("urn"),
            "published_name": self._names.get(row.get("urn") or 0),
        }

    def point(self, row: Row) -> FigurePoint:
        """Write one value."""
        return FigurePoint(**self.with_origin(row), words=_words(row, row["value"]))

    def published(
        self, rows: Iterable[Row], names: Mapping[str, str]
    ) -> dict[tuple[str, str], list[FigureContext]]:
        """Write published figures of an authority or the country, by measure and period."""
        found: dict[tuple[str, str], list[FigureContext]] = {}
        for row in sorted(rows, key=lambda row: list(names).index(row["area_code"])):
            context = FigureContext(
                **{**self.with_origin(row), "low": None, "high": None},
                kind="england" if row["area_code"] == figures.ENGLAND else "authority",
                name=names[row["area_code"]],
                schools=None,
                words=_words(row, row["value"]),
            )
            found.setdefault((row["measure"], row["period"]), []).append(context)
        return found


def releases(rows: Iterable[Row]) -> dict[tuple[str, str | None], str | None]:
    """Return the release of each file by its receipt and series."""
    return {(row["receipt"], row["source_id"]): row["release"] for row in rows}


def _context_of_school(
    told: _Telling, school: Row, series: Sequence[Series]
) -> dict[str, list[FigureContext]]:
    """Return what to hold each measure's latest value against."""
    engine = told.build.engine
    measures = [one.about["measure"] for one in series]
    names = {school["la_code"]: school["la_name"], figures.ENGLAND: "England"}
    names = {code: name for code, name in names.items() if code}
    rows = figures.values_of_measures(engine, measures, list(names))
    published = told.published(rows, names)
    phase = school["phase"]
    near: dict[tuple[str, str], Middle] = told.build.remembered.get(
        f"middles {phase}", lambda: middles(figures.peer_positions(engine, phase))
    )
    title = about.build_row(engine).get("title") or "the region"
    nouns = SCHOOL_NOUNS[Phase(phase)][1]
    found = {}
    for one in series:
        key = (one.about["measure"], one.latest["period"])
        if beside := published.get(key):
            found[key[0]] = beside
        elif middle := near.get(key):
            found[key[0]] = [_middle(told, one, middle, f"{nouns} in {title}")]
    return found


def _middle(told: _Telling, one: Series, middle: Middle, name: str) -> FigureContext:
    row = told.with_origin(one.latest)
    return FigureContext(
        kind="region_schools",
        name=f"Half of the state {name}",
        period=row["period"],
        value=middle.median,
        low=middle.low,
        high=middle.high,
        schools=middle.schools,
        words=f"{_words(one.about, middle.low)} to {_words(one.about, middle.high)}",
        source_id=row["source_id"],
        release=row["release"],
        receipt=row["receipt"],
    )


def _words(row: Row, value: float | None) -> str:
    return value_words(
        value,
        Status(row["status"]) if value is None or "status" in row else Status.MEASURED,
        unit=row["unit"],
        decimals=row["decimals"] or 0,
        measure=row["measure"],
    )


def _at(
    published: Mapping[tuple[str, str], list[FigureContext]], one: Series
) -> list[FigureContext]:
    return published.get((one.about["measure"], one.latest["period"]), [])


def _topics(
    told: _Telling, series: Iterable[Series], context: Mapping[str, list[FigureContext]]
) -> list[FigureTopic]:
    """Gather figures under their headings, in reading order."""
    gathered: dict[Topic, list[Series]] = {}
    for one in series:
        topic = topic_of(one.about["measure"], one.about["topic"])
        gathered.setdefault(topic, []).append(one)
    return [
        _topic(told, topic, found, context)
        for topic, found in sorted(gathered.items(), key=lambda pair: position_of(pair[0]))
    ]


def _topic(
    told: _Telling,
    topic: Topic,
    series: Sequence[Series],
    context: Mapping[str, list[FigureContext]],
) -> FigureTopic:
    listed = [one.about["measure"] for one in series]
    chosen = [measure for measure in topic.headlines if measure in listed]
    headlines = set(chosen or listed[:HEADLINES_AT_MOST])
    found = [_figure(told, one, context.get(one.about["measure"], []), headlines) for one in series]
    return FigureTopic(
        topic=topic.id,
        title=topic.title,
        sentences=[_sentence(one) for one in found if one.is_headline][:2],
        figures=sorted(found, key=lambda one: not one.is_headline),
    )


def _figure(
    told: _Telling, one: Series, context: list[FigureContext], headlines: set[str]
) -> Figure:
    about_it = {**one.about, "decimals": one.about["decimals"] or 0}
    return Figure(
        **about_it,
        is_headline=one.about["measure"] in headlines,
        points=[told.point(row) for row in one.values],
        context=context,
    )


def _sentence(figure: Figure) -> str:
    latest = figure.points[-1]
    beside = [(one.name, one.words) for one in figure.context]
    return figure_sentence(
        Told(figure.title, latest.period, latest.words, latest.value is None, beside)
    )


def _newest_inspection(rows: Sequence[Row]) -> list[str]:
    """Say what the newest inspection found; the rows are newest first."""
    for day, group in groupby(rows, lambda row: row["inspected_on"]):
        return inspection_sentences(list(group), day_words(day))
    return []


def _sources_of(topics: Iterable[FigureTopic]) -> list[str | None]:
    points = [point for topic in topics for one in topic.figures for point in one.points]
    beside = [each for topic in topics for one in topic.figures for each in one.context]
    return [one.source_id for one in (*points, *beside)]


def _backwards(row: Row) -> tuple[int, ...]:
    """Order school years from the newest."""
    return tuple(-ord(mark) for mark in row["academic_year"])
