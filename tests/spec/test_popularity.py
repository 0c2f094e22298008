"""How much schools are wanted, worked by hand."""

import numpy as np
import pytest

from planning.choice.model import Options
from planning.choice.popularity import first_preferences, wanted_more


def test_published_first_preferences_say_how_much_a_school_is_wanted() -> None:
    """100 children could go to either of two schools and so far like both alike: 50 would name each
    first. Published are 80 and 20, four times as many. So the first school's constant is moved by
    the logarithm of four against the second's, which is 1.386
    (``planning.choice.popularity.wanted_more``; Berry, Levinsohn and Pakes 1995)."""
    options = Options(
        school=np.array([[0, 1]]),
        is_option=np.array([[True, True]]),
        attributes=np.zeros((0, 1, 2)),
        journey=np.zeros((1, 2)),
        admits=np.array([[True, True]]),
        kind_share=np.array([1.0]),
    )
    liking, children = np.zeros((1, 2)), np.array([100.0])
    assert list(first_preferences(options, liking, children)) == [50.0, 50.0]
    moved = wanted_more(options, liking, children, np.array([80.0, 20.0]))
    assert moved[0] - moved[1] == pytest.approx(np.log(4), abs=1e-6)
    assert first_preferences(options, liking + moved, children) == pytest.approx([80.0, 20.0])
