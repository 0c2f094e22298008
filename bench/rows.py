"""One measured figure, and whether it reaches what was asked for."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


def row(
    name: str,
    value: float,
    unit: str,
    note: str = "",
    *,
    at_most: float | None = None,
    at_least: float | None = None,
) -> Row:
    """Write down a figure; with a bound, or two, it becomes a target, met or not."""
    found: Row = {"name": name, "value": value, "unit": unit, "note": note}
    if at_most is not None and at_least is not None:
        is_met = bool(at_least <= value <= at_most)
        found |= {"target": f"{at_least:,g} to {at_most:,g} {unit}", "is_met": is_met}
    elif at_most is not None:
        found |= {"target": f"≤ {at_most:,g} {unit}", "is_met": bool(value <= at_most)}
    elif at_least is not None:
        found |= {"target": f"≥ {at_least:,g} {unit}", "is_met": bool(value >= at_least)}
    return found
