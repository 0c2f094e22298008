"""Makes one figure per place of the rows of a table, and rows of the database of those."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from config.imports import COUNTED, Import, ImportedValue, PlaceKind
from config.terms import Status
from ingest.conversion import EXACT, converted
from ingest.imports.known import Known
from ingest.imports.matching import WORDS, matched
from ingest.imports.table import SOURCE_ID, Placed
from ingest.issues import IssueLog
from ingest.marks import marked
from ingest.measures import Measure
from ingest.schema.areas import AREA_VALUE, AUTHORITY_VALUE
from ingest.schema.declare import Table
from ingest.schema.pupils import SCHOOL_VALUE

LEVELS: Final[dict[PlaceKind, Table]] = {
    "urn": SCHOOL_VALUE,
    "authority": AUTHORITY_VALUE,
}
"""The table that holds values of a kind of place; of all others, the one of areas."""

HOW: Final = {"sum": "added up", "mean": "averaged"}


@dataclass(frozen=True, slots=True)
class Imported:
    """What a table gives.

    Attributes:
        kind: what its places are.
        measures: one for each column of figures.
        table: of the database, that holds their values.
        rows: of it, without ``receipt``.
    """

    kind: PlaceKind
    measures: tuple[Measure, ...]
    table: Table
    rows: pd.DataFrame


def imported(table: Placed, told: Import, known: Known, issues: IssueLog) -> Imported:
    """Make values of a table.

    Raises:
        CheckFailed: no row has a place here, or too many cells cannot be read.
    """
    kind, places = matched(table, told, known, issues)
    here = places.notna()
    parts = []
    for value in told.columns:
        figures = _figures(table, value, issues)
        chosen = here & np.array(table.counts(value), dtype=bool)
        by_place = _by_place(places[chosen], figures[chosen], value, table, issues)
        if kind == "lsoa11":
            by_place = _to_2021(by_place, known.changes, value)
        if kind in ("postcode", "lsoa21", "lsoa11", "ward25"):
            by_place = _with_others(by_place, kind, told, known)
        if kind == "postcode":
            by_place = _hidden(by_place, told.smallest)
        parts.append(by_place.assign(measure=measure_id(told, value)))
    rows = pd.concat(parts).rename_axis("place").reset_index()
    target = LEVELS.get(kind, AREA_VALUE)
    measures = tuple(_measure(value, told, kind) for value in told.columns)
    return Imported(kind, measures, target, _laid_out(rows, target, told))


def measure_id(told: Import, value: ImportedValue) -> str:
    """Return the id of a measure; ``own_`` keeps it apart from those of publishers."""
    return f"own_{told.id}_{value.short}"


def _figures(table: Placed, value: ImportedValue, issues: IssueLog) -> pd.DataFrame:
    """Return ``value`` and ``status`` of every row."""
    rows = pd.Index([number for number, _ in table.sheet.rows], name="row")
    if value.column == COUNTED:
        return pd.DataFrame({"value": 1.0, "status": str(Status.MEASURED)}, rows)
    cells = pd.Series(table.cells(value.column), rows, dtype="string")
    return marked(cells, issues=issues, of=f"{table.sheet.file}, {value.column}")


def _by_place(
    places: pd.Series,
    figures: pd.DataFrame,
    value: ImportedValue,
    table: Placed,
    issues: IssueLog,
) -> pd.DataFrame:
    """Make one figure of all rows of a place; it is missing where one of them is."""
    grouped = figures.groupby(places.astype(object))
    sizes = grouped.size()
    if (several := int((sizes > 1).sum())) and table.kind != "postcode":
        says = f"{several:,} places have several rows; their {value.column} is {HOW[value.combine]}"
        issues.note("one row for each place", table.sheet.file, says)
    first_missing = figures["status"].where(figures["value"].isna()).groupby(places.astype(object))
    why = first_missing.first()
    combined = grouped["value"].sum() if value.combine == "sum" else grouped["value"].mean()
    status = why.fillna(grouped["status"].first())
    return pd.DataFrame({"value": combined.where(why.isna()), "status": status})


def _to_2021(rows: pd.DataFrame, changes: pd.DataFrame, value: ImportedValue) -> pd.DataFrame:
    """Move figures of small areas of 2011 to those of 2021.

    Counts are shared out; other figures are averaged over the areas of 2011 that each has land of.
    """
    by_2011 = rows.rename_axis("lsoa11").reset_index()
    if value.combine == "sum":
        moved = converted(by_2011, changes, counts=["value"], by=[]).set_index("lsoa21")
    else:
        parts = changes.merge(by_2011[["lsoa11", "value"]], on="lsoa11")
        grouped = parts.groupby("lsoa21")
        is_other = ~parts["change"].isin(EXACT[:1])
        status = np.where(
            is_other.groupby(parts["lsoa21"]).any(), str(Status.ESTIMATED), str(Status.MEASURED)
        )
        moved = grouped[["value"]].mean().assign(status=status)
    missing = moved["value"].isna()
    return moved.assign(status=moved["status"].where(~missing, str(Status.UNAVAILABLE)))


def _with_others(rows: pd.DataFrame, kind: PlaceKind, told: Import, known: Known) -> pd.DataFrame:
    """Add the areas without a row, which have nothing or a figure that is not known."""
    every = sorted(known.wards if kind == "ward25" else known.lsoa21)
    whole = rows.reindex(every)
    without = ~whole.index.isin(rows.index)
    if told.nothing_without_rows:
        whole.loc[without, "value"] = 0.0
        whole.loc[without, "status"] = str(Status.MEASURED)
    return whole.fillna({"status": str(Status.UNAVAILABLE)})


def _hidden(rows: pd.DataFrame, smallest: int) -> pd.DataFrame:
    small = (rows["value"] > 0) & (rows["value"] < smallest)
    return rows.assign(
        value=rows["value"].mask(small), status=rows["status"].mask(small, str(Status.SUPPRESSED))
    )


def _measure(value: ImportedValue, told: Import, kind: PlaceKind) -> Measure:
    levels = {"urn": "school", "authority": "authority"}
    what = "Rows counted" if value.column == COUNTED else f"Column {value.column!r}"
    by = "by the small area of their postcode" if kind == "postcode" else f"by {WORDS[kind]}"
    only = ", ".join(f"{heading} {text!r}" for heading, text in value.where.items())
    what += f" of rows with {only}" if only else ""
    made_by = f", by {told.made_by}" if told.made_by else ""
    nothing = " Areas without a row have none." if told.nothing_without_rows else ""
    hidden = f" Figures below {told.smallest} are hidden." if told.smallest else ""
    return Measure(
        id=measure_id(told, value),
        topic=told.topic or told.title,
        title=value.title,
        says=value.says or f"{told.title}{made_by}.",
        unit=value.unit,
        decimals=value.decimals,
        period=told.period,
        polarity=value.polarity,
        source_id=SOURCE_ID,
        method=f"{what} of {told.title!r}{made_by}, {by}.{nothing}{hidden}",
        level="area" if kind not in levels else "school" if kind == "urn" else "authority",
    )


def _laid_out(rows: pd.DataFrame, table: Table, told: Import) -> pd.DataFrame:
    blank = pd.Series(pd.NA, rows.index, dtype="Float64")
    whole = rows.assign(
        urn=rows["place"] if table is SCHOOL_VALUE else None,
        area_code=rows["place"],
        period=told.period,
        low=blank,
        high=blank,
        cohort=blank,
    )
    if table is SCHOOL_VALUE:
        whole["urn"] = whole["urn"].astype("Int64")
    return whole[[name for name in table.names if name != "receipt"]]
