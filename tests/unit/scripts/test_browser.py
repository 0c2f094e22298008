from pathlib import Path

import pytest

from scripts import browser
from scripts.browser import find_chromium, provide_chromium
from scripts.stamps import SetupError


@pytest.fixture
def bare_machine(tmp_path, monkeypatch):
    """A machine whose PATH is one empty folder, without a browser anywhere; returns that folder."""
    path = tmp_path / "bin"
    path.mkdir()
    monkeypatch.setenv("PATH", str(path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "MAC_APPS", ())
    monkeypatch.setattr(browser, "OWN_BROWSERS", tmp_path / "browsers")
    monkeypatch.setattr(browser, "PYTHON", path / "python")
    return path


def program(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def test_a_chromium_on_path_is_found(bare_machine):
    chrome = program(bare_machine / "google-chrome", "echo Google Chrome 149")
    assert provide_chromium() == chrome


def test_a_chromium_that_does_not_start_is_passed_over(bare_machine):
    program(bare_machine / "chromium-browser", "exit 1")
    chrome = program(bare_machine / "google-chrome", "echo Google Chrome 149")
    assert find_chromium() == chrome


def test_the_named_chromium_wins(bare_machine, monkeypatch, tmp_path):
    program(bare_machine / "chromium", "echo Chromium 149")
    named = program(tmp_path / "my chrome", "echo Chromium 150")
    monkeypatch.setenv("CHROMIUM", str(named))
    assert provide_chromium() == named


def test_a_named_chromium_that_does_not_start_is_refused_rather_than_replaced(
    bare_machine, monkeypatch
):
    program(bare_machine / "chromium", "echo Chromium 149")
    monkeypatch.setenv("CHROMIUM", "/no/such/chrome")
    with pytest.raises(SetupError, match="CHROMIUM=/no/such/chrome does not start"):
        provide_chromium()


def test_root_installs_chromium_with_apt(bare_machine, monkeypatch):
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    chromium = bare_machine / "chromium"
    program(
        bare_machine / "apt-get",
        f'[ "$1" = update ] && exit 0\n'
        f"echo '#!/bin/sh\necho Chromium 149' > '{chromium}'; /bin/chmod +x '{chromium}'",
    )
    assert provide_chromium() == chromium


def test_without_root_playwright_brings_its_own(bare_machine, monkeypatch, tmp_path):
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000)
    program(bare_machine / "apt-get", "echo apt-get must not be called; exit 1")
    place = tmp_path / "browsers" / "chromium-1200" / "chrome-linux" / "chrome"
    program(
        bare_machine / "python",
        f"/bin/mkdir -p '{place.parent}'\n"
        f"echo '#!/bin/sh\necho Chromium 149' > '{place}'; /bin/chmod +x '{place}'",
    )
    assert provide_chromium() == place


def test_where_none_can_be_installed_the_message_says_how_to_get_one(bare_machine, monkeypatch):
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    program(bare_machine / "apt-get", "exit 100")
    program(bare_machine / "python", "exit 1")
    with pytest.raises(SetupError, match=r"apt-get install chromium(.|\n)*CHROMIUM=/path"):
        provide_chromium()
