"""Forecasts of schools, planning areas and authorities as they are sent."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.answers.causes import difference_sentences
from api.answers.limits import limit_sentences
from api.answers.telling import Row
from api.build import Build
from api.narrative import forecast as says
from api.queries import forecasts, limits, vintages
from api.schemas.forecasts import (
    GROUPS,
    AssumptionRow,
    BorderRow,
    CohortRow,
    DisplacedRow,
    Forecast,
    ForecastAsked,
    ForecastRow,
    MakerRecord,
    MethodTried,
    PhaseMethods,
    PlannedPhase,
    RollPoint,
    SexAsked,
)
from config.terms import AcademicYear

PARTS: Final[dict[str, tuple[str, ...]]] = {
    "primary": (*GROUPS[:7], "primary"),
    "secondary": (*GROUPS[7:12], "secondary"),
    "sixth_form": (*GROUPS[12:], "sixth_form"),
}
ORDER: Final = {part: place for place, part in enumerate((*GROUPS, *PARTS, "all"))}
MAKERS: Final = (says.AUTHORITY, says.CHOSEN, "same", "drift", "cohort_321")
SENTENCES: Final = 4
SOURCES: Final = (
    *("rolls", "school_census", "births", "own_counts", "london_flows", "housing"),
    *("population_lsoa21", "population_lsoa11", "population_projections", "school_capacity"),
    *("scorecards", "planning_areas", "planning_area_schools"),
)
"""Series that forecasts are made from or compared with, where the build has them."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a build holds of the forecast of a unit.

    Attributes:
        rows: of ``forecast``.
        history: of ``forecast_roll``.
        record: of ``forecast_record``, by the makers that are compared.
    """

    rows: Sequence[Row]
    history: Sequence[Row]
    record: Sequence[Row]


def forecast_of(
    build: Build, level: str, code: str, name: str, asked: ForecastAsked, la_code: str | None
) -> Forecast:
    """Put together the forecast of a unit."""
    engine = build.engine
    held = Held(
        forecasts.expected(engine, level, code),
        forecasts.counted(engine, level, code),
        forecasts.record(engine, level, code, MAKERS),
    )
    rows = held.rows
    moved = [
        row for row in limits.displaced(engine, level, code) if _is_asked(row["year_group"], asked)
    ]
    phases = [part for part in _told_parts(rows, asked) if part in PARTS]
    methods = _methods(forecasts.methods(engine, level, code), asked)
    why_none = forecasts.why_left_out(engine, int(code)) if level == "school" else None
    units = [f"{level}:{code}", *([f"authority:{la_code}"] if la_code else [])]
    return Forecast(
        level=level,
        unit_code=code,
        name=name,
        made_in=rows[0]["made_in"] if rows else None,
        sentences=[*_sentences(held, methods, asked), *_more(build, level, code, moved, phases)]
        if rows
        else [says.nothing_sentence(name, why_none)],
        items=[ForecastRow(**row) for row in _kept(rows, asked)],
        history=[
            RollPoint(**row)
            for row in _in_order(held.history)
            if row["sex"] == asked.sex and _is_asked(row["year_group"], asked)
        ],
        methods=methods,
        record=_makers(held.record, asked),
        cohorts=[CohortRow(**row) for row in forecasts.cohorts(engine, la_code)] if rows else [],
        borders=[
            BorderRow(**row)
            for row in forecasts.borders(engine, level, code)
            if asked.phase is None or row["phase"] == asked.phase
        ],
        displaced=[DisplacedRow(**row) for row in _in_order(moved)],
        assumptions=[
            AssumptionRow(**{**row, "set_on": _text(row["set_on"])})
            for row in (forecasts.assumptions(engine, units) if rows else [])
        ],
        sources=build.sources(*SOURCES) if rows else [],
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _is_asked(part: str, asked: ForecastAsked) -> bool:
    if asked.year_group is not None and part != asked.year_group:
        return False
    return asked.phase is None or part in PARTS[asked.phase]


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["academic_year"], ORDER[row["year_group"]]))


def _kept(rows: Iterable[Row], asked: ForecastAsked) -> list[Row]:
    kept = [
        row
        for row in rows
        if row["sex"] == asked.sex
        and _is_asked(row["year_group"], asked)
        and (row["is_chosen"] if asked.method is None else row["forecast_method"] == asked.method)
    ]
    return _in_order(kept)


def _methods(rows: Sequence[Row], asked: ForecastAsked) -> list[PhaseMethods]:
    found = []
    for phase in PlannedPhase:
        of_phase = [row for row in rows if row["phase"] == phase]
        if not of_phase or (asked.phase is not None and asked.phase != phase):
            continue
        tried = [
            MethodTried(
                **row, title=says.METHOD_WORDS.get(row["forecast_method"], row["forecast_method"])
            )
            for row in of_phase
        ]
        chosen = next((one.forecast_method for one in tried if one.is_chosen), None)
        why = says.why_sentence(phase, [_tried(one) for one in tried])
        found.append(PhaseMethods(phase=phase, forecast_method=chosen, why=why, tried=tried))
    return found


def _tried(one: MethodTried) -> says.Tried:
    return says.Tried(
        one.forecast_method,
        one.error_pct,
        one.tried or 0,
        one.is_chosen,
        one.is_pinned,
        one.intake_basis,
    )


def _makers(rows: Sequence[Row], asked: ForecastAsked) -> list[MakerRecord]:
    """Return mean errors by maker, phase and years ahead."""
    errors: dict[tuple[str, str, int], list[float]] = defaultdict(list)
    for row in rows:
        part = row["year_group"]
        if part in PARTS and _is_asked(part, asked) and row["error_ratio"] is not None:
            errors[row["made_by"], part, _years_ahead(row)].append(row["error_ratio"])
    return [
        MakerRecord(
            made_by=maker,
            phase=PlannedPhase(part),
            years_ahead=ahead,
            tried=len(found),
            error_pct=100 * sum(map(abs, found)) / len(found),
            signed_pct=100 * sum(found) / len(found),
        )
        for (maker, part, ahead), found in sorted(
            errors.items(), key=lambda item: (ORDER[item[0][1]], item[0][2], item[0][0])
        )
    ]


def _years_ahead(row: Row) -> int:
    told, made = (AcademicYear.parse(row[name]).start for name in ("academic_year", "made_in"))
    return told - made


def _sentences(held: Held, methods: Sequence[PhaseMethods], asked: ForecastAsked) -> list[str]:
    parts = _told_parts(held.rows, asked)
    found = [one for part in parts if (one := _expected(part, held))]
    phases = [part for part in parts if part in PARTS]
    found += [one.why for one in methods if one.phase in phases[:1]]
    found += [one for part in phases if (one := _own(part, held.record))][:1]
    return found[:SENTENCES]


def _more(
    build: Build, level: str, code: str, moved: Sequence[Row], phases: Sequence[str]
) -> list[str]:
    """Say whom limits move, and why the forecast differs from the last one."""
    changed = vintages.causes(build.engine, kept={"level": level, "unit_code": code})
    return [*limit_sentences(moved), *difference_sentences(changed, phases)]


def _told_parts(rows: Sequence[Row], asked: ForecastAsked) -> list[str]:
    """Return the year group or sums that sentences are about: at most two."""
    there = {row["year_group"] for row in rows if row["is_chosen"]}
    if asked.year_group is not None:
        return [asked.year_group] if asked.year_group in there else []
    if asked.phase is not None:
        return [asked.phase] if asked.phase in there else []
    found = [part for part in ("primary", "secondary") if part in there]
    return found or [part for part in ("sixth_form", "all") if part in there][:1]


def _expected(part: str, held: Held) -> str | None:
    told = [
        row
        for row in held.rows
        if row["is_chosen"] and row["year_group"] == part and row["sex"] == SexAsked.BOTH
    ]
    if not told:
        return None
    last = max(told, key=lambda row: row["academic_year"])
    now = [
        row["pupils_counted"]
        for row in held.history
        if row["year_group"] == part
        and row["sex"] == SexAsked.BOTH
        and row["academic_year"] == last["made_in"]
    ]
    return says.expected_sentence(
        says.Expected(
            part,
            last["academic_year"],
            last["pupils_expected"],
            last["low_80"],
            last["high_80"],
            now[0] if now else 0.0,
            last["made_in"],
        )
    )


def _own(part: str, record: Sequence[Row]) -> str | None:
    """Compare the authority's own forecasts with the atlas's of the same years."""
    of_part: dict[str, dict[Any, float]] = defaultdict(dict)
    for row in record:
        if row["year_group"] == part and row["error_ratio"] is not None:
            when = (row["made_in"], row["academic_year"])
            of_part[row["made_by"]][when] = abs(row["error_ratio"])
    both = of_part[says.AUTHORITY].keys() & of_part[says.CHOSEN].keys()
    if not both:
        return None
    own, atlas = (
        100 * sum(of_part[maker][when] for when in both) / len(both)
        for maker in (says.AUTHORITY, says.CHOSEN)
    )
    return says.own_sentence(part, own, atlas, len(both))
