"""Write a tiny but whole build: a grid of streets where a block takes a minute, and what is on it.

The streets run 20 blocks east and 20 blocks north of a corner; ``at(3, 4)`` is the junction three
blocks east and four north of it, seven minutes' walk away.
"""

import gzip
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write as pmtiles_writer

from ingest.pipeline.steps.matrix import limit_minutes
from ingest.schema import SCHEMA_ID, TABLES
from ingest.store import Tables, store_of
from ingest.store.batches import batches_from
from tests.support import (
    tiny_balances,
    tiny_choices,
    tiny_figures,
    tiny_forecasts,
    tiny_rows,
    tiny_vintages,
)
from tests.support.tiny_networks import tiny_networks, tiny_transit
from tests.support.tiny_rows import BUILD_ID, REGION, TO_DEGREES, at
from tests.support.tiny_schools import LINKS, schools
from travel import Mode, Network
from travel.matrix import Points, make_matrix

__all__ = ["BUILD_ID", "REGION", "at", "use", "write_tiny_build"]


TILE = gzip.compress(b"not empty", mtime=0)


def write_tiny_build(
    home: Path,
    *,
    build_id: str = BUILD_ID,
    is_current: bool = True,
    made_up: bool = False,
    more: int = 0,
    database_url: str = "",
) -> Path:
    """Write a build and, as the pipeline does, take it into use by replacing ``current``.

    Args:
        home: the atlas's folder.
        build_id: its name.
        is_current: take it into use.
        made_up: say that its data are invented.
        more: postcodes to write besides the ten by hand, all within LS1.
        database_url: the PostgreSQL database that its tables go to, if not into a file.

    Returns:
        The build's folder.
    """
    folder = home / "builds" / REGION / build_id
    folder.mkdir(parents=True)
    networks = tiny_networks()
    for mode, network in networks.items():
        (folder / "networks" / mode).mkdir(parents=True)
        network.save(folder / "networks" / mode)
        _write_matrix(folder / "matrix" / mode, mode, network)
    tiny_transit().save(folder / "transit")
    build = tiny_rows.build(build_id, _degrees(networks["walk"].coverage)) | {"made_up": made_up}
    tables = _write_tables(folder, build, more, database_url)
    _write_tiles(folder / "basemap.pmtiles", zooms=(6, 14))
    _write_tiles(folder / "areas.pmtiles", zooms=(6, 12))
    (folder / "manifest.json").write_text(
        json.dumps(
            {
                "build_id": build_id,
                "schema_id": SCHEMA_ID,
                "steps": [],
                "database": asdict(tables),
            }
        )
    )
    if is_current:
        use(home, build_id)
    return folder


def use(home: Path, build_id: str) -> None:
    """Take a build into use."""
    current = home / "builds" / REGION / "current"
    beside = current.with_suffix(".new")
    beside.write_text(build_id)
    beside.replace(current)


def _write_matrix(folder: Path, mode: Mode, network: Network) -> None:
    homes = [row for row in tiny_rows.postcodes() if not row["is_outside"]]
    places = [row for row in schools() if row.get("x") and row["status"] != "closed"]
    make_matrix(
        network,
        Points(*(np.array([row[name] for row in homes]) for name in ("postcode", "x", "y"))),
        Points(*(np.array([row[name] for row in places]) for name in ("urn", "x", "y"))),
        limit_s=limit_minutes(mode) * 60,
        out=folder,
    )


def _write_tables(folder: Path, build: dict[str, Any], more: int, database_url: str) -> Tables:
    rows = {
        "build": [build],
        "authority": tiny_rows.AUTHORITIES,
        "source": tiny_rows.sources(made_up=build["made_up"]),
        "receipt": tiny_rows.RECEIPTS,
        "issue": tiny_rows.ISSUES,
        "change": tiny_rows.CHANGES,
        "area": tiny_rows.areas(),
        "measure": [*tiny_rows.MEASURES, *tiny_figures.MEASURES],
        "area_value": tiny_rows.AREA_VALUES,
        "postcode": [*tiny_rows.postcodes(), *tiny_rows.more_postcodes(more)],
        "place": tiny_rows.places(),
        "school": schools(),
        "school_link": LINKS,
        **tiny_figures.TABLES,
        **tiny_forecasts.TABLES,
        **tiny_balances.TABLES,
        **tiny_choices.TABLES,
        **tiny_vintages.TABLES,
    }
    with store_of(database_url).draft(
        folder, region_id=REGION, build_id=build["build_id"], owner="tiny"
    ) as draft:
        for table in TABLES:
            if table.name in rows:
                draft.load(table, batches_from(table, pd.DataFrame(rows[table.name])))
        return draft.finish()


def _degrees(metres: shapely.MultiPolygon) -> shapely.MultiPolygon:
    return shapely.transform(
        metres, lambda points: _columns(TO_DEGREES.transform(points[:, 0], points[:, 1]))
    )


def _columns(parts: tuple[Any, Any]) -> Any:
    return shapely.get_coordinates(shapely.points(*parts))


def _write_tiles(path: Path, *, zooms: tuple[int, int]) -> None:
    with pmtiles_writer(str(path)) as writer:
        for zoom in range(zooms[0], zooms[1] + 1):
            writer.write_tile(zxy_to_tileid(zoom, 0, 0), TILE)
        header = {
            "tile_type": TileType.MVT,
            "tile_compression": Compression.GZIP,
            "min_lon_e7": 0,
            "min_lat_e7": 0,
            "max_lon_e7": 0,
            "max_lat_e7": 0,
            "center_zoom": 6,
            "center_lon_e7": 0,
            "center_lat_e7": 0,
        }
        writer.finalize(header, {})
