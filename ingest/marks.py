"""What publishers write where a number cannot be given, and what that means, in one place."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from config.terms import Status
from ingest.issues import IssueLog

Values = np.ndarray[tuple[int], np.dtype[np.float64]]
Statuses = np.ndarray[tuple[int], np.dtype[np.object_]]

_NUMBER: Final = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?(e[-+]?\d+)?%?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands for a number.

    Attributes:
        status: why there is no number, or how good it is.
        value: the number it stands for, if any.
    """

    status: Status
    value: float | None = None


_NEARLY_NOTHING: Final = Mark(Status.ESTIMATED, 0.0)
"""More than nothing, and less than half of the last digit shown."""

MARKS: Final[Mapping[str, Mark]] = {
    "": Mark(Status.UNAVAILABLE),
    # Performance tables; the meanings stand in their list of abbreviations (2019).
    "supp": Mark(Status.SUPPRESSED),
    "na": Mark(Status.NOT_APPLICABLE),
    "n/a": Mark(Status.NOT_APPLICABLE),
    "ne": Mark(Status.NOT_APPLICABLE),  # no pupil was entered
    "new": Mark(Status.NOT_APPLICABLE),  # a new school: no result yet
    "np": Mark(Status.UNAVAILABLE),  # not published for this kind of school
    "lowcov": Mark(Status.UNAVAILABLE),  # fewer than half of the pupils could be counted
    "re": Mark(Status.UNAVAILABLE),  # no fair estimate
    "sp": _NEARLY_NOTHING,
    # Official statistics; Explore Education Statistics explains the symbols beside each table.
    "z": Mark(Status.NOT_APPLICABLE),
    "x": Mark(Status.UNAVAILABLE),
    "c": Mark(Status.SUPPRESSED),
    "low": _NEARLY_NOTHING,
    "u": Mark(Status.UNAVAILABLE),  # too unreliable to be published
    # Older releases of the same.
    "k": _NEARLY_NOTHING,
    "~": _NEARLY_NOTHING,
    ":": Mark(Status.UNAVAILABLE),
    "..": Mark(Status.UNAVAILABLE),
    ".": Mark(Status.NOT_APPLICABLE),
    "*": Mark(Status.SUPPRESSED),
    "-": Mark(Status.NOT_APPLICABLE),
    "nan": Mark(Status.UNAVAILABLE),
    "null": Mark(Status.UNAVAILABLE),
    "none": Mark(Status.UNAVAILABLE),
}
"""By the mark in small letters. A mark that one series uses otherwise is given to the reader."""


def marked(
    cells: pd.Series,
    *,
    issues: IssueLog,
    of: str,
    marks: Mapping[str, Mark] = MARKS,
) -> pd.DataFrame:
    """Read cells that hold numbers or marks.

    ``94%`` is 94, ``1,234`` is 1234, ``+0.3`` is 0.3. What is neither a number nor a known mark
    has no value, is unavailable, and is logged once for each thing that is written.

    Args:
        cells: text, or numbers; null is the same as blank.
        issues: where unknown marks are written down.
        of: what the cells are, for the log, such as a file and a column.
        marks: by the mark in small letters; ``MARKS | {"x": …}`` where a series differs.

    Returns:
        ``value`` (float64, ``NaN`` where missing) and ``status``, indexed as the cells.

    Raises:
        CheckFailed: too many cells hold something unknown.
    """
    values, statuses = marked_arrays(cells, issues=issues, of=of, marks=marks)
    return pd.DataFrame(
        {"value": values, "status": pd.array(statuses, dtype="string")}, index=cells.index
    )


def marked_arrays(
    cells: pd.Series, *, issues: IssueLog, of: str, marks: Mapping[str, Mark] = MARKS
) -> tuple[Values, Statuses]:
    """Read cells as ``marked`` does, into bare arrays: values and statuses."""
    if pd.api.types.is_numeric_dtype(cells):
        return _of_numbers(cells, marks[""].status)
    codes, texts = pd.factorize(cells.astype(object), use_na_sentinel=True)
    read = [_read(str(text), marks) for text in texts] + [marks[""]]
    _log_unknown(codes, [str(text) for text in texts], read, issues, of)
    values = np.array([_float(mark) for mark in read])
    statuses = np.array(
        [str(Status.UNAVAILABLE if mark is None else mark.status) for mark in read], dtype=object
    )
    return values[codes], statuses[codes]


def _of_numbers(cells: pd.Series, missing: Status) -> tuple[Values, Statuses]:
    values = cells.to_numpy(float, na_value=np.nan)
    values = np.where(np.isinf(values), np.nan, values)
    return values, np.where(np.isnan(values), str(missing), str(Status.MEASURED)).astype(object)


def _read(text: str, marks: Mapping[str, Mark]) -> Mark | None:
    """Return what a cell says; ``None`` where it is neither a number nor a mark."""
    stripped = text.strip()
    if (mark := marks.get(stripped.casefold())) is not None:
        return mark
    if not _NUMBER.fullmatch(stripped) or not any(map(str.isdigit, stripped)):
        return None
    value = float(stripped.rstrip("%").replace(",", ""))
    return Mark(Status.MEASURED, value) if math.isfinite(value) else None


def _float(mark: Mark | None) -> float:
    return math.nan if mark is None or mark.value is None else mark.value


def _log_unknown(
    codes: np.ndarray[tuple[int], np.dtype[np.intp]],
    texts: list[str],
    read: list[Mark | None],
    issues: IssueLog,
    of: str,
) -> None:
    unknown = [position for position, mark in enumerate(read) if mark is None]
    if not unknown:
        return
    rule = "a number or a known mark"
    counts = np.bincount(codes[codes >= 0], minlength=len(texts))
    for position in unknown:
        issues.warn(rule, of, f"{texts[position]!r} in {counts[position]:,} cells; left empty")
    issues.refuse_if_many(rule, found=int(counts[unknown].sum()), of=len(codes))
