"""An atlas built and served by the real commands, as a deployer does it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[2]
ATLAS = Path(sys.executable).with_name("atlas")
START_S = 180


def run_atlas(*words: str | Path, home: Path) -> None:
    """Run one ``atlas`` command to its end; a refusal fails the test with all it said."""
    done = subprocess.run(
        [ATLAS, *words],
        cwd=ROOT,
        env={**os.environ, "ATLAS_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def built_once(folder: Path, build: Callable[[Path], None]) -> Path:
    """Return a folder that has been built: by the first process of this run that asks for it."""
    with FileLock(f"{folder}.lock"):
        mark = folder / "built"
        if not mark.exists():
            folder.mkdir(exist_ok=True)
            build(folder)
            mark.touch()
    return folder


@contextmanager
def served(region_id: str, *, home: Path) -> Iterator[str]:
    """Serve a region that was built; give its address, without a slash at the end."""
    site = f"http://127.0.0.1:{_free_port()}"
    log = home / f"server-{os.getpid()}.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [ATLAS, "serve", region_id, "--port", site.rpartition(":")[2]],
            cwd=ROOT,
            env={**os.environ, "ATLAS_HOME": str(home)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    with server:
        try:
            _wait_until_healthy(site, server, log)
            yield site
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()
                raise


def answer(site: str, path: str) -> Any:
    """Return what the API answers; anything but a success fails."""
    return httpx.get(f"{site}/api/v1{path}", timeout=30).raise_for_status().json()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_healthy(site: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while server.poll() is None and time.monotonic() < deadline:
        try:
            answer(site, "/health")
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not become healthy within {START_S} s:\n{log.read_text()}")
