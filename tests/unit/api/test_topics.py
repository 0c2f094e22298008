"""Which figures are held against others in words."""

import pytest

from api.answers.topics import compared
from api.schemas.figures import Figure, FigureContext, FigurePoint

ORIGIN = {"source_id": "school_census", "receipt": None, "release": "2018/19"}


def girls(value: float) -> Figure:
    """Return the share of girls of a school, beside England's."""
    here = {**ORIGIN, "period": "2018/19", "low": None, "high": None}
    point = FigurePoint(
        **here,
        value=value,
        cohort=200,
        status="measured",
        words=f"{value}%",
        published_urn=100000,
        published_name=None,
    )
    england = FigureContext(
        **here, kind="england", name="England", value=49.0, schools=None, words="49%"
    )
    return Figure(
        measure="census_girls_pct",
        title="Girls",
        says=None,
        unit="%",
        decimals=0,
        polarity=None,
        method=None,
        is_headline=True,
        points=[point],
        context=[england],
    )


@pytest.mark.parametrize("value", [0.0, 100.0])
def test_nobody_is_told_that_a_boys_school_has_fewer_girls_than_england(value: float) -> None:
    assert compared(girls(value)) is None


def test_the_girls_of_a_mixed_school_are_held_against_england() -> None:
    told = compared(girls(30.0))
    assert told is not None
    assert [one.value for one in told.beside] == [49.0]
