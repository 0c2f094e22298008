"""``atlas isochrone``: bands of time around a place, as GeoJSON or as a time grid."""

from pathlib import Path
from typing import Annotated, Final

import typer

from api.commands.modes import mode_named
from config.settings import read_settings

GEOJSON: Final = (".geojson", ".json")
GRID: Final = ".atg"


def isochrone(
    ground: Annotated[
        str, typer.Argument(help="Id of a region that was built, or a folder of networks.")
    ],
    *,
    at: Annotated[
        str, typer.Option(help="A postcode, x,y or lon,lat; or a URN for the ways to a school.")
    ],
    minutes: Annotated[str, typer.Option(help="Minutes of each band, by commas.")] = "5,10,15",
    mode: Annotated[str, typer.Option(help="Way of travelling.")] = "walk",
    out: Annotated[
        Path | None,
        typer.Option(
            help="File to write: .geojson for polygons, .atg for the time grid (docs/time-grid.md) "
            "of the widest band; else GeoJSON is printed."
        ),
    ] = None,
) -> None:
    """Draw how far one gets from a place, or from where one gets to a school."""
    if out is not None and out.suffix.lower() not in (*GEOJSON, GRID):
        raise typer.BadParameter(
            f"{out.name} ends in none of {', '.join((*GEOJSON, GRID))}", param_hint="--out"
        )
    bands, chosen = _whole_minutes(minutes), mode_named(mode)
    from api.commands.drawing import drawn_bands, drawn_grid  # noqa: PLC0415 - seconds of imports
    from api.commands.grounds import Ground  # noqa: PLC0415

    with Ground(ground, read_settings()) as opened:
        start = opened.place(at)
        if out is not None and out.suffix.lower() == GRID:
            _write(out, drawn_grid(opened.folder(chosen), chosen, start, bands[-1]))
            return
        drawn = drawn_bands(opened.folder(chosen), chosen, start, bands)
    if out is None:
        typer.echo(drawn)
    else:
        _write(out, drawn.encode())


def _whole_minutes(text: str) -> tuple[int, ...]:
    try:
        found = sorted({int(part) for part in text.split(",")})
    except ValueError:
        found = []
    if not found or found[0] < 1:
        raise typer.BadParameter(
            f"{text!r} is no list of whole minutes such as 5,10,15", param_hint="--minutes"
        )
    return tuple(found)


def _write(out: Path, content: bytes) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(content)
    typer.echo(f"Wrote {out}: {len(content):,} bytes.")
