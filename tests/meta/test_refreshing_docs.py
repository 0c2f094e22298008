"""docs/refreshing.md names commands, options and verdicts as they are."""

import re
import shlex
from pathlib import Path
from typing import get_args

import pytest
import typer

from api.cli import app
from ingest.newer import Verdict

PAGE = (Path(__file__).parents[2] / "docs" / "refreshing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(?:sh|ini|cron)\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = typer.main.get_command(app)
CALLS = re.findall(r"(?:^|[/ ])(atlas (?:sources|refresh|build).*)$", "".join(BLOCKS), re.MULTILINE)


@pytest.mark.parametrize("call", CALLS)
def test_every_command_on_the_page_is_understood(call):
    _, name, *words = shlex.split(call)
    with COMMANDS.commands[name].make_context(name, words) as context:
        assert context.info_name == name


def test_the_page_shows_a_timer_and_cron():
    assert len(CALLS) == 5
    assert "OnCalendar=" in PAGE
    assert "15 3 * * * nice" in PAGE


def test_every_verdict_of_a_check_is_explained():
    explained = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert explained == ["check", *get_args(Verdict)]
