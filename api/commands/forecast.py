"""``atlas forecast``: how many pupils are expected, with ranges."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table

from api.commands.builds import RegionId
from api.commands.forecasting import (
    GROUPS,
    LEVELS,
    METHODS,
    PHASES,
    SEXES,
    NothingForecast,
    held,
    level_of,
    made_anew,
    nothing_forecast,
    open_build,
    shown,
    unit_named,
)
from api.commands.printing import write_csv_file
from api.commands.progress import reporter
from config.region import Region, load_region
from config.settings import read_settings

if TYPE_CHECKING:  # seconds of imports
    import pandas as pd
    import sqlalchemy as sa

MOST_YEARS: Final = 20
WIDE_PAGE: Final = 160
"""Columns of a table of ten years with ranges that goes to a file or another program."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What part of a forecast is asked for; with a method or years it is worked out anew."""

    level: str
    parts: tuple[str, ...]
    sex: str
    unit: str | None
    method: str | None
    years: int | None

    @property
    def is_anew(self) -> bool:
        """The build does not hold it."""
        return self.method is not None or self.years is not None


def forecast(  # noqa: PLR0913 - an option each
    region: RegionId,
    *,
    level: Annotated[
        str | None, typer.Option(help="authority, planning_area or school. Else authority.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option(help="One of them, by code or name: all its year groups.")
    ] = None,
    phase: Annotated[
        str | None, typer.Option(help="primary, secondary or sixth_form. Else all.")
    ] = None,
    method: Annotated[
        str | None, typer.Option(help=f"Pin one for this once: {', '.join(METHODS)}.")
    ] = None,
    years: Annotated[
        int | None, typer.Option(min=1, max=MOST_YEARS, help="Years ahead. Else as built.")
    ] = None,
    sex: Annotated[str, typer.Option(help="F, M, or all: both together.")] = "all",
    csv: Annotated[Path | None, typer.Option(help="File to write, with 95 % ranges too.")] = None,
) -> None:
    """Say how many pupils are expected in each school year, and how sure that is.

    From the build in use; with --method or --years it is worked out anew from the same tables, and
    nothing of the build changes.
    """
    for name, value, allowed in (
        ("--level", level, LEVELS),
        ("--phase", phase, PHASES),
        ("--method", method, METHODS),
        ("--sex", sex, SEXES),
    ):
        _refuse_unless(name, value, allowed)
    settings = read_settings()
    chosen = load_region(region, regions_dir=settings.regions_dir)
    _, engine = open_build(chosen, settings)
    from api.queries import forecasts  # noqa: PLC0415 - a second of imports

    parts = parts_of(phase, with_groups=unit is not None)
    try:
        found = level_of(level, unit, partial(forecasts.names, engine))
        asked = Asked(found, parts, sex, unit, method, years)
        rows = _rows(engine, chosen, asked)
        words = [] if asked.is_anew or unit is None else _words(engine, rows)
    finally:
        engine.dispose()
    if csv is not None:
        write_csv_file(csv, rows)
        typer.echo(f"Wrote {len(rows):,} rows to {csv}.")
        return
    console = Console()
    console = console if console.is_terminal else Console(width=WIDE_PAGE)
    console.print(_table(rows, with_groups=unit is not None))
    for line in (_foot(rows), *words):
        console.print(line, highlight=False, soft_wrap=True, markup=False)


def _refuse_unless(name: str, value: str | None, allowed: tuple[str, ...]) -> None:
    if value is not None and value not in allowed:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(allowed)}", param_hint=name)


def parts_of(phase: str | None, *, with_groups: bool) -> tuple[str, ...]:
    """Return the year groups and sums to show, in order.

    >>> parts_of(None, with_groups=False)
    ('primary', 'secondary', 'sixth_form')
    >>> parts_of("secondary", with_groups=True)
    ('7', '8', '9', '10', '11', 'secondary')
    """
    phases = PHASES if phase is None else (phase,)
    if not with_groups:
        return phases
    return tuple(part for each in phases for part in (*GROUPS[each], each))


