"""Values that are published under the number of an establishment that is no more."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from api.quality.finding import Case, Check, Finding, finding

Row = Mapping[str, Any]

OLD_NUMBERS: Final = Check(
    "old_numbers",
    "Figures under an old number",
    "A school that becomes an academy gets a new number (URN). Figures from before stand under the "
    "old one; the atlas shows them with the school that came after, and says so.",
    "Nothing, where the link is right. Where it is not, have it corrected in Get Information About "
    "Schools.",
)
NOWHERE: Final = Check(
    "figures_shown_nowhere",
    "Figures of schools that nothing came after",
    "Figures of closed schools which the register links to no school open today: they are shown "
    "on no open school's page.",
    "If the pupils went to another school, ask for the link to be entered in Get Information About "
    "Schools.",
)
SPLIT: Final = Check(
    "split_schools",
    "Figures of schools that were split",
    "Figures of a closed school whose pupils went to several schools: they are shown with each of "
    "them, and belong to none alone.",
    "Do not add them up. For rolls and places, use the new schools' own figures.",
)
UNKNOWN: Final = Check(
    "unknown_numbers",
    "Numbers that the register does not know",
    "Figures under a number (URN) that is neither a school of this atlas nor one that came before.",
    "Check the number in the file; a newer download of the register may know it.",
)


def of_successions(rows: Iterable[Row]) -> list[Finding]:
    """Look at the numbers under which figures are published, other than those of schools in use.

    Args:
        rows: ``urn``, ``name`` (null where the register does not know it), ``is_in_use``,
            ``values`` (how many), ``periods`` (first and last, in words) and ``successors``
            (names of the schools that came after, by spaces and semicolons; null where none).
    """
    everything = list(rows)
    old = [row for row in everything if not row["is_in_use"]]
    known = [row for row in old if row["name"] is not None or row["successors"]]
    single = [row for row in known if len(row["successors"]) == 1]
    split = [row for row in known if len(row["successors"]) > 1]
    return [
        finding(OLD_NUMBERS, everything, [_case(row, _shown_with(row)) for row in single]),
        finding(SPLIT, everything, [_case(row, _shown_with(row)) for row in split]),
        finding(
            NOWHERE,
            everything,
            [_case(row, "no school came after") for row in known if not row["successors"]],
        ),
        finding(
            UNKNOWN,
            everything,
            [_case(row, "not in the register") for row in old if row not in known],
        ),
    ]


def _case(row: Row, says: str) -> Case:
    count = f"{row['values']:,} figures, {row['periods']}"
    return Case(
        subject=row["name"] or f"Number {row['urn']}",
        urn=row["urn"],
        says=f"{count}: {says}",
        weight=float(row["values"]),
    )


def _shown_with(row: Row) -> str:
    return f"shown with {', '.join(row['successors'])}"
