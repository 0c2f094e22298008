"""`make bench`: set up, then measure."""

import os
import shlex

from scripts.environment import PYTHON
from scripts.setup import prepare_tools
from scripts.stamps import call, plain_failures


def main() -> None:
    """Run the benchmarks, or those that `ARGS` names."""
    with plain_failures():
        prepare_tools()
        call([PYTHON, "-m", "bench", *shlex.split(os.environ.get("ARGS", ""))])


if __name__ == "__main__":
    main()
