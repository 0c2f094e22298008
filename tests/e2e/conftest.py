"""The made-up county, built and served by the real commands, and a real browser to look at it."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from scripts.browser import find_chromium
from tests.e2e.browsing import FLAGS, PATIENCE_MS, Desk, Watch
from tests.e2e.places import Places, find_places
from tests.e2e.serving import ROOT, answer, built_once, run_atlas, served

SET_UP_S = 1200
PICTURES = ROOT / "artefacts" / "screenshots"

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test here the time to make a county and build it, should it be the first."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.timeout(SET_UP_S))


@pytest.fixture(scope="session")
def homes(tmp_path_factory) -> Path:
    """The folder of built atlases, which the processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def built(homes) -> Path:
    """Make the county and build it; return where, with its files in ``sample``."""
    return built_once(homes / "atlas home", _make_and_build)


@pytest.fixture(scope="session")
def site(built) -> Iterator[str]:
    """Serve the county; return the address, without a slash at the end."""
    with served("sample", home=built) as address:
        yield address


def _make_and_build(home: Path) -> None:
    run_atlas("sample", home / "sample", home=home)
    run_atlas("build", "sample", "--mirror", home / "sample", home=home)


@pytest.fixture
def get(site) -> Callable[[str], Any]:
    """Return a function that asks the API directly: ``get("/release")``."""
    return lambda path: answer(site, path)


@pytest.fixture
def places(site) -> Places:
    """Places of the county that tests go to."""
    return find_places(site)


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
def pictures() -> Path:
    """The folder that pictures are kept in."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES


@pytest.fixture
def desk(browser, site, watch, pictures, request) -> Iterator[Desk]:
    """Open pages from here; afterwards there is a picture of each, and no trouble was noted."""
    name = re.sub(r"\W+", "_", request.node.name).strip("_")
    desk = Desk(browser=browser, site=site, pictures=pictures, name=name, watch=watch)
    yield desk
    desk.close()
    assert watch.left_over() == []
