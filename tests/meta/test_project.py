"""Things every contributor must remember, remembered for them."""

import re
import subprocess
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
LONGEST = 300

# Written in halves, so that this file does not hold what it looks for.
REGISTRIES = (("py", "pi.org"), ("python", "hosted"), ("registry.npm", "js"), ("deb.deb", "ian"))
FOLDERS_OF_ONE_MACHINE = (("wo", "rk"), ("fa", "rm"), ("ro", "ot"))
UNWANTED = re.compile(
    "|".join(
        [re.escape("".join(halves)) for halves in REGISTRIES]
        + [f"/{''.join(halves)}/[a-z.]" for halves in FOLDERS_OF_ONE_MACHINE]
    ),
    re.IGNORECASE,
)


def _files(*patterns: str) -> list[Path]:
    """Every file that is in the repository, or would be after `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return sorted(path for path in set(paths) if path.is_file())


def _text(path: Path) -> str:
    return path.read_bytes().decode(errors="replace")


def test_no_file_holds_a_registry_or_a_folder_of_one_machine():
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in _files()
        for number, line in enumerate(_text(path).splitlines(), start=1)
        if UNWANTED.search(line)
    ]
    assert found == []


def test_no_python_file_outgrows_one_sitting():
    lengths = {path: len(_text(path).splitlines()) for path in _files("*.py")}
    too_long = {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST}
    assert lengths
    assert too_long == {}


def test_no_file_is_larger_than_a_megabyte():
    large = [str(path.relative_to(ROOT)) for path in _files() if path.stat().st_size > 1_000_000]
    assert large == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_make_command_in_the_documents_exists(name):
    makefile = _text(ROOT / "Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    variables = set(re.findall(r"^([A-Z_]+) \?=", makefile, re.MULTILINE)) | {"CHROMIUM", "PYTHON"}
    commands = re.findall(
        r"(?:^|`)[ ]*(?:[A-Z_]+=\S+ )*make ([a-z]+)([^`\n]*)", _text(ROOT / name), re.MULTILINE
    )
    assert commands
    assert {target for target, _ in commands} - targets == set()
    named = {word for _, rest in commands for word in re.findall(r"\b([A-Z_]{2,})=", rest)}
    assert named - variables == set()


def test_make_help_names_every_target():
    makefile = _text(ROOT / "Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE)) - {"help"}
    helped = set(re.findall(r'@echo "make ([a-z]+)', makefile))
    assert helped == targets


def test_the_import_contracts_hold(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0
