"""Series that are missing, left out, or older than they need be."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from api.quality.finding import Case, Check, Finding, finding

Row = Mapping[str, Any]

MISSING: Final = Check(
    "missing_series",
    "Series that are not in this build",
    "Published series that the atlas can read and that this build was made without: their figures "
    "are missing everywhere.",
    "Put the file where it was looked for, or let the build download it; then build again.",
)
OLD: Final = Check(
    "old_releases",
    "Releases older than need be",
    "Series of which a newer release was due on the day of the build.",
    "`atlas sources --check` asks the publishers; `atlas refresh` takes the newer one into use.",
)

NOT_ASKED_FOR: Final = "an authority's own files, of which there are none, or left out on purpose"


def of_series(series: Iterable[Row], built: date) -> list[Finding]:
    """Look at the series that the atlas can read.

    Args:
        series: ``title``, ``is_held``, ``why`` (why it is not, if told), ``release`` and
            ``next_due`` (a day, or none).
        built: the day of the build.
    """
    everything = list(series)
    held = [row for row in everything if row["is_held"]]
    overdue = [row for row in held if row["next_due"] and row["next_due"] < built]
    return [
        finding(
            MISSING,
            everything,
            [
                Case(subject=row["title"], says=row["why"] or NOT_ASKED_FOR)
                for row in everything
                if not row["is_held"]
            ],
        ),
        finding(
            OLD,
            held,
            [
                Case(
                    subject=row["title"],
                    says=f"held: {row['release']}; the next was due on {_day(row['next_due'])}",
                    weight=float((built - row["next_due"]).days),
                )
                for row in overdue
            ],
        ),
    ]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
