"""docs/commands.md names commands and options as they are."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from api.cli import app
from api.commands.times import SUFFIXES
from travel import MODES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
EXAMPLES = [
    line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()
]
COMMANDS = typer.main.get_command(app)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_understood(example: str) -> None:
    program, name, *words = shlex.split(example)
    assert program == "atlas"
    command = COMMANDS.commands[name]
    # Parsing refuses options that are not there and values that cannot be.
    with command.make_context(name, words) as context:
        assert context.info_name == name


def test_the_page_names_every_mode_and_ending() -> None:
    assert all(f"`{mode}`" in PAGE for mode in MODES)
    assert all(suffix[1:].lower() in PAGE.lower() for suffix in SUFFIXES)


def test_every_status_of_a_row_is_explained() -> None:
    written = (ROOT / "api" / "commands" / "measuring.py").read_text(encoding="utf-8")
    for status in ("reached", "over_limit", "no_street", "outside"):
        assert f'"{status}"' in written
        assert f"| `{status}` |" in PAGE
