"""The files of the made-up county, made once for each version of what makes them."""

import shutil
import time
from pathlib import Path

from scripts.environment import VENV
from scripts.stamps import (
    ROOT,
    SetupError,
    call,
    digest,
    is_fresh,
    one_at_a_time,
    say,
    write_stamp,
)

GENERATOR = ROOT / "ingest" / "sample"
STAMP = ".made-from"
ALWAYS_THERE = "truth.json"
"""A file that every made-up county has, and that hardly any other folder has."""


def provide_sample(home: Path) -> Path:
    """Return the folder of the made-up county's files, which lies in the atlas's own folder.

    They are made where they are missing, were broken off, or came from an earlier generator.

    Raises:
        SetupError: the folder holds something else, or the files could not be made.
    """
    folder = home / "sample"
    wanted = _fingerprint()
    with one_at_a_time():
        if not is_fresh(folder / STAMP, wanted):
            say("making up a county to show the atlas with; only this once")
            began = time.monotonic()
            _clear(folder)
            call([VENV / "bin" / "atlas", "sample", folder], is_quiet=True)
            write_stamp(folder / STAMP, wanted)
            say(f"made up in {time.monotonic() - began:.0f} s")
    return folder


def _fingerprint() -> str:
    """Hash the generator's code; its words and numbers are in there."""
    files = sorted(GENERATOR.rglob("*.py"))
    return digest(files, also=[str(path.relative_to(GENERATOR)) for path in files])


def _clear(folder: Path) -> None:
    """Remove an earlier county; it is moved aside first, so that half of it is never found.

    Raises:
        SetupError: it is no such county.
    """
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        if not (folder / ALWAYS_THERE).is_file():
            raise SetupError(
                f"{folder} is needed for the made-up county, and holds something else.\n"
                "Move that away, or keep the atlas elsewhere: make run ATLAS_HOME=folder"
            )
        folder.rename(old)
        shutil.rmtree(old, ignore_errors=True)
