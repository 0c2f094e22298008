"""Data quality as it is sent: every check over the rows of the build in use."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from api.answers.series import built_on, series
from api.answers.sources import REGISTER
from api.build import Build
from api.narrative.quality import quality_sentence
from api.quality.authorities import schools_and_authority
from api.quality.counts import Count, counts_differ, parts_and_totals, totals, whole_and_parts
from api.quality.finding import Case, Finding
from api.quality.schools import of_schools
from api.quality.series import of_series
from api.quality.successions import of_successions
from api.queries import about, quality
from api.schemas.quality import (
    CaseRow,
    CountCompared,
    IssueGroup,
    Quality,
    QualityCase,
    QualityCheck,
    SeriesHeld,
)
from config.terms import IN_USE, Sector

Row = Mapping[str, Any]
WORST: Final = 8
STEPS: Final = {
    "files": "Getting the files",
    "boundaries": "Boundaries",
    "schools": "Schools",
    "postcodes": "Postcodes",
    "streets": "Streets",
    "transit": "Buses",
    "matrix": "Travel times",
    "values": "Deprivation and ages by small area",
    "tiles": "Map tiles",
    "database": "The database",
}
"""Titles of the steps that are not named by the series they read."""


def quality_of(build: Build) -> Quality:
    """Put together what the checks found, what sources say of the same thing, and the issue log."""
    found = findings(build)
    shown = {row["urn"] for row in quality.schools_in_use(build.engine)}
    groups = quality.issue_groups(build.engine)
    titles = STEPS | _titles(build)
    return Quality(
        sentence=quality_sentence(found, sum(row["count"] for row in groups)),
        checks=[_check(one, shown) for one in found],
        compared=[CountCompared(**asdict(one)) for one in compared(build)],
        issues=[
            IssueGroup(**row, title=titles.get(row["step"], row["step"] or "Not told"))
            for row in groups
        ],
        sources=build.sources(*build.source_ids()),
    )


def cases(build: Build) -> Iterable[CaseRow]:
    """Return every case of every check."""
    for one in findings(build):
        told = {"check": one.check.id, "title": one.check.title}
        for case in one.cases:
            yield CaseRow(
                **told,
                subject=case.subject,
                urn=case.urn,
                says=case.says,
                what_to_do=one.check.what_to_do,
            )


def findings(build: Build) -> Sequence[Finding]:
    """Ask every question once a build."""
    found: Sequence[Finding] = build.remembered.get("quality", lambda: _findings(build))
    return found


def compared(build: Build) -> Sequence[Any]:
    """Return the pupils by phase as several sources have them, state schools in use only."""
    schools = quality.schools_in_use(build.engine)
    phases = {row["urn"]: row["phase"] for row in schools if row["sector"] == Sector.STATE}
    return totals(_counts(build, schools), phases)


def _findings(build: Build) -> Sequence[Finding]:
    engine = build.engine
    schools = quality.schools_in_use(engine)
    names = {row["urn"]: row["name"] for row in schools}
    placed = {row["urn"]: row["planning_area"] for row in quality.planning_areas_of_schools(engine)}
    held = series(build)
    return [
        *of_schools(schools, placed),
        counts_differ(_counts(build, schools), names),
        parts_and_totals(quality.rolls(engine), names, _titles(build)),
        schools_and_authority(_authority_pairs(build)),
        *of_successions(_numbers(build)),
        *of_series(map(_series_row, held), built_on(build)),
    ]


def _counts(build: Build, schools: Sequence[Row]) -> list[Count]:
    """Gather the counts of pupils of every source, each school under its number of today."""
    engine = build.engine
    titles = _titles(build)
    today: dict[int, list[int]] = {}
    for row in quality.successors(engine):
        today.setdefault(row["urn"], []).append(row["successor_urn"])
    rolls = quality.rolls(engine)
    places = whole_and_parts(quality.places_counts(engine))
    census = quality.census_counts(engine)
    told = set(map(_key, census))
    parts = [row for row in _roll_sums(rolls) if _key(row) not in told]
    others = [*census, *places, *parts]
    own = [
        Count(row["urn"], titles.get(REGISTER, "The register"), row["census_date"] or "", count)
        for row in schools
        if (count := row["pupils"]) is not None
    ]
    return own + [
        Count(
            successor[0] if len(successor := today.get(row["urn"], [row["urn"]])) == 1 else -1,
            titles.get(row["source_id"], row["source_id"]),
            row["period"],
            float(row["pupils"]),
        )
        for row in others
    ]


def _key(row: Row) -> tuple[str, int, str]:
    return row["source_id"], row["urn"], row["period"]


def _roll_sums(rolls: Sequence[Row]) -> Iterable[dict[str, Any]]:
    """Add up year groups, where a source does not give all of a school together."""
    sums: dict[tuple[str, int, str], dict[str, float]] = {}
    for row in rolls:
        key = (row["source_id"], row["urn"], row["academic_year"])
        counted = sums.setdefault(key, {})
        group = "all" if row["year_group"] == "all" else "parts"
        part = group if row["sex"] == "all" else f"{group} by sex"
        counted[part] = counted.get(part, 0) + row["pupils"]
    for (source_id, urn, period), counted in sums.items():
        whole = next(
            counted[name]
            for name in ("all", "parts", "all by sex", "parts by sex")
            if name in counted
        )
        yield {"source_id": source_id, "urn": urn, "period": period, "pupils": whole}


def _authority_pairs(build: Build) -> Iterable[dict[str, Any]]:
    """Pair the primary pupils published of an authority with the sum of its schools."""
    names = {row["la_code"]: row["name"] for row in about.authorities(build.engine)}
    published = {
        (row["area_code"], row["period"]): row["value"]
        for row in quality.published_pupils(build.engine)
    }
    summed = quality.pupils_by_authority(build.engine)
    mixed = {(row["la_code"], row["period"]) for row in summed if row["phase"] == "all"}
    for row in summed:
        key = (row["la_code"], row["period"])
        if row["phase"] == "primary" and key in published and key not in mixed:
            yield {
                "name": names.get(row["la_code"], row["la_code"]),
                "what": "primary pupils",
                "period": row["period"],
                "published": published[key],
                "summed": float(row["pupils"]),
            }


def _numbers(build: Build) -> Iterable[dict[str, Any]]:
    after: dict[int, list[str]] = {}
    for row in quality.successors(build.engine):
        after.setdefault(row["urn"], []).append(row["name"])
    for row in quality.numbers_used(build.engine):
        first, last = row["first"], row["last"]
        yield {
            **row,
            "is_in_use": row["status"] in IN_USE,
            "periods": first if first == last else f"{first} to {last}",
            "successors": after.get(row["urn"], []),
        }


def _series_row(one: SeriesHeld) -> dict[str, Any]:
    return {
        "title": one.title,
        "is_held": one.is_held,
        "why": one.why_not,
        "release": ", ".join(one.releases[-1:]),
        "next_due": date.fromisoformat(one.next_due) if one.next_due else None,
    }


def _titles(build: Build) -> dict[str, str]:
    return {row["source_id"]: row["title"] for row in about.sources(build.engine)}


def _check(one: Finding, shown: set[int]) -> QualityCheck:
    return QualityCheck(
        check=one.check.id,
        title=one.check.title,
        says=one.check.says,
        what_to_do=one.check.what_to_do,
        looked_at=one.looked_at,
        count=len(one.cases),
        worst=[_case(case, shown) for case in one.cases[:WORST]],
    )


def _case(case: Case, shown: set[int]) -> QualityCase:
    return QualityCase(
        subject=case.subject, urn=case.urn, in_atlas=case.urn in shown, says=case.says
    )
