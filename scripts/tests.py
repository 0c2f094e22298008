"""`make test`: set up, then every test there is, the browser's among them."""

import os
import shlex

from scripts.browser import provide_chromium
from scripts.environment import PYTHON
from scripts.node import find_node
from scripts.setup import prepare
from scripts.stamps import ROOT, call, plain_failures


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
        call(
            [PYTHON, "-m", "pytest", f"--junitxml={artefacts / 'pytest.xml'}", *_chosen()],
            env={"CHROMIUM": str(chromium)},
        )


def _chosen() -> list[str]:
    return shlex.split(os.environ.get("ARGS", ""))


if __name__ == "__main__":
    main()
