"""`make test`: set up, then every test there is, the browser's among them."""

import os
import shlex

from scripts.browser import provide_chromium
from scripts.environment import PYTHON
from scripts.node import find_node
from scripts.setup import prepare
from scripts.stamps import ROOT, call, plain_failures

BROWSER = "tests/e2e"
PROCESSES = "2"
"""As many as the smallest machine that tests run on has processors."""


def main() -> None:
    """Run the front end's checks and tests, then pytest; its closing line comes last."""
    with plain_failures():
        prepare()
        chromium = provide_chromium()
        node = find_node()
        node.run("run", "check")
        node.run("test")
        artefacts = ROOT / "artefacts"
        artefacts.mkdir(exist_ok=True)
        for name, chosen in _runs().items():
            call(
                [PYTHON, "-m", "pytest", f"--junitxml={artefacts / name}", *chosen],
                env={"CHROMIUM": str(chromium)},
            )


def _runs() -> dict[str, list[str]]:
    """Return the arguments of each run of pytest, by the file that keeps its results.

    Tests without a browser run side by side, those of one file in one process; a browser wants
    the machine for itself. Where arguments are given, they are of one run.
    """
    if chosen := shlex.split(os.environ.get("ARGS", "")):
        return {"pytest.xml": chosen}
    return {
        "pytest.xml": ["--ignore", BROWSER, "--numprocesses", PROCESSES, "--dist", "loadfile"],
        "browser.xml": [BROWSER],
    }


if __name__ == "__main__":
    main()
