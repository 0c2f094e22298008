"""`make run`: set up, build a region, the made-up one where none is named, and serve it."""

import os
import socket
from pathlib import Path

from scripts.environment import VENV
from scripts.sample import provide_sample
from scripts.setup import prepare
from scripts.stamps import ROOT, SetupError, call, plain_failures

LAST_PORT = 65535

SAMPLE = "sample"
"""The region that is made up, and is shown where no other is asked for."""


def main() -> None:
    """Build and serve the region named by `REGION`; the server takes this process's place."""
    region_id = os.environ.get("REGION") or SAMPLE
    with plain_failures():
        port = _free_port(os.environ.get("PORT") or "8000")
        env = _settings()
        prepare()
        if region_id == SAMPLE and "ATLAS_MIRROR" not in env:
            env["ATLAS_MIRROR"] = str(provide_sample(Path(env["ATLAS_HOME"])))
        atlas = str(VENV / "bin" / "atlas")
        call([atlas, "build", region_id], env=env)
    os.execve(atlas, [atlas, "serve", region_id, "--port", port], {**os.environ, **env})


def _free_port(text: str) -> str:
    """Return the port if it can be listened on; found out before minutes go into a build.

    Raises:
        SetupError: it is not a port's number, or something else listens there.
    """
    if not (text.isdigit() and 0 < int(text) <= LAST_PORT):
        raise SetupError(f"PORT={text} is not a port: give a number from 1 to {LAST_PORT}.")
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", int(text)))
        except PermissionError:
            raise SetupError(f"port {text} needs root: try one over 1023.") from None
        except OSError:
            raise SetupError(
                f"port {text} is in use by another program.\n"
                f"Stop that, or serve elsewhere: make run … PORT={int(text) % LAST_PORT + 1}"
            ) from None
    return text


def _settings() -> dict[str, str]:
    """Return the folders named on make's command line, as the atlas's own settings.

    Raises:
        SetupError: the mirror is no folder.
    """
    home = Path(os.environ.get("ATLAS_HOME") or ROOT / ".atlas").expanduser().absolute()
    settings = {"ATLAS_HOME": str(home)}
    if named := os.environ.get("MIRROR"):
        mirror = Path(named).expanduser().absolute()
        if not mirror.is_dir():
            raise SetupError(f"MIRROR={named} is not a folder; it was looked for at {mirror}.")
        settings["ATLAS_MIRROR"] = str(mirror)
    return settings


if __name__ == "__main__":
    main()
