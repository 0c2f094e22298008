"""Need and spare places, put together for an answer."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import sqlalchemy as sa

from api import lookups
from api.answers.areas import geometry
from api.answers.limits import unplaced_sentences
from api.build import Build
from api.narrative import balances as says
from api.queries import balances, limits
from api.queries.rows import Row
from api.schemas.balances import (
    Places,
    PlacesAsked,
    PlacesCost,
    PlacesFeature,
    PlacesFilter,
    PlacesMap,
    PlacesPhase,
    PlacesProperties,
    PlacesRow,
    PlacesSum,
)
from planning.places import balance, rounded

SOURCES: Final = (
    *("rolls", "school_census", "school_capacity", "planning_area_schools", "planning_areas"),
    *("admissions", "scorecards", "gias"),
)
PHASES: Final = tuple(map(str, PlacesPhase))
EXPANSION: Final = "expansion"


def places_of(build: Build, asked: PlacesAsked) -> Places:
    """Put together a page of rows with the sums and words of all rows kept."""
    chosen = kept(build, asked)
    page = balances.rows_page(build.engine, limit=asked.limit, cursor=asked.cursor, **chosen)
    rows = balances.rows(build.engine, **chosen)
    unfilled = balances.unfilled(build.engine, **chosen)
    costs = balances.costs(build.engine, **chosen)
    return Places(
        items=[place_row(row) for row in page.items],
        next=page.next,
        total=page.total,
        sources=build.sources(*SOURCES) if rows else [],
        summary=_sums(rows, unfilled),
        costs=[PlacesCost(**row) for row in costs],
        sentences=sentences_of(build.engine, asked)
        or [says.nothing_sentence(balances.years(build.engine))],
    )


def sentences_of(engine: sa.Engine, asked: PlacesFilter) -> list[str]:
    """Say the main facts of what is kept in words; none where nothing is."""
    chosen = asked.filters()
    rows, unfilled = balances.rows(engine, **chosen), balances.unfilled(engine, **chosen)
    told = _sentences(rows, unfilled, balances.costs(engine, **chosen))
    return [*told, *_unplaced(engine, asked)]


def rows_of(build: Build, asked: PlacesFilter) -> list[PlacesRow]:
    """Return every row that is kept, for a file."""
    return [place_row(row) for row in balances.rows(build.engine, **kept(build, asked))]


def map_of(build: Build, asked: PlacesFilter) -> PlacesMap:
    """Draw planning areas with their need and spare in the last school year told of each phase."""
    rows = balances.rows(build.engine, **kept(build, asked))
    last: dict[str, str] = {}
    for row in rows:
        last[row["phase"]] = max(row["academic_year"], last.get(row["phase"], ""))
    outlines = balances.outlines(build.engine)
    areas: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["academic_year"] == last[row["phase"]]:
            areas[row["planning_area"], row["phase"]].append(row)
    return PlacesMap(
        features=[
            PlacesFeature(
                id=code,
                geometry=geometry(outlines.get((code, phase))),
                properties=_properties(found),
            )
            for (code, phase), found in areas.items()
        ],
        sources=build.sources(*SOURCES, "lsoa21", "streets") if areas else [],
    )


def kept(build: Build, asked: PlacesFilter) -> dict[str, str | None]:
    """Return the filters that were asked for.

    Raises:
        NotInAtlas: there is no such planning area or authority.
    """
    if asked.planning_area is not None:
        lookups.planning_area(build, asked.planning_area)
    if asked.la_code is not None:
        lookups.authority(build, asked.la_code)
    return asked.filters()


def place_row(row: Row) -> PlacesRow:
    """Return a row with its need rounded, and the need at both ends of the range of its pupils."""
    need = row["need"]
    return PlacesRow(
        **row,
        need_rounded=None if need is None else rounded(need),
        need_low_80=_need(row, "pupils_low_80"),
        need_high_80=_need(row, "pupils_high_80"),
    )


def _need(row: Row, pupils: str) -> float | None:
    """Return the places short if so many pupils came; nothing where the need is not known."""
    if row["need"] is None or row[pupils] is None:
        return None
    came, places = np.array([row[pupils]]), np.array([row["places"]])
    return float(balance(came, places, margin_pct=row["margin_pct"]).need[0])


def _properties(rows: Sequence[Row]) -> PlacesProperties:
    need, spare = _added(rows, "need"), _added(rows, "spare")
    return PlacesProperties(
        **{name: rows[0][name] for name in ("planning_area", "phase", "name", "la_code")},
        academic_year=rows[0]["academic_year"],
        need=need,
        need_rounded=None if need is None else rounded(need),
        spare=spare,
    )


def _added(rows: Sequence[Row], name: str) -> float | None:
    """Add up what is known; nothing where any is not."""
    values = [row[name] for row in rows]
    return None if None in values or not values else sum(values)


def _sums(rows: Sequence[Row], unfilled: Sequence[Row]) -> list[PlacesSum]:
    known = {(row["phase"], row["academic_year"]): row["unfilled"] for row in unfilled}
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["need"] is not None:
            groups[row["phase"], row["academic_year"]].append(row)
    return [
        _sum(phase, year, found, known.get((phase, year)))
        for (phase, year), found in sorted(groups.items())
    ]


def _sum(phase: str, year: str, rows: Sequence[Row], unfilled: float | None) -> PlacesSum:
    areas: dict[str, float] = defaultdict(float)
    for row in rows:
        areas[row["planning_area"]] += row["need"]
    need = sum(areas.values())
    low, high = (_short(rows, end) for end in ("pupils_low_80", "pupils_high_80"))
    return PlacesSum(
        phase=phase,
        academic_year=year,
        need=need,
        need_rounded=rounded(need),
        spare=sum(row["spare"] for row in rows),
        planning_areas=len(areas),
        planning_areas_short=sum(rounded(short) > 0 for short in areas.values()),
        planning_areas_short_low=low,
        planning_areas_short_high=high,
        unfilled=unfilled,
    )


def _short(rows: Sequence[Row], pupils: str) -> int | None:
    """Count planning areas that are short of ten places or more if so many pupils came."""
    areas: dict[str, float] = defaultdict(float)
    for row in rows:
        need = _need(row, pupils)
        if need is None:
            return None
        areas[row["planning_area"]] += need
    return sum(rounded(short) > 0 for short in areas.values())


def _sentences(rows: Sequence[Row], unfilled: Sequence[Row], costs: Sequence[Row]) -> list[str]:
    """Say need and spare of each phase in its last year, then unfilled places and cost."""
    sums = _sums(rows, unfilled)
    found: list[str] = []
    for phase in dict.fromkeys(one.phase for one in sums):
        last = [one for one in sums if one.phase == phase][-1]
        found.append(says.need_sentence(_told(last, rows)))
        low, high = last.planning_areas_short_low, last.planning_areas_short_high
        if low is not None and high is not None:
            found.append(says.sure_sentence(low, high, last.planning_areas))
        found += _more(phase, unfilled, costs)
    return found


def _unplaced(engine: sa.Engine, asked: PlacesFilter) -> list[str]:
    """Say who finds no place as intakes are limited: no planning area's need has them."""
    if asked.planning_area is not None:
        return []
    rows = limits.unplaced(engine, asked.la_code)
    return unplaced_sentences(
        rows, year=asked.academic_year, phases=[asked.phase] if asked.phase else PHASES
    )


