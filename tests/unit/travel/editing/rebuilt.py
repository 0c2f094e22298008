"""Networks of edited extracts, beside edited networks."""

import numpy as np
from numpy.testing import assert_allclose

from tests.unit.travel.hierarchy.places import on_every_edge, one_by_one, point_along
from travel import Network, snap


def assert_same_times(edited: Network, anew: Network, *, tolerance_s: float) -> None:
    """Both networks take as long between the middles and the quarters of their streets."""
    places = [on_every_edge(anew, fraction) for fraction in (0.3, 0.5)]
    edge = np.concatenate([each.edge for each in places])
    fraction = np.concatenate([each.fraction for each in places])
    at = fraction * anew.length_m[edge]
    xy = np.array([point_along(anew, int(e), float(m)) for e, m in zip(edge, at, strict=True)])
    one, other = (snap(each, xy[:, 0], xy[:, 1], max_m=0.5) for each in (edited, anew))
    if not one.is_on_street.all():  # of two parts as large as each other either may be kept
        assert edited.length_m.sum() > 1.5 * anew.length_m.sum()
        return
    found = one_by_one(edited, one, one, 20_000)
    assert_allclose(found, one_by_one(anew, other, other, 20_000), atol=tolerance_s, rtol=0)