def _rows(engine: "sa.Engine", region: Region, asked: Asked) -> list[dict[str, Any]]:
    from api.queries import forecasts  # noqa: PLC0415 - a second of imports

    names = forecasts.names(engine, asked.level)
    if asked.is_anew:
        rows, rolls = (_kept(each, asked) for each in _anew(engine, region, asked))
    else:
        rows, rolls = held(engine, asked.level, asked.parts, asked.sex)
    if rows.empty:
        raise nothing_forecast(engine, asked.level, asked.sex)
    if asked.unit is not None:
        names = names or {each: each for each in rows["unit_code"]}
        code = unit_named(asked.unit, names, asked.level)
        rows = rows[rows["unit_code"] == code]
    if rows.empty:
        raise NothingForecast(
            f"{names[code]} has no pupils of these year groups, now or to come",
            hint="leave out --phase, or name another --unit.",
        )
    rolls = rolls[rolls["academic_year"] == rows["made_in"].iloc[0]]
    order = {part: place for place, part in enumerate(asked.parts)}
    return sorted(
        shown(rows, rolls, names),
        key=lambda row: (row["unit_code"], order[row["year_group"]], row["academic_year"]),
    )


def _anew(engine: "sa.Engine", region: Region, asked: Asked) -> "tuple[pd.DataFrame, pd.DataFrame]":
    with reporter(Console(stderr=True)) as told:
        told.started(f"Pupils expected in {region.title}")
        try:
            found = made_anew(engine, region, method=asked.method, years=asked.years)
        except BaseException:
            told.failed()
            raise
        told.progressed(1.0, "")
    return found


def _kept(rows: "pd.DataFrame", asked: Asked) -> "pd.DataFrame":
    is_asked = (
        (rows["level"] == asked.level)
        & rows["year_group"].isin(asked.parts)
        & (rows["sex"] == asked.sex)
    )
    kept = rows[is_asked]
    return kept[kept["is_chosen"]] if "is_chosen" in kept else kept


def _table(rows: list[dict[str, Any]], *, with_groups: bool) -> Table:
    years = sorted({row["academic_year"] for row in rows})
    table = Table(title=rows[0]["name"] if with_groups else None, title_justify="left")
    if not with_groups:
        table.add_column("Name")
    table.add_column("Year groups", no_wrap=True)
    table.add_column(rows[0]["made_in"], justify="right", no_wrap=True)
    for year in years:
        table.add_column(year, justify="right", no_wrap=True)
    of_line: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        of_line.setdefault((row["unit_code"], row["year_group"]), []).append(row)
    for (code, part), told in of_line.items():
        by_year = {row["academic_year"]: _cell(row) for row in told}
        first = told[0]
        head = [] if with_groups else [f"{first['name']}\n[dim]{code}"]
        now = first["pupils_counted"]
        table.add_row(
            *head,
            f"{part.replace('_', ' ')}\n[dim]{first['forecast_method']}",
            "" if now is None else f"{now:,.0f}",
            *(by_year.get(year, "") for year in years),
        )
    return table


def _cell(row: dict[str, Any]) -> str:
    r"""Write what is expected with its range.

    >>> _cell({"pupils_expected": 411.6, "low_80": 380.2, "high_80": 449.9})
    '412\n[dim]380-450'
    """
    expected = f"{row['pupils_expected']:,.0f}"
    if row["low_80"] is None:
        return expected
    return f"{expected}\n[dim]{row['low_80']:.0f}-{row['high_80']:.0f}"


def _words(engine: "sa.Engine", rows: list[dict[str, Any]]) -> list[str]:
    """Say whom limits move in a unit, and why its forecast differs from the last one."""
    from api.answers.causes import difference_sentences  # noqa: PLC0415 - a second of imports
    from api.answers.limits import limit_sentences  # noqa: PLC0415
    from api.queries import limits, vintages  # noqa: PLC0415

    level, code = rows[0]["level"], rows[0]["unit_code"]
    parts = {row["year_group"] for row in rows}
    moved = [row for row in limits.displaced(engine, level, code) if row["year_group"] in parts]
    changed = vintages.causes(engine, kept={"level": level, "unit_code": code})
    return [
        *limit_sentences(moved),
        *difference_sentences(changed, [phase for phase in PHASES if phase in parts]),
    ]


def _foot(rows: list[dict[str, Any]]) -> str:
    if any(row["low_80"] is not None for row in rows):
        says = "Below each number: the range that is to hold four of five outcomes."
    else:
        says = "Without ranges; `atlas backtest` tells how far off each method has been."
    return f"{says} The first column of numbers was counted."
