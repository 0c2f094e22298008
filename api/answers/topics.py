"""Figures under their headings, in the order in which a parent asks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from api.answers.telling import Row, Telling
from api.figures.series import Series
from api.figures.topics import EXPECTED, HEADLINES_AT_MOST, TOPICS, Topic, position_of, topic_of
from api.narrative.comparison import Beside, Compared, comparisons
from api.narrative.figures import followed_words, nothing_told
from api.queries import figures as queries
from api.schemas.figures import Figure, FigureContext, FigureTopic
from config.terms import IN_USE, Phase, Sector
from ingest.census.measures import GIRLS_PCT

SENTENCES_AT_MOST: Final = 3
HAS_SIXTH_FORM: Final = "Has a sixth form"
"""How the register writes it."""
ONE_SEX: Final = (0.0, 100.0)
"""Girls, in per cent, of a school that admits boys or girls only."""
COUNTED: Final = frozenset({"pupils", "students", "places", "offers", "applications"})
"""Units of totals: those of a whole authority say nothing of one school."""
Context = Mapping[str, list[FigureContext]]


def topics(told: Telling, series: Iterable[Series], context: Context) -> list[FigureTopic]:
    """Gather figures under their headings."""
    gathered: dict[Topic, list[Series]] = {}
    for one in series:
        topic = topic_of(one.about["measure"], one.about["topic"])
        gathered.setdefault(topic, []).append(one)
    return [
        _topic(told, topic, found, context)
        for topic, found in sorted(gathered.items(), key=lambda pair: position_of(pair[0]))
    ]


def with_expected(told: Telling, school: Row, found: list[FigureTopic]) -> list[FigureTopic]:
    """Add the headings that a reader looks for and that have no figures, and say why."""
    if school["status"] not in IN_USE:
        return found
    there = {one.topic for one in found}
    expected = {*EXPECTED.get(Phase(school["phase"]), ())}
    if school["sixth_form"] == HAS_SIXTH_FORM:
        expected.add("post16")
    missing = expected - there
    if not missing:
        return found
    held = {topic_of(measure, None).id for measure in queries.school_measures(told.build.engine)}
    is_independent = school["sector"] == Sector.INDEPENDENT
    empty = [
        FigureTopic(
            topic=topic.id,
            title=topic.title,
            sentences=[nothing_told(has_series=topic.id in held, is_independent=is_independent)],
            figures=[],
        )
        for topic in TOPICS
        if topic.id in missing
    ]
    order = [topic.id for topic in TOPICS]
    known = sorted(
        (*empty, *(one for one in found if one.topic in order)),
        key=lambda one: order.index(one.topic),
    )
    return [*known, *(one for one in found if one.topic not in order)]


def sources_of(found: Iterable[FigureTopic]) -> list[str | None]:
    """Return the series that figures come from."""
    shown = [one for topic in found for one in topic.figures]
    rows = [row for one in shown for row in (*one.points, *one.context)]
    return [row.source_id for row in rows]


def _topic(told: Telling, topic: Topic, series: Sequence[Series], context: Context) -> FigureTopic:
    listed = [one.about["measure"] for one in series]
    chosen = [measure for measure in topic.headlines if measure in listed]
    headlines = chosen or listed[:HEADLINES_AT_MOST]
    found = [_figure(told, one, context.get(one.about["measure"], []), headlines) for one in series]
    found.sort(key=lambda one: headlines.index(one.measure) if one.is_headline else len(headlines))
    return FigureTopic(
        topic=topic.id, title=topic.title, sentences=_sentences(found), figures=found
    )


def _figure(
    told: Telling, one: Series, context: list[FigureContext], headlines: Sequence[str]
) -> Figure:
    about_it = {**one.about, "decimals": one.about["decimals"] or 0}
    return Figure(
        **about_it,
        is_headline=one.about["measure"] in headlines,
        points=[told.point(row) for row in one.values],
        context=context,
    )


def _sentences(found: Sequence[Figure]) -> list[str]:
    """Say how the figures that open a topic stand, and whose they are."""
    first = [one for one in found if one.is_headline]
    said = comparisons([each for one in first if (each := compared(one))])[:SENTENCES_AT_MOST]
    latest = first[0].points[-1] if first else None
    if latest and latest.published_name:
        said.append(followed_words(latest.published_name, latest.period))
    return said


def compared(figure: Figure) -> Compared | None:
    """Return a figure as sentences take it.

    None of a total, or where it is missing, or of the girls of a girls' or a boys' school.
    """
    latest = figure.points[-1]
    if latest.value is None or figure.unit in COUNTED:
        return None
    if figure.measure == GIRLS_PCT.id and latest.value in ONE_SEX:
        return None
    return Compared(
        title=figure.title,
        period=latest.period,
        value=latest.value,
        low=latest.low,
        high=latest.high,
        unit=figure.unit,
        cohort=latest.cohort,
        decimals=figure.decimals,
        is_progress="progress" in figure.measure,
        beside=[
            Beside(one.name, one.value, *_quartiles(one))
            for one in figure.context
            if one.value is not None
        ],
    )


def _quartiles(one: FigureContext) -> tuple[float | None, float | None]:
    return (one.low, one.high) if one.kind == "region_schools" else (None, None)
