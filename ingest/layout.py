"""Names of the files in a region's folder of builds, and in each build."""

from typing import Final

CURRENT: Final = "current"
"""Beside the builds: the id of the one in use, replaced in one step."""

BEFORE: Final = "before"
"""Beside the builds: ids of those in use before it, a line each, the last one last."""

HELD: Final = "held"
"""Beside the builds: the id of one that a person went back to, so that no timer replaces it."""

OWNER: Final = "owner"
"""Beside the builds: a mark by which a shared database knows whose builds are whose."""

MANIFEST: Final = "manifest.json"
DATABASE: Final = "atlas.sqlite"
NETWORKS: Final = "networks"
"""Folder of the street networks: a folder of arrays for every mode, named as the mode is."""

TRANSIT: Final = "transit"
"""Folder of the day's timetable on the walking network; a build without one has no such folder."""

MATRIX: Final = "matrix"
"""Folder of the times from all homes to all schools: a folder of arrays for every mode."""

BASEMAP: Final = "basemap.pmtiles"
AREAS: Final = "areas.pmtiles"
