"""Where a region's heights of the ground come from."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator


class Elevation(BaseModel):
    """Where heights of the ground come from; without them the ground is level.

    Attributes:
        rasters: grids of metres above sea level: ``.asc`` on the British grid, plain or in
            archives as Ordnance Survey publishes OS Terrain 50, or GeoTIFFs in any projection;
            absolute or relative to where the atlas is started.
        node_file: a CSV file with the height of each node of the street extract.
        node_column: its column of node numbers.
        height_column: its column of metres.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rasters: tuple[str, ...] = ()
    node_file: str = ""
    node_column: str = "node_id"
    height_column: str = "height_m"

    @model_validator(mode="after")
    def _names_one(self) -> "Elevation":
        if not (self.rasters or self.node_file):
            raise ValueError("needs `rasters` or `node_file`")
        return self

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file named."""
        return tuple(map(Path, (*self.rasters, *filter(None, (self.node_file,)))))
