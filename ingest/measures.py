"""How a measure that areas have values of is declared, and how its values are laid out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from config.terms import Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """One measure: a row of the ``measure`` table.

    Attributes:
        id: short name.
        columns: names of the publisher's column, where it is taken as it is.
        topic: heading it is listed under.
        title: for readers.
        says: what it means, in plain words.
        unit: of the value.
        decimals: decimals worth showing.
        period: when it holds, in words; empty where each value says so itself.
        polarity: whether more is simply more, or agreed to be better or worse.
        source_id: the series it comes from.
        release: the release of that series; empty where each value's receipt says so.
        method: how it was come by.
        level: what has values of it. ``authority_value`` may hold an authority's and England's
            value of a school's measure, for comparison.
        note: one sentence on when it is not given and why; empty where nothing is to be said.
    """

    id: str
    columns: tuple[str, ...] = ()
    topic: str
    title: str
    says: str
    unit: str
    decimals: int = 0
    period: str = ""
    polarity: Literal["neutral", "more_is_better", "more_is_worse"] = "neutral"
    source_id: str
    release: str = ""
    method: str = "As published."
    level: Literal["area", "school", "authority"] = "area"
    note: str = ""


def measure_table(measures: Sequence[Measure]) -> pd.DataFrame:
    """Lay out declarations as rows of the ``measure`` table, in reading order."""
    rows = [
        {
            "measure": measure.id,
            "level": measure.level,
            "position": position,
            "topic": measure.topic,
            "title": measure.title,
            "says": measure.says,
            "unit": measure.unit,
            "decimals": measure.decimals,
            "period": measure.period or None,
            "polarity": measure.polarity,
            "source_id": measure.source_id,
            "release": measure.release or None,
            "method": measure.method,
            "note": measure.note or None,
        }
        for position, measure in enumerate(measures)
    ]
    return pd.DataFrame(rows)


def values(
    frame: pd.DataFrame,
    measures: Sequence[Measure],
    *,
    present: Status = Status.MEASURED,
    missing: Status,
) -> pd.DataFrame:
    """Lay out one column per measure as one row per measure and area.

    Args:
        frame: ``area_code`` and a column named by each measure's id.
        measures: which columns to take.
        present: status of a value that is there.
        missing: status of a value that is not.

    Returns:
        Rows of the ``area_value`` table.
    """
    long = frame.melt(
        id_vars="area_code",
        value_vars=[measure.id for measure in measures],
        var_name="measure",
        value_name="value",
    )
    value = pd.to_numeric(long["value"], errors="coerce").astype("float64")
    status = np.where(value.notna(), str(present), str(missing))
    return long.assign(value=value, status=status)[["measure", "area_code", "value", "status"]]