def _told(one: PlacesSum, rows: Sequence[Row]) -> says.Told:
    of_phase = [row for row in rows if row["phase"] == one.phase]
    margins = {row["margin_pct"] for row in of_phase}
    areas = {row["planning_area"] for row in of_phase if row["academic_year"] == one.academic_year}
    return says.Told(
        one.phase,
        one.academic_year,
        one.need_rounded,
        one.spare,
        one.planning_areas,
        one.planning_areas_short,
        margins.pop() if len(margins) == 1 else None,
        len(areas) - one.planning_areas,
    )


def _more(phase: str, unfilled: Sequence[Row], costs: Sequence[Row]) -> list[str]:
    found = []
    now = [row for row in unfilled if row["phase"] == phase][:1]
    for row in now:
        told: dict[str, Any] = {name: row[name] for name in ("academic_year", "unfilled", "places")}
        found.append(
            says.unfilled_sentence(phase, told["academic_year"], told["unfilled"], told["places"])
        )
    own = [row for row in costs if row["phase"] == phase and row["project"] == EXPANSION]
    if own:
        pounds = sum(row["pounds"] for row in own)
        per_place = pounds / sum(row["need_rounded"] for row in own)
        found.append(says.cost_sentence(phase, pounds, per_place, own[0]["period"]))
    return found
