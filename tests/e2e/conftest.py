"""Rutland, built and served by the real commands, and a real browser to look at it with."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from scripts.browser import find_chromium
from tests.e2e.browsing import FLAGS, PATIENCE_MS, Desk, Watch

ROOT = Path(__file__).parents[2]
ATLAS = Path(sys.executable).with_name("atlas")
PICTURES = ROOT / "artefacts" / "screenshots"
START_S = 30

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def home(publishers, tmp_path_factory) -> Path:
    """Build Rutland from the publishers' files, as a deployer does; return its ATLAS_HOME."""
    folder = tmp_path_factory.mktemp("atlas home")
    built = subprocess.run(
        [ATLAS, "build", "rutland", "--mirror", publishers],
        cwd=ROOT,
        env={**os.environ, "ATLAS_HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


@pytest.fixture(scope="session")
def site(home, tmp_path_factory) -> Iterator[str]:
    """Serve Rutland; return the address, without a slash at the end."""
    port = _free_port()
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with log.open("w") as out:
        server = subprocess.Popen(
            [ATLAS, "serve", "rutland", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "ATLAS_HOME": str(home)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    with server:
        try:
            _wait_until_healthy(f"http://127.0.0.1:{port}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()
                raise


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_healthy(site: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while server.poll() is None and time.monotonic() < deadline:
        try:
            _get(f"{site}/api/v1/health")
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not become healthy within {START_S} s:\n{log.read_text()}")


def _get(address: str) -> Any:
    return httpx.get(address, timeout=30).raise_for_status().json()


@pytest.fixture(scope="session")
def get(site) -> Callable[[str], Any]:
    """Return a function that asks the API directly: ``get("/release")``."""
    return lambda path: _get(f"{site}/api/v1{path}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser a module: its event loop must not outlive it, or other tests could start none."""
    program = find_chromium()
    if program is None:
        pytest.fail("no Chromium starts here: `make test` installs one, or says how to get one")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def watch(site) -> Watch:
    """What pages of this test must never do; a test that provokes an error says which."""
    return Watch(own=urlsplit(site).netloc)


@pytest.fixture
def desk(browser, site, watch, request) -> Iterator[Desk]:
    """Open pages from here; afterwards there is a picture of each, and no trouble was noted."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"\W+", "_", request.node.name).strip("_")
    desk = Desk(browser=browser, site=site, pictures=PICTURES, name=name, watch=watch)
    yield desk
    desk.close()
    assert watch.left_over() == []
