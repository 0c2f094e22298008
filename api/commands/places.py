"""``atlas places``: where places are short, where some are over, and how sure that is."""

from collections import defaultdict
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table

from api.commands.builds import RegionId
from api.commands.forecasting import NothingForecast, open_build, unit_named
from api.commands.printing import PAGE_WIDTH, write_csv_file
from config.errors import ConfigError
from config.region import load_region
from config.settings import read_settings
from config.terms import AcademicYear

PHASES: Final = ("primary", "secondary")
FOOT: Final = (
    "Places short over all year groups, to the nearest ten; below, what that would be if every "
    "year group came in at the low or the high end of its range, which is to hold four of five "
    "outcomes; then the places over. One is never set off against the other."
)
GROUPS_FOOT: Final = (
    "Places short of each year group; below, at the low and the high end of its range, which is "
    "to hold four of five outcomes; then the places over. `atlas forecast --unit` tells the pupils."
)


def places(
    region: RegionId,
    *,
    area: Annotated[
        str | None,
        typer.Option(help="A planning area, by code or name: all its year groups. Else all areas."),
    ] = None,
    phase: Annotated[str | None, typer.Option(help="primary or secondary. Else both.")] = None,
    year: Annotated[
        str | None, typer.Option(help="One school year, such as 2028/29. Else all ahead.")
    ] = None,
    csv: Annotated[
        Path | None, typer.Option(help="File to write: every year group, not rounded.")
    ] = None,
) -> None:
    """Say where places will be short and where some are over, and how sure that is.

    By planning area and school year, from the build in use; below, the same in words.
    """
    if phase is not None and phase not in PHASES:
        raise typer.BadParameter(f"{phase!r} is none of {', '.join(PHASES)}", param_hint="--phase")
    settings = read_settings()
    chosen = load_region(region, regions_dir=settings.regions_dir)
    _, engine = open_build(chosen, settings)
    from api.answers.balances import place_row, sentences_of  # noqa: PLC0415 - seconds of imports
    from api.queries import balances  # noqa: PLC0415
    from api.schemas.balances import PlacesFilter  # noqa: PLC0415

    try:
        every = balances.rows(engine)
        kept = PlacesFilter.model_validate(
            {
                "planning_area": None if area is None else _code(area, every),
                "phase": phase,
                "academic_year": None if year is None else _year(year),
            }
        )
        rows = [place_row(row).model_dump() for row in balances.rows(engine, **kept.filters())]
        says = sentences_of(engine, kept)
        if not rows:
            raise _nothing(balances.years(engine))
    finally:
        engine.dispose()
    if csv is not None:
        write_csv_file(csv, rows)
        typer.echo(f"Wrote {len(rows):,} rows to {csv}.")
        return
    console = Console()
    console = console if console.is_terminal else Console(width=PAGE_WIDTH)
    console.print(_by_group(rows) if area is not None else _by_area(rows))
    console.print(GROUPS_FOOT if area is not None else FOOT, highlight=False)
    for sentence in says:
        console.print(sentence, highlight=False, soft_wrap=True, markup=False)


def _code(area: str, rows: list[dict[str, Any]]) -> str:
    names = {row["planning_area"]: row["name"] or row["planning_area"] for row in rows}
    return unit_named(area, names, "planning_area")


def _year(year: str) -> str:
    try:
        return str(AcademicYear.parse(year))
    except ValueError:
        raise ConfigError(
            f"{year!r} is no school year",
            hint="write it as 2028/29: September 2028 to August 2029.",
        ) from None


def _nothing(years: list[str]) -> NothingForecast:
    from api.narrative.balances import nothing_sentence  # noqa: PLC0415 - a second of imports

    return NothingForecast(nothing_sentence(years))


def _by_area(rows: list[dict[str, Any]]) -> Table:
    lines: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        name = row["name"] or row["planning_area"]
        lines[f"{name}\n[dim]{row['planning_area']} {row['phase']}", row["phase"]].append(row)
    return _drawn(
        "Planning area",
        {head: own for (head, _), own in lines.items()},
        sorted({row["academic_year"] for row in rows}),
        tens=True,
    )


def _by_group(rows: list[dict[str, Any]]) -> Table:
    lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        lines[row["year_group"]].append(row)
    table = _drawn("Year group", lines, sorted({row["academic_year"] for row in rows}), tens=False)
    table.title, table.title_justify = rows[0]["name"] or rows[0]["planning_area"], "left"
    return table


def _drawn(
    head: str, lines: dict[str, list[dict[str, Any]]], years: list[str], *, tens: bool
) -> Table:
    table = Table(show_lines=True)
    table.add_column(head)
    table.add_column("", no_wrap=True)
    for year in years:
        table.add_column(year, justify="right", no_wrap=True)
    for name, rows in lines.items():
        by_year = {year: [row for row in rows if row["academic_year"] == year] for year in years}
        cells = (cell(by_year[year], tens=tens) if by_year[year] else "" for year in years)
        table.add_row(name, "short\n[dim]range[/]\nover", *cells)
    return table


def cell(rows: list[dict[str, Any]], *, tens: bool) -> str:
    r"""Write the places short, their range, and the places over, of some year groups together.

    Args:
        rows: of ``/places``.
        tens: round the places short to the nearest ten, as the scorecards do, after adding up.

    >>> R = {"need": 14.2, "need_low_80": 0.0, "need_high_80": 31.0, "spare": 0.0}
    >>> one = {"need": 0.0, "need_low_80": 0.0, "need_high_80": 4.4, "spare": 11.6}
    >>> cell([R, one], tens=True), cell([one], tens=False)
    ('10\n[dim]0-40[/]\n12', '0\n[dim]0-4[/]\n12')
    >>> cell([{**R, "need": None}], tens=True)
    'not known'
    """
    from planning.places import rounded  # noqa: PLC0415 - loads numpy

    if any(row["need"] is None for row in rows):
        return "not known"
    near = rounded if tens else round
    short, over = (sum(row[name] for row in rows) for name in ("need", "spare"))
    ends = [[row[end] for row in rows] for end in ("need_low_80", "need_high_80")]
    span = ""
    if not any(None in end for end in ends):
        span = "-".join(f"{near(sum(end)):,}" for end in ends)
    return f"{near(short):,}\n[dim]{span}[/]\n{over:,.0f}"
