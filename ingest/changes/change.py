"""One thing that changed, and how it stands in the table of changes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from config.terms import ChangeKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One thing that changed for readers.

    Attributes:
        kind: what kind of change.
        says: a sentence that tells it.
        urn: the school it is about.
        measure: the measure it is about.
        source_id: the series it is about.
        before: what it was, as text.
        after: what it is now, as text.
        changed: values that are others now.
        added: values that are new.
        removed: values that are gone.
        largest: by how much the value that changed most did, in the measure's unit.
        largest_of: the school or area whose value that is.
    """

    kind: ChangeKind
    says: str
    urn: int | None = None
    measure: str | None = None
    source_id: str | None = None
    before: str | None = None
    after: str | None = None
    changed: int | None = None
    added: int | None = None
    removed: int | None = None
    largest: float | None = None
    largest_of: str | None = None


def change_rows(changes: Sequence[Change]) -> pd.DataFrame:
    """Lay changes out as the ``change`` table has them."""
    names = list(Change.__dataclass_fields__)
    rows = pd.DataFrame([asdict(change) for change in changes], columns=names)
    return rows.assign(change_id=range(1, len(rows) + 1))
