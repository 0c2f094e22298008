"""`make test`: set up, then every test there is, the browser's among them."""

import contextlib
import os
import shlex
import subprocess
from collections.abc import Iterator

from scripts.browser import provide_chromium
from scripts.environment import PYTHON
from scripts.node import find_node
from scripts.setup import prepare
from scripts.stamps import ROOT, call, plain_failures

BROWSER = "tests/e2e"
SIDE_BY_SIDE = ("--numprocesses", "2", "--dist", "loadfile", "--no-loadscope-reorder")
"""As many as the smallest machine that tests run on has processors; the tests of one file in one
process, and files in the order in which they are collected: long ones first."""

ONE_EACH = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Libraries for matrices share their work among all processors unless told otherwise, and wait for
each other where several processes do so at once."""

COMPILE = """
from travel.transit.warming import warm_transit
from travel.warming import warm
warm()
warm_transit()
"""


def main() -> None:
    """Run the front end's checks and tests, then pytest; its closing line comes last."""
    with plain_failures():
        prepare()
        chromium = provide_chromium()
        with _compiling():
            node = find_node()
            node.run("run", "check")
            node.run("test")
        artefacts = ROOT / "artefacts"
        artefacts.mkdir(exist_ok=True)
        for name, chosen in _runs().items():
            call(
                [PYTHON, "-m", "pytest", f"--junitxml={artefacts / name}", *chosen],
                env={"CHROMIUM": str(chromium), **ONE_EACH},
            )


@contextlib.contextmanager
def _compiling() -> Iterator[None]:
    """Compile what most tests need meanwhile, once; each process of pytest would do so itself.

    Whether it succeeds is for the tests to say.
    """
    with subprocess.Popen([PYTHON, "-c", COMPILE], cwd=ROOT, stderr=subprocess.DEVNULL):
        yield


def _runs() -> dict[str, list[str]]:
    """Return the arguments of each run of pytest, by the file that keeps its results.

    The browser's tests come by themselves: each of the two has a server and a browser beside it.
    Where arguments are given, they are of one run.
    """
    if chosen := shlex.split(os.environ.get("ARGS", "")):
        return {"pytest.xml": chosen}
    return {
        "pytest.xml": ["--ignore", BROWSER, *SIDE_BY_SIDE],
        "browser.xml": [BROWSER, *SIDE_BY_SIDE],
    }


if __name__ == "__main__":
    main()
