"""``atlas serve``: the page and the API of one region."""

import socket
from typing import Annotated

import typer

from api.commands.builds import RegionId
from config.errors import AtlasError
from config.region import load_region
from config.settings import read_settings
from ingest.pipeline.builds import BuildMissing, Builds


class PortTaken(AtlasError):
    """Something else listens on the port."""


def serve(
    region: RegionId,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port. [ATLAS_PORT, else 8000]")
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address. [ATLAS_HOST, else 127.0.0.1]")] = None,
) -> None:
    """Serve the build in use of a region, and each later one as it is taken into use."""
    settings = read_settings()
    chosen = load_region(region, regions_dir=settings.regions_dir)
    if Builds(settings.home, region).current() is None:
        raise BuildMissing(
            f"there is no build of {chosen.title} in {settings.home}",
            hint=f"run `atlas build {region}` first.",
        )
    import uvicorn  # noqa: PLC0415 - the imports of the application take seconds

    from api.app import create_app  # noqa: PLC0415

    listener = _listen(host or settings.host, settings.port if port is None else port)
    at, number = listener.getsockname()[:2]
    typer.echo(f"The atlas of {chosen.title} is at http://{at}:{number}/ (Ctrl-C stops it)")
    config = uvicorn.Config(
        create_app(settings, region_id=region), log_level="warning", server_header=False
    )
    uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=512)
    except OSError as error:
        raise PortTaken(
            f"cannot listen on {host}:{port}: {error.strerror}",
            hint="choose another port: PORT=8001 make run, or atlas serve --port 8001.",
        ) from None
