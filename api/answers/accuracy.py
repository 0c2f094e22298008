"""The record of forecasts, put together for an answer."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np

from api.build import Build
from api.errors import NotInAtlas
from api.narrative import accuracy as says
from api.queries import about, accuracy
from api.queries.rows import Row
from api.schemas.accuracy import (
    Accuracy,
    AccuracyAsked,
    AccuracyFilter,
    AuthorityVerdict,
    MethodAccuracy,
    RecordRow,
)
from planning.forecast.accuracy import verdict

SOURCES: Final = ("rolls", "school_census", "school_capacity", "scorecards")
AUTHORITY, CHOSEN = "authority", "chosen"
FEWEST: Final = 4
"""Fewer authorities than these cannot be parted into quarters."""


def accuracy_of(build: Build, asked: AccuracyAsked) -> Accuracy:
    """Put together a page of the record with verdicts and words."""
    chosen = kept(build, asked)
    page = accuracy.record_page(build.engine, limit=asked.limit, cursor=asked.cursor, **chosen)
    verdicts = _verdicts(build, asked)
    return Accuracy(
        items=[RecordRow(**row) for row in page.items],
        next=page.next,
        total=page.total,
        sources=build.sources(*SOURCES) if page.total else [],
        methods=[MethodAccuracy(**row) for row in accuracy.of_methods(build.engine, **chosen)],
        verdicts=verdicts,
        sentences=_sentences(build, asked, verdicts) or [says.nothing_sentence()],
    )


def rows_of(build: Build, asked: AccuracyFilter) -> Iterable[dict[str, Any]]:
    """Return every row that is kept, for a file."""
    rows = accuracy.record_rows(build.engine, **kept(build, asked))
    return (RecordRow(**row).model_dump() for row in rows)


def kept(build: Build, asked: AccuracyFilter) -> dict[str, str | int | None]:
    """Return the filters that were asked for; an authority is a unit like others.

    Raises:
        NotInAtlas: nothing is known of the authority.
    """
    chosen: dict[str, str | int | None] = {
        name: getattr(asked, name)
        for name in ("level", "unit_code", "phase", "made_by", "years_ahead")
    }
    if asked.la_code is None:
        is_any = asked.level is None and asked.unit_code is None
        return chosen | {"level": AUTHORITY} if is_any else chosen
    shown = about.authorities(build.engine)
    is_shown = any(one["la_code"] == asked.la_code for one in shown)
    if not is_shown and not accuracy.has_authority(build.engine, asked.la_code):
        raise NotInAtlas(
            f"no forecast of an authority with code {asked.la_code} is known",
            hint="/api/v1/release lists the authorities of this atlas.",
            suggestions=[one["la_code"] for one in shown[:3]],
        )
    whole = {"level": asked.level or AUTHORITY, "unit_code": asked.unit_code or asked.la_code}
    return chosen | whole


def _authorities(build: Build, asked: AccuracyFilter) -> dict[str, str | None]:
    """Return the authorities that verdicts are given of, with their names where shown."""
    if asked.level not in (None, AUTHORITY):
        return {}
    shown = {one["la_code"]: one["name"] for one in about.authorities(build.engine)}
    wanted = asked.la_code or asked.unit_code
    return shown if wanted is None else {wanted: shown.get(wanted)}


def _verdicts(build: Build, asked: AccuracyFilter) -> list[AuthorityVerdict]:
    wanted = _authorities(build, asked)
    if not wanted:
        return []
    groups: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in accuracy.scorecard_errors(build.engine):
        is_kept = asked.phase in (None, row["phase"])
        if is_kept and asked.years_ahead in (None, row["years_ahead"]):
            groups[row["phase"], row["years_ahead"]].append(row)
    found = []
    for _, rows in sorted(groups.items()):
        last = max(
            (row["academic_year"] for row in rows if row["made_by"] == AUTHORITY), default=""
        )
        found += _of_year([row for row in rows if row["academic_year"] == last], wanted)
    return found


def _of_year(rows: Sequence[Row], wanted: dict[str, str | None]) -> list[AuthorityVerdict]:
    """Set each authority wanted among all, for one phase, horizon and year."""
    own = {row["la_code"]: row for row in rows if row["made_by"] == AUTHORITY}
    errors = np.array([row["error_ratio"] for row in own.values()], float)
    simple = {(row["la_code"], row["made_by"]): row["error_ratio"] for row in rows}
    return [
        AuthorityVerdict(
            **{name: row[name] for name in ("name", "phase", "years_ahead", "made_in")},
            la_code=code,
            academic_year=row["academic_year"],
            error_ratio=row["error_ratio"],
            verdict=str(verdict(row["error_ratio"], errors)) if len(errors) >= FEWEST else None,
            authorities=len(errors),
            same_error_ratio=simple.get((code, "same")),
            drift_error_ratio=simple.get((code, "drift")),
        )
        for code, row in own.items()
        if code in wanted
    ]


def _sentences(
    build: Build, asked: AccuracyFilter, verdicts: Sequence[AuthorityVerdict]
) -> list[str]:
    found = []
    for one in verdicts:
        found.append(says.verdict_sentence(_told(one)))
        errors = {"same": one.same_error_ratio, "drift": one.drift_error_ratio}
        simple = {name: 100 * error for name, error in errors.items() if error is not None}
        if more := says.simple_sentence(100 * one.error_ratio, simple):
            found.append(more)
    for code, name in _authorities(build, asked).items():
        rows = accuracy.record_rows(build.engine, level=AUTHORITY, unit_code=code)
        of_rolls = [row for row in rows if row["source_id"] == "rolls"]
        found += _compared(name or code, of_rolls, asked)
    return found


def _told(one: AuthorityVerdict) -> says.Told:
    return says.Told(
        one.name,
        one.phase,
        one.academic_year,
        one.years_ahead,
        100 * one.error_ratio,
        one.verdict,
        one.authorities,
    )


def _compared(name: str, rows: Sequence[Row], asked: AccuracyFilter) -> list[str]:
    """Say for each phase who was nearer in the years that both are known of."""
    found = []
    for phase in ("primary", "secondary"):
        errors: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
        for row in rows:
            is_kept = row["year_group"] == phase and asked.phase in (None, phase)
            is_kept = is_kept and asked.years_ahead in (None, row["years_ahead"])
            if is_kept and row["error_ratio"] is not None:
                when = (row["made_in"], row["academic_year"])
                errors[row["made_by"]][when] = 100 * abs(row["error_ratio"])
        both = errors[AUTHORITY].keys() & errors[CHOSEN].keys()
        if both:
            own, atlas = (
                sum(errors[maker][when] for when in both) / len(both)
                for maker in (AUTHORITY, CHOSEN)
            )
            found.append(says.record_sentence(name, phase, own, atlas, len(both)))
    return found
