"""How a figure of the performance tables is declared, and figures that stopped for some years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol, TypedDict, Unpack

from config.terms import AcademicYear
from ingest.measures import Measure


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """School years for which a figure is not calculated.

    Attributes:
        years: the years in which they start.
        says: one sentence for readers: which years, and why.
        reference: the page on which its publisher says so.
    """

    years: frozenset[int]
    says: str
    reference: str


KS2_PROGRESS: Final = Gap(
    years=frozenset({2023, 2024}),
    says=(
        "Not calculated for 2023/24 and 2024/25: the key stage 1 assessments of 2020 and 2021, "
        "from which progress would start, did not take place."
    ),
    reference=(
        "https://www.gov.uk/government/publications/primary-school-accountability/"
        "primary-school-accountability-in-2025-technical-guide"
    ),
)
"""The guide (September 2025) expects progress from key stage 1 again for 2025/26 and 2026/27."""

PROGRESS_8: Final = Gap(
    years=frozenset({2024, 2025}),
    says=(
        "Not calculated for 2024/25 and 2025/26: the key stage 2 tests of 2020 and 2021, from "
        "which progress would start, did not take place."
    ),
    reference="https://www.gov.uk/government/publications/progress-8-school-performance-measure",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One measure, and the columns that hold it.

    Attributes:
        measure: what it is.
        value: column of the value.
        low: column of the lower end of its confidence interval, if it has one.
        high: column of the upper end.
        cohort: column of how many pupils it is about, if told.
        since: first school year, by its start, in which the column is there.
        gap: years in which it is not calculated.
        is_provisional: whether it is among the few figures of a provisional release.
    """

    measure: Measure
    value: str
    low: str = ""
    high: str = ""
    cohort: str = ""
    since: int = 0
    gap: Gap | None = None
    is_provisional: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column it needs."""
        return tuple(filter(None, (self.value, self.low, self.high, self.cohort)))

    def is_published(self, year: AcademicYear) -> bool:
        """Say whether its column is there in the tables of a school year."""
        return year.start >= self.since and not self.is_skipped(year)

    def is_skipped(self, year: AcademicYear) -> bool:
        """Say whether it is not calculated for a school year."""
        return self.gap is not None and year.start in self.gap.years


class Options(TypedDict, total=False):
    """What a measure may say beside its title; see ``Measure``."""

    unit: str
    decimals: int
    polarity: Literal["neutral", "more_is_better", "more_is_worse"]
    method: str
    level: Literal["school", "authority"]


class MakeMeasure(Protocol):
    """Makes a measure from its id, its title and what it means; a percentage if not told."""

    def __call__(  # noqa: D102 - the class says what calling does
        self, measure: str, title: str, says: str, /, **more: Unpack[Options]
    ) -> Measure: ...


def maker(source_id: str, topic: str) -> MakeMeasure:
    """Return what makes the measures of one series, which share its id and their topic."""

    def make(measure: str, title: str, says: str, /, **more: Unpack[Options]) -> Measure:
        told: Options = {"unit": "%", "level": "school"}
        told |= more
        return Measure(id=measure, topic=topic, title=title, says=says, source_id=source_id, **told)

    return make


def measures_of(figures: Iterable[Figure]) -> tuple[Measure, ...]:
    """Return the measures of some figures, each once, in order, with the gaps in their series."""
    return tuple({figure.measure.id: _with_gap(figure) for figure in figures}.values())


def _with_gap(figure: Figure) -> Measure:
    if figure.gap is None:
        return figure.measure
    return replace(
        figure.measure,
        note=figure.gap.says,
        method=f"{figure.measure.method} Why years are missing: {figure.gap.reference}",
    )


def provisional(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the figures that a provisional release has."""
    return tuple(figure for figure in figures if figure.is_provisional)


KINDS: Final = {"PRI": "primary", "SEC": "secondary", "SPE": "special"}
"""How tables name the kinds of state-funded schools that a row of England's is about."""


def of_kind(figure: Figure, kind: str) -> Figure:
    """Return England's figure for one kind of school; its measure's id ends in the kind."""
    measure = replace(
        figure.measure,
        id=f"{figure.measure.id}_{kind}",
        title=f"{figure.measure.title}, state-funded {kind} schools",
        level="authority",
    )
    return replace(figure, measure=measure)
