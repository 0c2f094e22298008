"""The ``atlas`` command, run as a person runs it, in a process of its own."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.support import tiny_mirror

pytestmark = pytest.mark.long

ATLAS = Path(sys.executable).with_name("atlas")


class Shell:
    """A folder with a region and a mirror, and the command to run there."""

    def __init__(self, folder):
        self.folder = folder
        self.mirror = tiny_mirror.write_mirror(folder / "mirror")
        regions = tiny_mirror.write_region(folder / "regions").parent
        self.environment = os.environ | {
            "ATLAS_HOME": str(folder / "home"),
            "ATLAS_REGIONS_DIR": str(regions),
        }

    def run(self, *words):
        return subprocess.run(
            [ATLAS, *map(str, words)],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    return Shell(tmp_path_factory.mktemp("shell"))


@pytest.fixture(scope="module")
def built(shell):
    done = shell.run("build", "tiny", "--mirror", shell.mirror)
    assert done.returncode == 0, done.stderr
    shell.told = done.stdout
    return shell


def test_a_build_tells_each_step_in_a_plain_line_where_there_is_no_terminal(built):
    lines = built.told.splitlines()
    assert lines[0].startswith("Publishers' files: 12 rows, ")
    assert any(line.startswith("Postcodes: 65 rows, ") for line in lines)
    assert "Tiny: 4 schools and 1 just outside, 64 postcodes, 4 small areas." in built.told
    assert "\x1b" not in built.told


def test_builds_lists_each_build_with_its_steps_time_and_memory(built):
    told = built.run("builds", "tiny").stdout
    assert "(in use): made " in told
    assert any(
        "Postcodes" in line and " s, " in line and " MB" in line for line in told.splitlines()
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("build", "nowhere"), "there is no region file for 'nowhere'"),
        (("serve", "rutland"), "run `atlas build rutland` first"),
        (("rollback", "tiny", "--to", "x"), "has no build 'x'"),
        (("region", "new", "Isle of Wigt"), "did you mean Isle of Wight"),
        (("build", "sample"), "`atlas sample DIR` writes them; then `atlas build sample --mirror"),
        (("build", "tiny", "--mirror", "missing-folder"), "missing-folder is not there"),
    ],
)
def test_what_is_refused_is_one_message_without_a_traceback(built, words, says):
    done = built.run(*words)
    assert done.returncode == 1
    assert says in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("ATLAS_PORT", "abc", "ATLAS_PORT=abc: "),
        ("ATLAS_HOME", __file__, "the system refused"),
    ],
)
def test_a_setting_that_cannot_be_is_named(built, variable, value, says):
    environment = built.environment | {variable: value}
    done = subprocess.run(
        [ATLAS, "build", "tiny", "--mirror", built.mirror],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_misused_command_exits_with_2(shell):
    assert shell.run("serve", "tiny", "--port", "99999").returncode == 2
    assert shell.run("build").returncode == 2
    assert shell.run("fly").returncode == 2


def test_region_list_names_every_authority_and_what_is_ready(shell):
    told = shell.run("region", "list").stdout
    assert "Isle of Wight" in told
    assert "Ready to build: england, leeds, oxfordshire, rutland, sample (made up), tiny" in told


def test_region_list_names_a_file_that_cannot_be_used(shell, tmp_path):
    (tmp_path / "odd.toml").write_text("id = 1")
    environment = shell.environment | {"ATLAS_REGIONS_DIR": str(tmp_path)}
    told = subprocess.run(
        [ATLAS, "region", "list"], env=environment, capture_output=True, text=True, check=False
    )
    assert "odd (its file cannot be used)" in told.stdout


def test_region_new_writes_a_file_that_is_then_known_and_never_overwrites_it(shell, tmp_path):
    assert shell.run("region", "new", "Isle of Wight", "--out", tmp_path).returncode == 0
    text = (tmp_path / "isle-of-wight.toml").read_text(encoding="utf-8")
    assert 'la_codes = ["E06000046"]' in text
    again = shell.run("region", "new", "Isle of Wight", "--out", tmp_path)
    assert again.returncode == 1
    assert "is already there" in again.stderr


def test_serve_answers_once_it_printed_its_address_and_names_a_taken_port(built):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = built.run("serve", "tiny", "--port", port)
        assert refused.returncode == 1
        assert "choose another port" in refused.stderr
    server = subprocess.Popen(
        [ATLAS, "serve", "tiny", "--port", str(port)],
        env=built.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    with server:
        try:
            assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
            deadline = time.monotonic() + 120
            while True:
                try:
                    health = httpx.get(f"http://127.0.0.1:{port}/api/v1/health", timeout=30)
                    break
                except httpx.TransportError:
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
            assert health.json()["region_id"] == "tiny"
        finally:
            server.terminate()


def test_what_changed_is_told_after_a_build_and_later(tmp_path):
    shell = Shell(tmp_path)
    first = shell.run("build", "tiny", "--mirror", shell.mirror, "--diff")
    assert "is the first build of tiny in use." in first.stdout
    register = shell.mirror / "gias" / "edubasealldata20250524.csv"
    text = register.read_text("cp1252").replace("Northgate", "Southgate")
    register.write_text(text, "cp1252")
    says = "  Northgate Primary is now called Southgate Primary."
    second = shell.run("build", "tiny", "--mirror", shell.mirror, "--diff")
    assert says in second.stdout.splitlines()
    assert says in shell.run("changes", "tiny").stdout.splitlines()
    again = shell.run("build", "tiny", "--mirror", shell.mirror, "--diff")
    assert "Nothing changed for readers." in again.stdout
    refused = shell.run("changes", "tiny", "--since", "nothing")
    assert refused.returncode == 1
    assert "has no build 'nothing'" in refused.stderr


def test_builds_tells_how_fast_each_table_was_loaded(built):
    told = built.run("builds", "tiny", "--tables").stdout
    assert "  Tables, in a file:" in told.splitlines()
    assert re.search(
        r"^    postcode +65 rows, [0-9.]+ s, [0-9,]+ rows a second$", told, re.MULTILINE
    )


def test_builds_says_which_builds_are_kept(built):
    assert "Kept are the newest 3 builds, the one in use and" in built.run("builds", "tiny").stdout
