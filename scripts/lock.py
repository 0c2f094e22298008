"""`make lock`: write requirements.lock anew from pyproject.toml, with hashes, without addresses."""

import os
import shlex

from scripts.environment import PYTHON, prepare_environment
from scripts.stamps import ROOT, WORK_DIR, call, one_at_a_time, plain_failures, say

UV_VENV = WORK_DIR / "uv"
UV = UV_VENV / "bin" / "uv"
COMPILE = (
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--python-version",
    "3.11",
    "--group",
    "dev",
    "pyproject.toml",
    "-o",
    "requirements.lock",
)


def main() -> None:
    """Lock the newest versions that keep what is locked; `ARGS=--upgrade` moves them all."""
    with plain_failures(), one_at_a_time():
        prepare_environment()
        if not UV.exists():
            say("installing uv")
            call([PYTHON, "-m", "venv", UV_VENV])
            call([UV_VENV / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"])
        call(
            [UV, *COMPILE, *shlex.split(os.environ.get("ARGS", ""))],
            cwd=ROOT,
            env={"UV_CUSTOM_COMPILE_COMMAND": "make lock"},
        )


if __name__ == "__main__":
    main()
