"""What a check is and what it finds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing that a check found.

    Attributes:
        subject: what it is about, in words.
        says: what was found.
        urn: of the school it is about, if it is about one.
        weight: how bad, for the order: the worst first.
    """

    subject: str
    says: str
    urn: int | None = None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Check:
    """A question that data are asked.

    Attributes:
        id: short name.
        title: for readers.
        says: what it looks for and why it matters, in plain words.
        what_to_do: how whoever answers for the data can mend it.
    """

    id: str
    title: str
    says: str
    what_to_do: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found.

    Attributes:
        check: the question.
        looked_at: how many things were looked at; none where nothing could be.
        cases: what was found, the worst first.
    """

    check: Check
    looked_at: int
    cases: tuple[Case, ...]


def finding(check: Check, looked_at: Iterable[object], cases: Iterable[Case]) -> Finding:
    """Put cases in order, the worst first."""
    ordered = sorted(cases, key=lambda case: (-case.weight, case.subject))
    return Finding(check, sum(1 for _ in looked_at), tuple(ordered))


Find = Callable[[], Sequence[Finding]]
