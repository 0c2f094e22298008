"""`make run`: set up, build the region, serve it."""

import os
import socket
import sys
from pathlib import Path

from scripts.environment import VENV
from scripts.setup import prepare
from scripts.stamps import ROOT, SetupError, call, plain_failures

LAST_PORT = 65535

WHICH_REGION = """\
Which region? Type one of

    make run REGION={first} MIRROR=../shared/data/publishers    from a folder of publishers' files
    make run REGION={first}                                     downloading them

Regions with a file: {all}.
To write one for any authority: make setup, then
    .venv/bin/atlas region new "Isle of Wight" --out config/regions
PORT=8001 serves elsewhere; ATLAS_HOME=folder keeps downloads and builds elsewhere."""


def main() -> None:
    """Build and serve the region named by `REGION`; the server takes this process's place."""
    region_id = os.environ.get("REGION", "")
    if not region_id:
        print(_which_region(), file=sys.stderr)
        sys.exit(2)
    with plain_failures():
        port = _free_port(os.environ.get("PORT") or "8000")
        env = _settings()
        prepare()
        atlas = str(VENV / "bin" / "atlas")
        mirror = ["--mirror", env["ATLAS_MIRROR"]] if "ATLAS_MIRROR" in env else []
        call([atlas, "build", region_id, *mirror], env=env)
    os.execve(atlas, [atlas, "serve", region_id, "--port", port], {**os.environ, **env})


def _which_region() -> str:
    regions = sorted(path.stem for path in (ROOT / "config" / "regions").glob("*.toml"))
    first = "rutland" if "rutland" in regions else regions[0]
    return WHICH_REGION.format(first=first, all=", ".join(regions))


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
