"""Which tags of an extract bear on travelling; all others are never looked at."""

FIRST_KEYS = ("highway", "barrier", "route")
"""A way or node without any of these is passed over, but for the ways that squares are made of."""

RESTRICTION_KEYS = (
    *("restriction:motorcar", "restriction:motor_vehicle", "restriction"),
    *("restriction:motorcar:conditional", "restriction:conditional"),
)
"""Keys that say what a restriction of turns is; the first that is there counts."""

WAY_KEYS = (
    *("highway", "route", "access", "foot", "oneway:foot", "motorroad", "area"),
    *("vehicle", "motor_vehicle", "motorcar", "bicycle", "wheelchair", "ramp:wheelchair"),
    *("oneway", "oneway:bicycle", "junction", "cycleway", "cycleway:left", "cycleway:right"),
    *("cycleway:both", "cycleway:left:oneway", "cycleway:right:oneway", "service", "surface"),
    *("smoothness", "width", "lit", "sidewalk", "maxspeed", "maxspeed:forward"),
    *("maxspeed:backward", "maxspeed:type", "source:maxspeed", "duration"),
    *("motor_vehicle:forward", "motor_vehicle:backward", "motor_vehicle:forward:conditional"),
    *("motor_vehicle:backward:conditional", "access:conditional", "vehicle:conditional"),
    *("motor_vehicle:conditional", "motorcar:conditional", "maxspeed:conditional"),
    *("oneway:conditional", "bridge", "tunnel", "sidewalk:both", "sidewalk:left", "sidewalk:right"),
)
"""Keys of a way that the rules look at; ways alike in all of them share one tag set."""

WALKED_ACROSS = frozenset({"pedestrian", "footway", "path"})
"""Classes of way that people cross at will where they are drawn as areas."""

NODE_KEYS = (
    *("barrier", "access", "foot", "locked", "vehicle", "motor_vehicle", "motorcar"),
    *("bicycle", "wheelchair", "kerb"),
)
"""Keys of a barrier that the rules look at."""

CONTROL_KEYS = ("highway", "crossing", "traffic_signals:direction")
"""Keys of a signal, crossing or small roundabout that the rules look at."""

CONTROLS = frozenset({"traffic_signals", "crossing", "mini_roundabout"})
"""Nodes where vehicles may have to wait."""
