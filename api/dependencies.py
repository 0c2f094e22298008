"""What routers are given."""

from typing import Annotated

from fastapi import Depends, Query, Request

from api.build import Build
from api.schemas.parameters import NoParameters
from api.serving import build_problem


async def _build(request: Request) -> Build:
    """Return the build that this request is answered from."""
    build = getattr(request.state, "build", None)
    if not isinstance(build, Build):
        raise build_problem(request.scope.get("state", {}))
    return build


InUse = Annotated[Build, Depends(_build)]
"""The build in use."""

Nothing = Annotated[NoParameters, Query()]
"""An address that takes no parameters, and refuses them."""
