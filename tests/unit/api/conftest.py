"""The ``atlas`` command on the tiny build, whose forecasts and choices are known."""

import sys

import pytest

from api import cli
from tests.support import tiny_mirror
from tests.support.tiny_build import write_tiny_build


@pytest.fixture(scope="package")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forecasts")
    write_tiny_build(folder / "home")
    tiny_mirror.write_region(folder / "regions")
    return folder


@pytest.fixture
def atlas(home, monkeypatch, capsys):
    """Run the command as ``main`` does; return exit code, output and messages."""
    monkeypatch.setenv("ATLAS_HOME", str(home / "home"))
    monkeypatch.setenv("ATLAS_REGIONS_DIR", str(home / "regions"))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["atlas", *map(str, words)])
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = ended.code or 0
        out, err = capsys.readouterr()
        return code, out, " ".join(err.split())

    return run
