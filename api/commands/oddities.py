"""What a build found odd in figures of the authority's own, told where it ends."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console

if TYPE_CHECKING:  # seconds of imports
    import sqlalchemy as sa

PLANNING_STEPS: Final = ("planning_settings", "school_areas", "choice", "forecast")
"""Steps of a build that find what is odd in own figures, beside the readers of own files."""
SHOWN: Final = 10


def print_oddities(console: Console, folder: Path, database_url: str) -> None:
    """Print the warnings about own files and forecasts, the first of them in full.

    Args:
        console: where to.
        folder: of the build.
        database_url: of its tables, where they are in PostgreSQL.
    """
    from api.build import open_database  # noqa: PLC0415 - seconds of imports

    engine = open_database(folder, database_url)
    try:
        lines = oddity_lines(_warnings(engine))
    finally:
        engine.dispose()
    for line in lines:
        console.print(line, highlight=False, soft_wrap=True, markup=False)


def _warnings(engine: "sa.Engine") -> list[dict[str, Any]]:
    from api.queries.quality import warnings_of  # noqa: PLC0415 - seconds of imports
    from ingest.own.templates import TEMPLATES  # noqa: PLC0415

    return warnings_of(engine, (*(each.id for each in TEMPLATES), *PLANNING_STEPS))


def oddity_lines(warnings: list[dict[str, Any]]) -> list[str]:
    """Write warnings, the first ten in full, and say where the others are.

    >>> oddity_lines([{"subject": "H1", "says": "homes not stated: left out"}])
    ['Odd in figures of your own, and what was done (1):', '  H1: homes not stated: left out']
    >>> oddity_lines([])
    []
    """
    if not warnings:
        return []
    told = [f"  {each['subject']}: {each['says']}" for each in warnings[:SHOWN]]
    more = len(warnings) - SHOWN
    rest = [f"  and {more:,} more: `/api/v1/issues` lists them"] if more > 0 else []
    return [f"Odd in figures of your own, and what was done ({len(warnings):,}):", *told, *rest]
