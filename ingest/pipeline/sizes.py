"""Compares how much is read of each series with what the build in use read of it.

A publisher's file that has grown or shrunk by a fifth may be news or a fault: the issue log says
so. One of which more than half is gone is more likely a fault: the build is not taken into use.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ingest.issues import IssueLog
from ingest.pipeline.loaded import Loaded

MOST_CHANGED_PCT: Final = 20.0
MOST_LOST_PCT: Final = 50.0
RULE: Final = "size of a series"


@dataclass(frozen=True, slots=True)
class Change:
    """One series of which much more or less was read than before.

    Attributes:
        source_id: the series.
        before: rows that the build in use read; more than none.
        now: rows read now.
    """

    source_id: str
    before: int
    now: int

    @property
    def pct(self) -> float:
        """How much the rows changed, in per cent of those before; negative for fewer."""
        return 100 * (self.now - self.before) / self.before

    @property
    def says(self) -> str:
        """Say it for people.

        >>> Change("gias", 200, 90).says
        '90 rows instead of 200 (55 % fewer)'
        """
        more = "more" if self.now > self.before else "fewer"
        return f"{self.now:,} rows instead of {self.before:,} ({abs(self.pct):.0f} % {more})"


def changes(
    before: Mapping[str, Loaded], now: Mapping[str, Loaded], *, without: Collection[str] = ()
) -> Iterator[Change]:
    """Give the series whose rows changed by more than `MOST_CHANGED_PCT`.

    Args:
        before: what the build in use read of each series; those not in it are new.
        now: what is read now; a series not in it could not be had, or has no rows.
        without: series that a person asked to leave out.
    """
    for source_id, was in before.items():
        if source_id in without or not was.rows:
            continue
        change = Change(source_id, was.rows, now[source_id].rows if source_id in now else 0)
        if abs(change.pct) > MOST_CHANGED_PCT:
            yield change


def warn_of(found: Collection[Change], issues: IssueLog) -> None:
    """Write every change into the issue log."""
    for change in found:
        issues.warn(RULE, change.source_id, f"{change.says}, compared with the build in use before")


def lost(found: Collection[Change]) -> list[str]:
    """Name the series of which more than `MOST_LOST_PCT` is gone, and how much."""
    return [f"{each.source_id}: {each.says}" for each in found if each.pct < -MOST_LOST_PCT]
