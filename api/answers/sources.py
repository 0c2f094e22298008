"""Which sources stand behind which answers."""

from typing import Final

REGISTER: Final = "gias"
LINKS: Final = "gias_links"
POSTCODES: Final = "code_point_open"
STREETS: Final = "streets"
TIMETABLES: Final = "timetables"
AREAS: Final = ("lsoa21", "ward25", "district24")
