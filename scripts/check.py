"""`make check`: format, lint, types, import contracts and unit tests, side by side."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts.environment import PYTHON, VENV
from scripts.node import FRONTEND, find_node
from scripts.setup import prepare_tools
from scripts.stamps import ROOT, plain_failures

PACKAGES = ("config", "planning", "travel", "ingest", "api")


@dataclass(frozen=True, slots=True)
class Check:
    """One question asked of the code.

    Attributes:
        name: what a reader calls it.
        command: the words that ask it; exit code 0 says that all is well.
        folder: where it is asked.
    """

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one check said.

    Attributes:
        name: of the check.
        is_good: it found nothing to mend.
        seconds: how long it took.
        output: everything it printed.
    """

    name: str
    is_good: bool
    seconds: float
    output: str


def main() -> None:
    """Run every check, print what the failing ones found, and exit 1 if there are any."""
    with plain_failures():
        prepare_tools()
        checks = _checks()
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as workers:
        verdicts = list(workers.map(ask, checks))
    print("\n".join(report(verdicts)))
    sys.exit(any(not verdict.is_good for verdict in verdicts))


def _checks() -> list[Check]:
    """List the checks, the longest first so that the short ones fit in beside it."""
    ruff = str(VENV / "bin" / "ruff")
    python = str(PYTHON)
    npm = find_node().npm
    return [
        Check("unit tests", (python, "-m", "pytest", "-q", "tests/unit", *PACKAGES)),
        Check("types", (python, "-m", "mypy")),
        Check("types of scripts", (python, "-m", "mypy", "--strict", "scripts")),
        Check("page", (*npm, "run", "check"), FRONTEND),
        Check("page's unit tests", (*npm, "test"), FRONTEND),
        Check("import contracts", (str(VENV / "bin" / "lint-imports"),)),
        Check("lint", (ruff, "check", "--quiet")),
        Check("format", (ruff, "format", "--check", "--quiet")),
    ]


def ask(check: Check) -> Verdict:
    """Run one check and keep what it says."""
    start = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=check.folder,
        env={**os.environ, "PATH": f"{find_node().folder}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Verdict(check.name, done.returncode == 0, time.monotonic() - start, done.stdout)


def report(verdicts: list[Verdict]) -> list[str]:
    """Write what was found, then one line for every check."""
    lines = []
    for verdict in verdicts:
        if not verdict.is_good:
            lines += ["", verdict.name, "-" * len(verdict.name), verdict.output.strip()]
    lines.append("")
    for verdict in verdicts:
        word = "ok    " if verdict.is_good else "FAILED"
        lines.append(f"{word} {verdict.seconds:5.1f} s  {verdict.name}")
    return lines


if __name__ == "__main__":
    main()
