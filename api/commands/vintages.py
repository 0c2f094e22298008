"""``atlas vintages``: the forecasts that were in use, and why one differs from the last."""

from collections import defaultdict
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table

from api.commands.builds import RegionId
from api.commands.forecasting import PHASES, NothingForecast, level_of, open_build, unit_named
from api.commands.printing import PAGE_WIDTH
from config.region import Region, load_region
from config.settings import Settings, read_settings

CAUSES: Final = ("method", "data", "migration", "transfer", "births", "housing")
"""In the order in which each is swapped for today's."""


def vintages(
    region: RegionId,
    *,
    unit: Annotated[
        str | None,
        typer.Option(
            help="A school, planning area or authority, by code or name: why its forecast is "
            "another than the last one."
        ),
    ] = None,
) -> None:
    """List the forecasts that were in use, and what was new about each.

    With --unit, say why the forecast in use differs from the last one: what each cause adds or
    takes away, in pupils.
    """
    from ingest.vintages.vintages import Vintages  # noqa: PLC0415 - loads what forecasts need

    settings = read_settings()
    chosen = load_region(region, regions_dir=settings.regions_dir)
    if unit is not None:
        _tell_why(chosen, settings, unit)
        return
    kept = Vintages(settings.home, region).all()
    lines = [f"{one.vintage}  {one.made_in}  {one.says}" for one in kept]
    none = f"No forecast of {region} has been in use yet: `atlas build {region}` makes one."
    Console().print("\n".join(lines or [none]), highlight=False, soft_wrap=True, markup=False)


def _tell_why(region: Region, settings: Settings, unit: str) -> None:
    from api.answers.causes import difference_sentences  # noqa: PLC0415 - seconds of imports
    from api.queries import forecasts, vintages  # noqa: PLC0415

    _, engine = open_build(region, settings)
    try:
        level = level_of(None, unit, lambda each: forecasts.names(engine, each))
        names = forecasts.names(engine, level)
        code = unit_named(unit, names, level)
        rows = vintages.causes(engine, kept={"level": level, "unit_code": code})
    finally:
        engine.dispose()
    if not rows:
        raise NothingForecast(
            f"the build in use does not tell why the forecast of {names[code]} has changed",
            hint=f"its issue log says why: `/api/v1/issues` of `atlas serve {region.id}`.",
        )
    console = Console()
    console = console if console.is_terminal else Console(width=PAGE_WIDTH)
    console.print(_waterfall(names[code], rows))
    for sentence in difference_sentences(rows, PHASES):
        console.print(sentence, highlight=False, soft_wrap=True, markup=False)


def _waterfall(name: str, rows: list[dict[str, Any]]) -> Table:
    """Draw a line a phase and school year: before, what each cause adds, after."""
    table = Table(title=name, title_justify="left")
    for head in ("Phase", "Year"):
        table.add_column(head, no_wrap=True)
    for head in ("Before", *(cause.capitalize() for cause in CAUSES), "Now"):
        table.add_column(head, justify="right", no_wrap=True)
    lines: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in rows:
        lines[row["phase"], row["academic_year"]][row["cause"]] = row
    for phase, year in sorted(lines, key=lambda key: (PHASES.index(key[0]), key[1])):
        own = lines[phase, year]
        first = next(iter(own.values()))
        table.add_row(
            phase.replace("_", " "),
            year,
            _pupils(first["pupils_before"]),
            *(_signed(own[cause]["pupils_change"] if cause in own else None) for cause in CAUSES),
            _pupils(first["pupils_after"]),
        )
    return table


def _pupils(number: float | None) -> str:
    return "" if number is None else f"{number:,.1f}"


def _signed(number: float | None) -> str:
    """Write what a cause adds or takes away.

    >>> _signed(3.14), _signed(-0.04), _signed(0.0), _signed(None)
    ('+3.1', '0.0', '0.0', '')
    """
    if number is None:
        return ""
    return f"{number:+,.1f}" if round(abs(number), 1) else "0.0"
