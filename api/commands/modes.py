"""The ``--mode`` option of commands."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from travel import Mode


def mode_named(name: str) -> "Mode":
    """Return a mode by its name.

    Raises:
        typer.BadParameter: there is none.
    """
    import travel  # noqa: PLC0415 - a second of imports

    for mode in travel.MODES:
        if mode == name:
            return mode
    raise typer.BadParameter(
        f"{name!r} is not one of {', '.join(travel.MODES)}", param_hint="--mode"
    )
