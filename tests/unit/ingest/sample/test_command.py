import contextlib
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from api import cli
from ingest.sample import write
from tests.support import sample_county


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Make counties that take no time, and print wide."""
    monkeypatch.setattr(write, "make_county", sample_county.make)
    monkeypatch.setattr(write, "join_parts", partial(write.join_parts, files=sample_county.QUICK))
    monkeypatch.setenv("COLUMNS", "300")


def run(monkeypatch, *words):
    """Run a command as a shell does; return its exit code."""
    monkeypatch.setattr(sys, "argv", ["atlas", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code


def test_it_ends_with_what_was_written_and_what_to_type_next(tmp_path, monkeypatch, capsys):
    out = tmp_path / "a county"
    assert run(monkeypatch, "sample", out, "--scale", 2, "--seed", 3, "--workers", 1) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("Wrote 6 schools, 240 postcodes, 8 small areas and 18 street nodes")
    assert first.endswith("All of it is made up.")
    assert last == f"Next: ATLAS_REGIONS_DIR='{out}' atlas build sample --mirror '{out}'"


def test_the_seed_is_told_in_the_note(tmp_path, monkeypatch):
    run(monkeypatch, "sample", tmp_path / "out", "--seed", 12)
    assert "--scale 1 --seed 12" in (tmp_path / "out" / "README.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--scale", "0.01"), "atlas: --scale 0.01 cannot be made"),
        (("--scale", "nan"), "atlas: --scale nan cannot be made"),
        (("--seed", "-1"), "atlas: --seed -1 cannot be used"),
        (("--workers", "0"), "atlas: --workers 0 cannot be used"),
    ],
)
def test_what_cannot_be_made_is_refused_in_one_line(tmp_path, monkeypatch, capsys, words, says):
    assert run(monkeypatch, "sample", tmp_path / "out", *words) == 1
    error = capsys.readouterr().err.splitlines()
    assert error[0] == says
    assert len(error) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_refused(tmp_path, monkeypatch, capsys):
    (tmp_path / "note").write_text("mine")
    assert run(monkeypatch, "sample", tmp_path) == 1
    assert f"{tmp_path} is not empty" in capsys.readouterr().err


def test_a_scale_that_is_no_number_is_misuse(tmp_path, monkeypatch):
    assert run(monkeypatch, "sample", tmp_path / "out", "--scale", "large") == 2


def test_an_interruption_is_told(tmp_path, monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(write, "make_county", interrupted)
    assert run(monkeypatch, "sample", tmp_path / "out") == 130
    assert list(tmp_path.iterdir()) == []
    assert "stopped" in capsys.readouterr().out


def test_an_end_that_a_library_swallows_is_not_lost(tmp_path, monkeypatch):
    make_county = write.make_county

    def swallowing(*given, **named):
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        return make_county(*given, **named)

    monkeypatch.setattr(write, "make_county", swallowing)
    before = signal.getsignal(signal.SIGTERM)
    try:
        assert run(monkeypatch, "sample", tmp_path / "out") == 130
    finally:
        signal.signal(signal.SIGTERM, before)
    assert list(tmp_path.iterdir()) == []


def test_a_command_that_the_system_ends_leaves_nothing_behind(tmp_path):
    atlas = Path(sys.executable).with_name("atlas")
    command = subprocess.Popen([atlas, "sample", tmp_path / "out"], stdout=subprocess.DEVNULL)
    while command.poll() is None and not list(tmp_path.iterdir()):
        time.sleep(0.05)
    command.send_signal(signal.SIGTERM)
    assert command.wait(timeout=60) == 130
    assert list(tmp_path.iterdir()) == []
