"""Places, pupils and unfilled places of schools, as rows of ``school_places``."""

from typing import Final

import numpy as np
import pandas as pd

from ingest.issues import IssueLog
from ingest.marks import marked
from ingest.schema import fields as f

ID: Final = "school_capacity"
PRIMARY: Final = "primary"
SECONDARY: Final = "secondary"
SIXTH_FORM: Final = "sixth_form"


def number(rows: pd.DataFrame, column: str, issues: IssueLog, *, of: str) -> pd.DataFrame:
    """Return ``value`` and ``status`` of one column."""
    return marked(rows[column], issues=issues, of=f"{of}, {column}")


def places(
    rows: pd.DataFrame,
    capacity: pd.DataFrame,
    pupils: pd.Series,
    *,
    unfilled: pd.Series | None = None,
) -> pd.DataFrame:
    """Lay out places.

    Args:
        rows: ``urn``, ``academic_year``, ``phase`` and ``planning_area``.
        capacity: ``value`` and ``status`` of the places of each row.
        pupils: headcount of each row; ``NaN`` where not told.
        unfilled: places without a pupil where they are published; otherwise places less pupils,
            and none in a school that is over capacity.
    """
    left = (capacity["value"] - pupils).clip(lower=0) if unfilled is None else unfilled
    return rows[["urn", "academic_year", "phase", "planning_area"]].assign(
        source_id=ID,
        places=capacity["value"],
        pupils=pupils.where(pupils >= 0),
        unfilled=left,
        status=capacity["status"],
    )


def whole_schools(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows as being of all phases of their schools, in no one planning area."""
    return rows.assign(phase=f.ALL, planning_area=pd.Series(pd.NA, rows.index, dtype="string"))


def planning_areas(rows: pd.DataFrame, *, names: str = "") -> pd.DataFrame:
    """Lay out the planning areas that rows are in, as rows of ``planning_area``.

    Args:
        rows: ``planning_area``, ``phase`` and ``la_code_dfe``.
        names: column of their names, if told.
    """
    told = rows[rows["planning_area"].notna() & rows["phase"].isin([PRIMARY, SECONDARY])]
    areas = told.drop_duplicates(["planning_area", "phase"])
    return areas[["planning_area", "phase", "la_code_dfe"]].assign(
        name=areas[names] if names else pd.Series(pd.NA, areas.index, dtype="string"),
        source_id=ID,
        geometry=None,
        basis="published",
        version="",
    )


def no_numbers(index: pd.Index) -> pd.Series:
    """Return as many missing numbers."""
    return pd.Series(np.nan, index=index, dtype="float64")
