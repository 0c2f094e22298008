"""Vector tiles; their address names their content, so that they may be kept for ever."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.dependencies import InUse
from api.errors import NoSuchPath
from api.problems import RESPONSES
from api.tiles import TileSet

router = APIRouter(tags=["Tiles"], responses=RESPONSES)

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
FOR_EVER = "public, max-age=31536000, immutable"
Z = Annotated[int, Path(ge=0, le=24, description="Zoom")]
X = Annotated[int, Path(ge=0, lt=2**24, description="Column, from the west")]
Y = Annotated[int, Path(ge=0, lt=2**24, description="Row, from the north")]


@router.get(
    "/tiles/{tile_set}@{content}/{z}/{x}/{y}.mvt",
    summary="One vector tile, gzipped",
    response_class=Response,
    responses={
        200: {"content": {MEDIA_TYPE: {}}, "description": "The tile"},
        204: {"description": "Nothing to draw here"},
    },
)
async def tile(  # the address has as many parts
    build: InUse,
    tile_set: Annotated[str, Path(description="basemap or areas", examples=["basemap"])],
    content: Annotated[str, Path(description="Hash of the content, from /release")],
    z: Z,
    x: X,
    y: Y,
) -> Response:
    """Read one tile; an address of an older build answers 404."""
    data = _tile_set(build.tiles.get(tile_set), tile_set, content).tile(z, x, y)
    if data is None:
        return Response(status_code=204, headers={"Cache-Control": FOR_EVER})
    headers = {"Cache-Control": FOR_EVER, "Content-Encoding": "gzip"}
    return Response(data, media_type=MEDIA_TYPE, headers=headers)


def _tile_set(found: TileSet | None, name: str, content: str) -> TileSet:
    if found is None or found.hash != content:
        raise NoSuchPath(
            f"there are no tiles {name}@{content}",
            hint="/api/v1/release names the tile sets of the build in use.",
        )
    return found
