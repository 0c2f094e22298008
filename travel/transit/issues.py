"""What was odd in a timetable, gathered rule by rule."""

from collections.abc import Iterable

NAMED = 5
"""Names said in full; the rest are counted."""


class Issues:
    """A log of odd entries: which rule, in which file, and what became of them."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str, str]] = []

    def add(self, rule: str, file: str, names: Iterable[object], says: str) -> None:
        """Note entries that one rule caught; nothing if there are none.

        Args:
            rule: one word for the rule.
            file: where the entries stand.
            names: what each entry is called.
            says: what is odd and what was done, after the names.
        """
        texts = [str(name) for name in names]
        if not texts:
            return
        more = f" and {len(texts) - NAMED:,} more" if len(texts) > NAMED else ""
        self.entries.append((rule, file, f"{', '.join(texts[:NAMED])}{more}: {says}"))
