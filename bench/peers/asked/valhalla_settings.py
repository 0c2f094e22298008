"""Write the settings that valhalla prepares a folder and answers with: `… FOLDER SETTINGS`."""

import json
import sys
from pathlib import Path

from valhalla import get_config

folder, settings = map(Path, sys.argv[1:])
tiles = folder / "tiles"
tiles.mkdir(exist_ok=True)
config = get_config(tile_dir=str(tiles), tile_extract="")
config["mjolnir"].update(admin=str(folder / "country.sqlite"), concurrency=2)
config["mjolnir"].update(timezone="", landmarks="")
config["additional_data"] = {}
limits = config["service_limits"]
limits["isochrone"].update(max_contours=10, max_time_contour=240)
for costing in ("auto", "pedestrian"):
    limits[costing].update(max_matrix_distance=2e7, max_matrix_location_pairs=10**8)
settings.write_text(json.dumps(config), encoding="utf-8")
