"""Checks that published figures add up; what does not is logged, and kept as published."""

from collections.abc import Mapping, Sequence

import pandas as pd

from ingest.issues import IssueLog
from ingest.rows import named


def tell_sums_that_differ(
    rows: pd.DataFrame,
    parts: Sequence[str],
    whole: str,
    *,
    key: Sequence[str],
    issues: IssueLog,
) -> int:
    """Log the rows whose parts do not add up to their whole.

    Args:
        rows: a column of numbers for each part and for the whole; rows where one is missing are
            passed over.
        parts: columns that should add up.
        whole: column of what they should add up to.
        key: columns that name a row.
        issues: where it is written down.

    Returns:
        How many rows do not add up.

    Raises:
        CheckFailed: too many do not.
    """
    told = rows[[*parts, whole]].notna().all(axis="columns")
    sums = rows[list(parts)].sum(axis="columns")
    odd = rows.index[told & (sums != rows[whole])]
    rule = f"{' and '.join(parts)} add up to {whole}"
    for row in odd:
        cells = " + ".join(f"{rows[part][row]:,.0f}" for part in parts)
        says = f"{cells} is not {rows[whole][row]:,.0f}; kept as published"
        issues.warn(rule, named(rows, row, key), says)
    issues.refuse_if_many(rule, found=len(odd), of=len(rows))
    return len(odd)


def tell_values_outside_their_interval(
    rows: pd.DataFrame, *, key: Sequence[str], issues: IssueLog
) -> None:
    """Log values that do not lie between the ends of their own confidence interval.

    Args:
        rows: ``value``, ``low`` and ``high``; an end that is missing is passed over.
        key: columns that name a row.
        issues: where it is written down.

    Raises:
        CheckFailed: too many do not.
    """
    value, low, high = (rows[name].astype("Float64") for name in ("value", "low", "high"))
    is_odd = ((value < low) | (value > high)).fillna(value=False).to_numpy(bool)
    odd = rows[is_odd]
    rule = "value lies in its confidence interval"
    for row, at, start, end in zip(odd.index, odd["value"], odd["low"], odd["high"], strict=True):
        says = f"{at:g} is not from {start:g} to {end:g}; kept as published"
        issues.warn(rule, named(odd, row, key), says)
    issues.refuse_if_many(rule, found=len(odd), of=len(rows))


def tell_totals_that_differ(
    found: Mapping[str, float],
    published: Mapping[str, float],
    *,
    rule: str,
    of: str,
    issues: IssueLog,
) -> None:
    """Log where the rows of a file add up to another total than its publisher printed in it."""
    for name, total in published.items():
        if name in found and found[name] != total:
            issues.warn(
                rule,
                f"{of}, {name}",
                f"rows add up to {found[name]:,.0f}, the file says {total:,.0f}",
            )
