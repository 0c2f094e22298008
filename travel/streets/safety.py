"""How much of what people walk along counts as safe, and how well that is known."""

import numpy as np

from travel.rules.classes import road_class_number
from travel.rules.safe import pavement, walk_safely
from travel.rules.walking import walk_on
from travel.streets.groundwork import Ground
from travel.streets.report import WalkCoverage


def walk_coverage(ground: Ground) -> WalkCoverage:
    """Measure the mapped ways that people may walk along."""
    mapped = slice(ground.n_mapped)
    sets = ground.extract.tag_sets
    tags, metres = ground.extract.way_tags[mapped], ground.way_m[mapped]
    is_there = np.array([each.get("highway") is not None for each in sets], np.bool_)
    is_open = is_there & np.array([not walk_on(each).reason for each in sets], np.bool_)
    is_road = is_open & np.array([road_class_number(each) > 0 for each in sets], np.bool_)
    has_pavement = np.array([pavement(each) != "unmapped" for each in sets], np.bool_)
    has_light = np.array(["lit" in each for each in sets], np.bool_)
    safe = np.array(
        [
            [not walk_safely(each, is_built_up=built_up).reason for each in sets]
            for built_up in (False, True)
        ]
    )
    is_safe = safe[ground.is_built_up[mapped].astype(np.intp), tags] & is_open[tags]
    return WalkCoverage(
        metres=float(metres[is_open[tags]].sum()),
        road_m=float(metres[is_road[tags]].sum()),
        pavement_mapped_m=float(metres[(is_road & has_pavement)[tags]].sum()),
        lit_mapped_m=float(metres[(is_road & has_light)[tags]].sum()),
        safe_m=float(metres[is_safe].sum()),
    )
