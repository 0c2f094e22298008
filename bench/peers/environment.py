"""An environment of their own for the peers, and how they are asked: a process a question list."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"
FOR_CHOICES = HERE / "requirements-choices.txt"
"""Packages that fit or admit, apart from those that route: each list has its own environment."""

ASKED = HERE / "asked"
OLDEST = (3, 12)
LONGEST_S = 3600

Answer = dict[str, Any]


class NoPeers(Exception):
    """The peers cannot be asked here; the message says why."""


@dataclass(frozen=True, slots=True)
class Environment:
    """A folder with the peers of a list installed, and what they prepared."""

    folder: Path
    requirements: Path = REQUIREMENTS

    @property
    def python(self) -> Path:
        """The interpreter that has the peers."""
        return self.folder / "venv" / "bin" / "python"

    def package(self, name: str) -> Path:
        """Return the folder of an installed package, for the programs that come in it."""
        (found,) = self.folder.glob(f"venv/lib/python3.*/site-packages/{name}")
        return found

    def version(self, package: str) -> str:
        """Return the pinned version of a package."""
        pins = dict(
            line.split("==")
            for line in self.requirements.read_text(encoding="utf-8").split("\n")
            if "==" in line
        )
        return f"{package} {pins[package]}"


@cache
def environment(requirements: Path = REQUIREMENTS) -> Environment:
    """Find the environment of a list of peers, or make it; it is kept in the user's cache folder.

    Raises:
        NoPeers: there is no Python that is new enough, or the peers cannot be installed.
    """
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()[:8]
    folder = platformdirs.user_cache_path("schools-atlas") / "peers" / digest
    made = Environment(folder, requirements)
    is_complete = made.folder / "complete"
    if not is_complete.exists():
        _install(made, _new_python())
        is_complete.touch()
    return made


def ask(peer: str, question: Answer, *, requirements: Path = REQUIREMENTS) -> Answer:
    """Have a peer answer a question list in a process of its own.

    Args:
        peer: a script in `bench/peers/asked` without its ending.
        question: anything that JSON can hold.
        requirements: the list that the peer is on.

    Raises:
        NoPeers: the peer broke down.
    """
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder, "asked.json"), Path(folder, "answered.json")
        asked.write_text(json.dumps(question), encoding="utf-8")
        call(environment(requirements).python, ASKED / f"{peer}.py", asked, answered)
        found: Answer = json.loads(answered.read_text(encoding="utf-8"))
    return found


def call(*command: str | Path, cwd: Path | None = None) -> None:
    """Run a program of the peers.

    Raises:
        NoPeers: it failed, with the end of what it printed.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own list of programs
            [str(word) for word in command],
            cwd=cwd,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NoPeers(f"{Path(command[1]).name} took more than {LONGEST_S} s") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().split("\n")[-3:]
        raise NoPeers(f"{Path(command[0]).name} failed: {' / '.join(said)}")


def _install(into: Environment, python: Path) -> None:
    shutil.rmtree(into.folder, ignore_errors=True)
    into.folder.mkdir(parents=True)
    call(python, "-m", "venv", into.folder / "venv")
    wheels = ("--quiet", "--only-binary", ":all:", "--disable-pip-version-check")
    call(into.python, "-m", "pip", "install", *wheels, "--requirement", into.requirements)


def _new_python() -> Path:
    for candidate in _pythons():
        shown = subprocess.run(  # noqa: S603 - interpreters found on this machine
            [str(candidate), "-c", "import sys; print(*sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
        if shown.returncode == 0 and tuple(map(int, shown.stdout.split())) >= OLDEST:
            return candidate
    raise NoPeers(f"no Python {'.'.join(map(str, OLDEST))} or newer here")


def _pythons() -> Iterator[Path]:
    """List interpreters on the path, then those that pyenv keeps."""
    for name in ("python3.13", "python3.12", "python3", "python3.14"):
        if found := shutil.which(name):
            yield Path(found)
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from sorted(kept.glob("3.*/bin/python"), reverse=True)
