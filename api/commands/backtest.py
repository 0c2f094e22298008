"""``atlas backtest``: how far off each method has been, and the authority's own forecasts."""

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table

from api.commands.builds import RegionId
from api.commands.forecasting import LEVELS, PHASES, nothing_forecast, open_build
from api.commands.printing import PAGE_WIDTH, write_csv_file
from config.region import load_region
from config.settings import read_settings
from config.terms import AcademicYear

if TYPE_CHECKING:  # seconds of imports
    import sqlalchemy as sa

COLUMNS: Final = (
    *("level", "year_group", "made_by", "years_ahead", "tried", "error_pupils", "error_pct"),
    *("signed_pct", "within_80_pct", "within_95_pct"),
)
OWN: Final = "authority"
SAME: Final = "chosen, of the same"
ORDER: Final = (
    *("chosen", "same", "drift", "cohort_321", "cohort_pooled", "population", OWN, SAME),
)


def backtest(
    region: RegionId,
    *,
    level: Annotated[
        str | None, typer.Option(help="authority, planning_area or school. Else all.")
    ] = None,
    phase: Annotated[
        str | None, typer.Option(help="primary, secondary or sixth_form. Else all.")
    ] = None,
    ahead: Annotated[
        list[int] | None, typer.Option(min=1, help="Years ahead; may be given again. Else all.")
    ] = None,
    csv: Annotated[
        Path | None, typer.Option(help="File to write, with every year group too.")
    ] = None,
) -> None:
    """Say how far off forecasts made in earlier years would have been, method by method.

    Every year that allows it is taken as if it were the last. The authority's own published
    forecasts stand beside, and what the atlas would have said of the same years and places.
    """
    for name, value, allowed in (("--level", level, LEVELS), ("--phase", phase, PHASES)):
        if value is not None and value not in allowed:
            raise typer.BadParameter(f"{value!r} is none of {', '.join(allowed)}", param_hint=name)
    settings = read_settings()
    chosen = load_region(region, regions_dir=settings.regions_dir)
    _, engine = open_build(chosen, settings)
    try:
        rows = errors(engine)
    finally:
        engine.dispose()
    rows = [
        row
        for row in rows
        if (level is None or row["level"] == level)
        and (csv is not None or row["year_group"] in PHASES)
        and (phase is None or row["year_group"] == phase)
        and (not ahead or row["years_ahead"] in ahead)
    ]
    if csv is not None:
        write_csv_file(csv, rows, columns=COLUMNS)
        typer.echo(f"Wrote {len(rows):,} rows to {csv}.")
        return
    console = Console()
    console = console if console.is_terminal else Console(width=PAGE_WIDTH)
    console.print(_table(rows))
    console.print(
        "Errors in % are means of the errors' sizes as shares of the pupils who came; `signed` is "
        "above zero where too many were expected. `chosen` is what the atlas would have said.",
        highlight=False,
        soft_wrap=True,
    )


def errors(engine: "sa.Engine") -> list[dict[str, Any]]:
    """Return how far off each maker of forecasts has been, by level, part and years ahead.

    Raises:
        NothingForecast: the build has no forecast.
    """
    from api.queries import forecasts  # noqa: PLC0415 - a second of imports

    told = forecasts.accuracy(engine)
    if not told:
        raise nothing_forecast(engine, "authority")
    rows = [{**row, "made_by": row["forecast_method"]} for row in told]
    rows += _published(forecasts.beside_published(engine))
    kept = [{name: row.get(name) for name in COLUMNS} for row in rows]
    return sorted(
        kept,
        key=lambda row: (
            LEVELS.index(row["level"]),
            str(row["year_group"]),
            row["years_ahead"],
            ORDER.index(row["made_by"]),
        ),
    )


def _published(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sum up the authorities' own errors, and the atlas's where it can be compared."""
    found: dict[tuple[str, str, int, str], list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        made, told = (AcademicYear.parse(row[name]).start for name in ("made_in", "academic_year"))
        key = (row["level"], row["year_group"], told - made)
        found[*key, OWN].append((row["own_ratio"], row["own_pupils"]))
        if row["atlas_ratio"] is not None:
            found[*key, SAME].append((row["atlas_ratio"], row["atlas_pupils"]))
    return [
        {
            "level": level,
            "year_group": part,
            "made_by": maker,
            "years_ahead": ahead,
            "tried": len(pairs),
            "error_pupils": sum(abs(pupils) for _, pupils in pairs) / len(pairs),
            "error_pct": 100 * sum(abs(ratio) for ratio, _ in pairs) / len(pairs),
            "signed_pct": 100 * sum(ratio for ratio, _ in pairs) / len(pairs),
        }
        for (level, part, ahead, maker), pairs in found.items()
    ]


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table()
    for heading in ("Level", "Phase", "Ahead", "Made by"):
        table.add_column(heading)
    for heading in ("Tried", "Pupils", "%", "Signed %", "In 80 %", "In 95 %"):
        table.add_column(heading, justify="right")
    before: tuple[Any, ...] = ()
    for row in rows:
        group = (row["level"], row["year_group"], row["years_ahead"])
        if before and group != before:
            table.add_section()
        before = group
        table.add_row(
            row["level"].replace("_", " "),
            row["year_group"].replace("_", " "),
            str(row["years_ahead"]),
            row["made_by"],
            f"{row['tried']:,}",
            *(
                "" if row[name] is None else f"{row[name]:,.1f}"
                for name in ("error_pupils", "error_pct", "signed_pct")
            ),
            *(
                "" if row[name] is None else f"{row[name]:.0f}"
                for name in ("within_80_pct", "within_95_pct")
            ),
        )
    return table
