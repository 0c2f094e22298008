"""Whom each school admits first: from its authority's words, and the areas it gives priority to."""

from collections.abc import Collection
from typing import Final

import numpy as np
import pandas as pd
import shapely

from config.plurals import counted
from ingest.issues import IssueLog
from planning.arrays import Bools
from planning.choice.criteria import (
    BY_DISTANCE,
    USUAL,
    USUAL_OF_FAITH,
    Criterion,
    Need,
    Order,
    read_criteria,
)

UNKNOWN_WORDS: Final = "criteria of admission are understood"
NONE_PUBLISHED: Final = "criteria of admission are published"
NAMED: Final = 5


def school_criteria(
    schools: pd.DataFrame,
    criterion: pd.DataFrame,
    measured_by: dict[int, str],
    issues: IssueLog,
    *,
    linked: Collection[int] = (),
) -> list[tuple[Criterion, ...]]:
    """Return the criteria of each school, in their order.

    Args:
        schools: ``urn``, ``type``, ``religious_character`` and ``admissions_policy``.
        criterion: rows of ``admission_criterion``, under the URNs of today.
        measured_by: how each school measures distance, where that is published apart.
        issues: takes words that are not understood, and schools without published criteria.
        linked: URNs of schools that others lead to: where their criteria are not published,
            children who come from there go before those who are taken by distance.
    """
    newest = _newest(criterion)
    found, usual = [], []
    for urn, kind, faith, policy in schools[
        ["urn", "type", "religious_character", "admissions_policy"]
    ].itertuples(index=False):
        words = newest.get(int(urn), ())
        read = read_criteria(words)
        for unknown in read.unknown:
            issues.note(
                UNKNOWN_WORDS, f"URN {urn}", f"“{unknown[:120]}”: nobody is taken to meet it"
            )
        if not words:
            usual.append(str(urn))
        criteria = read.criteria if words else _usual(str(kind), str(faith), str(policy))
        if not words and int(urn) in linked and BY_DISTANCE in criteria:
            criteria = (*criteria[:-1], Criterion(Need.LINKED), criteria[-1])
        found.append(_measured(criteria, measured_by.get(int(urn)), has_words=bool(words)))
    if usual:
        more = ", …" if len(usual) > NAMED else ""
        issues.note(
            NONE_PUBLISHED,
            counted(len(usual), "school", "schools"),
            f"URN {', '.join(usual[:NAMED])}{more}: none are; siblings and then distance are "
            "taken, and faith first at schools of a church that may ask for it",
        )
    return found


def _newest(criterion: pd.DataFrame) -> dict[int, tuple[str, ...]]:
    """Return the words of each school's newest year, in their order."""
    if criterion.empty:
        return {}
    last = criterion.groupby("urn")["academic_year"].transform("max")
    rows = criterion[criterion["academic_year"] == last].sort_values(["urn", "rank"])
    rows = rows.drop_duplicates(["urn", "rank"])
    words = rows["says"].fillna("").astype(str).groupby(rows["urn"]).agg(tuple)
    return {int(urn): tuple(each) for urn, each in words.items()}  # type: ignore[call-overload] # index of URNs


def _usual(kind: str, faith: str, policy: str) -> tuple[Criterion, ...]:
    if policy == "Selective":
        return (Criterion(Need.NOTHING, Order.SCORE),)
    is_of_church = kind == "Voluntary aided school" or "Catholic" in faith
    return USUAL_OF_FAITH if is_of_church and has_faith(faith) else USUAL


def has_faith(character: str) -> bool:
    """Say whether the register names a faith."""
    return character not in ("", "None", "Does not apply", "nan", "<NA>")


def _measured(
    criteria: tuple[Criterion, ...], method: str | None, *, has_words: bool
) -> tuple[Criterion, ...]:
    """Measure along the way walked where the authority says so elsewhere."""
    if method != str(Order.WALKING_ROUTE) or (has_words and BY_DISTANCE not in criteria):
        return criteria
    return tuple(
        Criterion(each.needs, Order.WALKING_ROUTE) if each.order is Order.STRAIGHT_LINE else each
        for each in criteria
    )


def homes_in_areas(
    areas: pd.DataFrame, phase: str, urns: dict[int, int], homes: pd.DataFrame
) -> dict[int, Bools]:
    """Return which homes lie in the area that each school gives priority to.

    Args:
        areas: rows of ``admission_area``.
        phase: primary or secondary.
        urns: row of each school.
        homes: ``lon`` and ``lat``.

    Returns:
        By row of the schools that have an area, shape (homes,) each.
    """
    of_phase = areas[(areas["phase"] == phase) & areas["geometry"].notna() & areas["urns"].notna()]
    if of_phase.empty:
        return {}
    newest = of_phase["academic_year"] == of_phase.groupby("source_id")["academic_year"].transform(
        "max"
    )
    points = shapely.points(homes["lon"].to_numpy(np.float64), homes["lat"].to_numpy(np.float64))
    found: dict[int, Bools] = {}
    for names, geometry in of_phase.loc[newest, ["urns", "geometry"]].itertuples(index=False):
        if urns.keys().isdisjoint(map(int, str(names).split())):
            continue
        outline = shapely.from_wkb(geometry)
        shapely.prepare(outline)
        inside = np.asarray(shapely.contains(outline, points), np.bool_)
        for urn in map(int, str(names).split()):
            if urn in urns:
                row = urns[urn]
                found[row] = found[row] | inside if row in found else inside
    return found
