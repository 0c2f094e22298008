"""The virtual environment in `.venv`: made once, filled from the lock by hash."""

import importlib.util
import shutil
import sys
from pathlib import Path

from scripts.stamps import ROOT, SetupError, answer, call, digest, is_fresh, say, write_stamp

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMPS = VENV / ".stamps"
QUIET = ("--disable-pip-version-check", "--no-input", "--quiet")


def prepare_environment() -> None:
    """Bring `.venv` in step with the lock and the project's own declaration.

    Raises:
        SetupError: Python cannot make a virtual environment, or a package cannot be installed.
    """
    _make_venv()
    _install_locked()
    _install_project()


def _make_venv() -> None:
    where = str(VENV)
    if is_fresh(STAMPS / "place", where) and PYTHON.exists():
        return
    if not _is_usable():
        say(f"making a virtual environment with Python {sys.version.split()[0]}")
        shutil.rmtree(VENV, ignore_errors=True)
        _create()
    write_stamp(STAMPS / "place", where)


def _is_usable() -> bool:
    """Tell whether a venv stands here that was made here: its scripts name their own place."""
    if (STAMPS / "place").is_file() or not PYTHON.exists():
        return False  # moved or copied since, or half made
    made_as = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    return str(VENV) in made_as and answer([PYTHON, "-m", "pip", "--version"]) is not None


def _create() -> None:
    machine = _machine_python()
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        call([machine, "-m", "venv", VENV])
    elif importlib.util.find_spec("pip") and importlib.util.find_spec("venv"):
        call([machine, "-m", "venv", "--without-pip", VENV])
        call([machine, "-m", "pip", "--python", PYTHON, "install", *QUIET, "pip"])
    elif uv := shutil.which("uv"):
        call([uv, "venv", "--quiet", "--seed", "--python", machine, VENV])
    else:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetupError(
            f"Python {version} at {machine} comes without its venv and ensurepip modules.\n"
            f"Debian and Ubuntu keep them in a package of their own: "
            f"apt-get install python{version}-venv"
        )


def _machine_python() -> Path:
    """Return the interpreter behind the one that runs this, which may live in the old venv."""
    return Path(getattr(sys, "_base_executable", None) or sys.executable)


def _install_locked() -> None:
    wanted = digest([LOCK], also=[answer([PYTHON, "--version"]) or ""])
    stamp = STAMPS / "locked"
    if is_fresh(stamp, wanted):
        return
    say("installing the locked Python packages")
    call([PYTHON, "-m", "pip", "install", *QUIET, "--require-hashes", "--requirement", LOCK])
    write_stamp(stamp, wanted)


def _install_project() -> None:
    wanted = digest([ROOT / "pyproject.toml"])
    stamp = STAMPS / "project"
    if is_fresh(stamp, wanted):
        return
    say("installing the atlas itself")
    pip_install = (PYTHON, "-m", "pip", "install", *QUIET)
    call([*pip_install, "--no-deps", "--no-build-isolation", "--editable", ROOT])
    write_stamp(stamp, wanted)
