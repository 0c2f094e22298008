"""Write the settings that valhalla builds its tiles and answers with: `… TILES SETTINGS`."""

import json
import sys
from pathlib import Path

from valhalla import get_config

tiles, settings = sys.argv[1:]
Path(tiles).mkdir(parents=True, exist_ok=True)
config = get_config(tile_dir=tiles, tile_extract="")
config["mjolnir"].update(timezone="", admin="", landmarks="", concurrency=2)
config["additional_data"] = {}
limits = config["service_limits"]
limits["isochrone"].update(max_contours=10, max_time_contour=240)
for costing in ("auto", "pedestrian"):
    limits[costing].update(max_matrix_distance=2e7, max_matrix_location_pairs=10**8)
Path(settings).write_text(json.dumps(config), encoding="utf-8")
