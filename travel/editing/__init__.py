"""Networks edited for a scenario, without building them again."""

from travel.editing.closing import change_speed, close_edges
from travel.editing.finding import edges_along, edges_at
from travel.editing.joining import add_gate, add_street

__all__ = [
    "add_gate",
    "add_street",
    "change_speed",
    "close_edges",
    "edges_along",
    "edges_at",
]
