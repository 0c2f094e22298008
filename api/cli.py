"""The ``atlas`` command."""

import os
import sys

import platformdirs
import typer
from rich.console import Console

from api.commands.backtest import backtest
from api.commands.builds import build, builds, rollback
from api.commands.catchments import catchments
from api.commands.changes import changes
from api.commands.forecast import forecast
from api.commands.imports import import_
from api.commands.isochrones import isochrone
from api.commands.matrix import matrix
from api.commands.networks import network
from api.commands.places import places
from api.commands.refreshing import refresh
from api.commands.regions import region
from api.commands.sample import sample
from api.commands.serving import serve
from api.commands.sources import sources
from api.commands.templates import template
from api.commands.times import times
from api.commands.vintages import vintages
from config.errors import AtlasError
from config.settings import PROJECT_DIR

REFUSED = 1
INTERRUPTED = 130


def _keep_compiled_code() -> None:
    """Give numba a folder for compiled code where the package's own cannot be written."""
    if not os.access(PROJECT_DIR / "travel", os.W_OK):
        cache = platformdirs.user_cache_path("schools-atlas") / "numba"
        os.environ.setdefault("NUMBA_CACHE_DIR", str(cache))


app = typer.Typer(
    name="atlas",
    help="An open schools place-planning atlas for any region of England.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(backtest)
app.command()(build)
app.command()(builds)
app.command()(catchments)
app.command()(changes)
app.command()(forecast)
app.command("import")(import_)
app.command()(isochrone)
app.command()(network)
app.command()(matrix)
app.command()(places)
app.command()(refresh)
app.command()(rollback)
app.command()(sample)
app.command()(serve)
app.command()(sources)
app.command()(template)
app.command()(times)
app.command()(vintages)
app.add_typer(region, name="region")


def main() -> None:
    """Run one command. Exit 0 if done, 1 if refused with a message, 2 if misused."""
    _keep_compiled_code()
    try:
        app()
    except AtlasError as error:
        Console(stderr=True).print(f"atlas: {error}", style="red", highlight=False, markup=False)
        sys.exit(REFUSED)
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        Console(stderr=True).print(
            f"atlas: the system refused{where}: {error.strerror or error}\n"
            "  check that ATLAS_HOME and the other folders named exist and can be written.",
            style="red",
            highlight=False,
            markup=False,
        )
        sys.exit(REFUSED)
    except KeyboardInterrupt:
        Console(stderr=True).print("atlas: interrupted; nothing was changed.", highlight=False)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
