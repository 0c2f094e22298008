"""Counts of the same pupils by several sources, kept apart and compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from api.quality.finding import Case, Check, Finding, finding
from config.assumptions import assumptions
from config.terms import Phase

Row = Mapping[str, Any]

COUNTS_DIFFER: Final = Check(
    "counts_differ",
    "Counts of pupils that are far apart",
    "The newest counts of a school's pupils by two sources, where one is a fifth larger than the "
    "other or more. They are of different days, so some difference is to be expected.",
    "Look at the dates first. If the school did not grow or shrink so much, compare both with the "
    "school's own census return.",
)
ADDED_UP: Final = Check(
    "parts_and_totals",
    "Totals that do not add up",
    "Counts whose parts (girls and boys, or year groups) make another number than the total that "
    "the same source gives.",
    "Correct the file where it is the authority's own; otherwise report it to the publisher, and "
    "use the total.",
)


@dataclass(frozen=True, slots=True)
class Count:
    """Pupils of one school as one source has them.

    Attributes:
        urn: the school.
        source: title of the source.
        period: when they were counted.
        pupils: how many.
    """

    urn: int
    source: str
    period: str
    pupils: float


@dataclass(frozen=True, slots=True)
class Total:
    """Pupils of all schools of a phase that a source counts.

    Attributes:
        phase: the phase.
        source: title of the source.
        period: the newest period in it.
        schools: schools it counts.
        pupils: their pupils.
    """

    phase: str
    source: str
    period: str
    schools: int
    pupils: float


def newest(counts: Iterable[Count]) -> list[Count]:
    """Keep each source's newest count of each school, those of one period added up.

    A school that others were merged into has theirs together.
    """
    kept: dict[tuple[int, str], Count] = {}
    for one in sorted(counts, key=lambda one: one.period):
        before = kept.get((one.urn, one.source))
        is_part = before is not None and before.period == one.period
        pupils = one.pupils + (before.pupils if is_part and before else 0)
        kept[one.urn, one.source] = replace(one, pupils=pupils)
    return list(kept.values())


def whole_and_parts(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Add up the phases of a school's return, where it does not give all of them together.

    Args:
        rows: ``source_id``, ``urn``, ``period``, ``phase`` (``all``: together) and ``pupils``.
    """
    sums: dict[tuple[str, int, str], dict[bool, float]] = {}
    for row in rows:
        found = sums.setdefault((row["source_id"], row["urn"], row["period"]), {})
        is_whole = row["phase"] == "all"
        found[is_whole] = found.get(is_whole, 0) + row["pupils"]
    return [
        {"source_id": source_id, "urn": urn, "period": period, "pupils": found[max(found)]}
        for (source_id, urn, period), found in sums.items()
    ]


def totals(counts: Iterable[Count], phases: Mapping[int, str]) -> list[Total]:
    """Add up the newest counts by phase and source, side by side.

    Args:
        counts: of schools in use.
        phases: the phase of each school, by URN.
    """
    gathered: dict[tuple[str, str], list[Count]] = {}
    for one in newest(counts):
        if one.urn in phases:
            gathered.setdefault((phases[one.urn], one.source), []).append(one)
    order = list(Phase)
    return [
        Total(
            phase=phase,
            source=source,
            period=max(one.period for one in found),
            schools=len(found),
            pupils=sum(one.pupils for one in found),
        )
        for (phase, source), found in sorted(
            gathered.items(), key=lambda pair: (order.index(Phase(pair[0][0])), pair[0][1])
        )
    ]


def counts_differ(counts: Iterable[Count], names: Mapping[int, str]) -> Finding:
    """Find schools whose newest counts are far apart."""
    limits = assumptions("quality")
    by_school: dict[int, list[Count]] = {}
    for one in newest(counts):
        by_school.setdefault(one.urn, []).append(one)
    compared = {urn: found for urn, found in by_school.items() if len(found) > 1 and urn in names}
    cases = []
    for urn, found in compared.items():
        low = min(found, key=lambda one: one.pupils)
        high = max(found, key=lambda one: (one.pupils, one.period))
        apart = high.pupils - low.pupils
        if high.pupils < limits["fewest_counted"].value:
            continue
        if 100 * apart > limits["counts_differ"].value * high.pupils:
            says = f"{_count_words(high)}; {_count_words(low)}"
            cases.append(Case(subject=names[urn], urn=urn, says=says, weight=apart))
    return finding(COUNTS_DIFFER, compared, cases)


def _count_words(one: Count) -> str:
    return f"{one.pupils:,.0f} pupils in {one.source} ({one.period})"


def parts_and_totals(
    rolls: Sequence[Row], names: Mapping[int, str], titles: Mapping[str, str]
) -> Finding:
    """Find rolls whose sexes or year groups make another number than their total.

    Args:
        rolls: rows of the ``roll`` table that have a count.
        names: of schools by URN.
        titles: of sources by id.
    """
    by_key: dict[tuple[Any, ...], dict[tuple[str, str], int]] = {}
    for row in rolls:
        key = (row["source_id"], row["urn"], row["academic_year"])
        by_key.setdefault(key, {})[row["year_group"], row["sex"]] = row["pupils"]
    cases = []
    looked_at = 0
    for (source_id, urn, year), counted in by_key.items():
        for total, parts, whose in _sums(counted):
            looked_at += 1
            if total != parts:
                where = f"{titles.get(source_id, source_id)}, {year}"
                says = f"{whose} make {parts:,}, the total is {total:,} ({where})"
                name = names.get(urn, f"School {urn}")
                cases.append(Case(subject=name, urn=urn, says=says, weight=abs(total - parts)))
    return finding(ADDED_UP, range(looked_at), cases)


def _sums(counted: Mapping[tuple[str, str], int]) -> Iterable[tuple[int, int, str]]:
    """Give totals that have all their parts beside them: the total, its parts, what they are."""
    for (group, sex), pupils in counted.items():
        if sex == "all" and {(group, "F"), (group, "M")} <= counted.keys():
            named = "" if group == "all" else f" of year {group}"
            yield pupils, counted[group, "F"] + counted[group, "M"], f"girls and boys{named}"
    groups = [pupils for (group, sex), pupils in counted.items() if group != "all" and sex == "all"]
    if ("all", "all") in counted and len(groups) > 1:  # some sources tell reception apart only
        yield counted["all", "all"], sum(groups), "year groups"
