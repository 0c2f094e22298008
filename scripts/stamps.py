"""Notes of what has been prepared from what, so that nothing is prepared twice."""

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK_DIR = ROOT / ".make"
INTERRUPTED = 130


class SetupError(Exception):
    """Something the person at the keyboard can put right; the message says what."""


def digest(files: Iterable[Path], *, also: Sequence[str] = ()) -> str:
    """Hash the names and contents of files, and any words that matter as much."""
    total = hashlib.sha256("\0".join(also).encode())
    for path in sorted(files):
        total.update(f"\0{path.name}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def is_fresh(stamp: Path, wanted: str) -> bool:
    """Tell whether the stamp says what is wanted."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted


def write_stamp(stamp: Path, text: str) -> None:
    """Write a stamp in one step, so that a broken-off run leaves the old one or none."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    fresh = stamp.with_name(f"{stamp.name}.{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(stamp)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one `make` of this checkout prepare at a time; the others wait for it."""
    WORK_DIR.mkdir(exist_ok=True)
    with (WORK_DIR / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another make is preparing this checkout; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def say(text: str) -> None:
    """Tell the person at the keyboard what is happening, at once."""
    print(f"· {text}", flush=True)


def call(
    command: Sequence[str | Path],
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    is_quiet: bool = False,
) -> None:
    """Run a command whose output the reader sees; where it is to be quiet, only its complaints.

    Raises:
        SetupError: it failed.
    """
    words = [str(word) for word in command]
    output = subprocess.DEVNULL if is_quiet else None
    surroundings = {**os.environ, **(env or {})}
    done = subprocess.run(words, cwd=cwd, env=surroundings, stdout=output, check=False)
    if done.returncode:
        raise SetupError(f"this failed (exit code {done.returncode}): {' '.join(words)}")


def answer(command: Sequence[str | Path]) -> str | None:
    """Return what a command prints on its standard output, or ``None`` if it fails."""
    try:
        done = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


@contextlib.contextmanager
def plain_failures() -> Iterator[None]:
    """Turn a set-up error into its message and exit code 1, without a traceback.

    Ctrl-C is quiet as well: the command that it stopped has said so.
    """
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except SetupError as error:
        sys.stdout.flush()
        sys.exit(f"\n{error}")
