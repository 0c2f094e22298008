"""A Chromium for the browser tests: the machine's, or one installed for them."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from scripts.environment import PYTHON
from scripts.stamps import WORK_DIR, SetupError, answer, call, one_at_a_time, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
MAC_APPS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
OWN_BROWSERS = WORK_DIR / "browsers"


def find_chromium() -> Path | None:
    """Return the first Chromium that starts: `$CHROMIUM`, on PATH, then our own."""
    return next((path for path in _candidates() if starts(path)), None)


def starts(program: Path) -> bool:
    """Tell whether a browser answers; Ubuntu's `chromium-browser` may be a signpost to a snap."""
    return bool(answer([program, "--version"]))


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("CHROMIUM"):
        yield Path(named)
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    yield from (app for app in MAC_APPS if app.exists())
    for pattern in ("chromium-*/*/chrome", "chromium-*/*/*.app/Contents/MacOS/*"):
        yield from sorted(OWN_BROWSERS.glob(pattern), reverse=True)


def provide_chromium() -> Path:
    """Find a Chromium or install one: with apt when root, else Playwright's own download.

    Raises:
        SetupError: none starts and none can be installed; the message says how to get one.
    """
    named = os.environ.get("CHROMIUM")
    if named and not starts(Path(named)):
        raise SetupError(f"CHROMIUM={named} does not start: give the path of a Chromium or Chrome.")
    if found := find_chromium():
        return found
    with one_at_a_time():
        for install in (_install_with_apt, _install_with_playwright):
            install()
            if found := find_chromium():
                return found
    raise SetupError(
        "The browser tests need Chromium, and none could be installed here.\n"
        "Install one (Debian: apt-get install chromium; others: Google Chrome or Microsoft Edge) "
        "so that it is on PATH,\nor name one: make test CHROMIUM=/path/to/chrome"
    )


def _install_with_apt() -> None:
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return
    say("installing Chromium with apt-get")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    _try([apt, "update", "-qq"], env=quiet)
    _try([apt, "install", "-y", "-qq", "--no-install-recommends", "chromium"], env=quiet)


def _install_with_playwright() -> None:
    say("installing Playwright's Chromium")
    own = {"PLAYWRIGHT_BROWSERS_PATH": str(OWN_BROWSERS)}
    _try([PYTHON, "-m", "playwright", "install", "--no-shell", "chromium"], env=own)


def _try(command: list[str | Path], *, env: dict[str, str]) -> None:
    try:
        call(command, env=env)
    except SetupError as error:
        say(str(error))
