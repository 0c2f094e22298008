"""Values that are others than they were, measure by measure."""

import numpy as np
import pandas as pd

from config.terms import ChangeKind
from ingest.changes.change import Change
from ingest.changes.reading import Figures


def value_change(measure: str, before: Figures | None, after: Figures | None) -> Change | None:
    """Compare the values of one measure in two builds.

    A value changed if its number or the reason why it is missing is another; two numbers that
    are as good as equal (to nine digits) are one.

    Returns:
        ``None`` where nothing changed.
    """
    if after is None or after.rows.empty:
        return None if before is None or before.rows.empty else _gone(measure, before)
    if before is None or before.rows.empty:
        count = len(after.rows)
        says = f"New: {after.title} ({count:,} {'value' if count == 1 else 'values'})."
        return Change(kind=ChangeKind.MEASURE_NEW, measure=measure, added=count, says=says)
    was, now = before.rows.add_suffix("_was"), after.rows.add_suffix("_is")
    both = was.join(now, how="outer")
    added, removed = both["status_was"].isna(), both["status_is"].isna()
    old, new = both["value_was"].to_numpy(float), both["value_is"].to_numpy(float)
    is_same = np.isclose(old, new, rtol=1e-9, atol=1e-12, equal_nan=True)
    is_same &= (both["status_was"] == both["status_is"]).to_numpy(bool)
    changed = ~is_same & ~added.to_numpy(bool) & ~removed.to_numpy(bool)
    if not (changed.any() or added.any() or removed.any()):
        return None
    by = pd.Series(new - old, index=both.index).where(changed)
    return _told(measure, after, changed=by, counts=(changed.sum(), added.sum(), removed.sum()))


def _gone(measure: str, before: Figures) -> Change:
    return Change(
        kind=ChangeKind.MEASURE_GONE,
        measure=measure,
        removed=len(before.rows),
        says=f"No longer there: {before.title}.",
    )


def _told(
    measure: str, figures: Figures, *, changed: pd.Series, counts: tuple[int, int, int]
) -> Change:
    """Tell how many values changed, and which did most."""
    parts = [
        f"{int(count):,} {word}"
        for count, word in zip(counts, ("changed", "new", "gone"), strict=True)
        if count
    ]
    known = changed.dropna()
    largest_of = None if known.empty else str(known.abs().idxmax())
    largest = None if largest_of is None else round(float(known[largest_of]), 6)
    unit = f" {figures.unit}" if figures.unit else ""
    most = f"; most by {largest:+,g}{unit} ({largest_of})" if largest else ""
    return Change(
        kind=ChangeKind.VALUES,
        measure=measure,
        changed=int(counts[0]),
        added=int(counts[1]),
        removed=int(counts[2]),
        largest=largest,
        largest_of=largest_of,
        says=f"{figures.title}: {', '.join(parts)} values{most}.",
    )
