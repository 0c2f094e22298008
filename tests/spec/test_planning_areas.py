"""Planning areas made from schools, on points worked by hand."""

import numpy as np

from planning.areas import area_of_homes, grouped, links, with_straight_lines

STREET_M = (0.0, 200.0, 400.0, 5_000.0, 5_200.0, 5_400.0)
"""Six schools along a road: three in a village, three in the next one, 5 km on."""

HOMES_M = (0.0, 100.0, 300.0, 4_900.0, 5_100.0, 5_500.0)
"""Six small areas along the same road."""


def _seconds(limit_m: float = np.inf) -> np.ndarray:
    metres = np.abs(np.subtract.outer(HOMES_M, STREET_M))
    return np.where(metres <= limit_m, metres, np.nan)


def _points() -> np.ndarray:
    return np.column_stack([STREET_M, np.zeros(len(STREET_M))])


def test_schools_with_the_same_homes_near_them_belong_together() -> None:
    """Small areas at 0, 100 and 300 m have schools 1 and 2, 1 and 2, and 2 and 3 nearest.

    So schools 1 and 2 share two of them, 2 and 3 share one, 1 and 3 none; no school of one village
    shares any with one of the other. At 300 m schools 2 (200 m) and 3 (400 m) are the nearest.
    """
    linked = links(_seconds(), nearest=2)
    assert linked[0, 1] == 2
    assert linked[1, 2] == 1
    assert linked[0, 2] == 0
    assert linked[:3, 3:].sum() == 0


def test_the_smallest_area_joins_the_one_it_shares_most_homes_with() -> None:
    """With two schools at least, 1 and 2 join, then 3 joins them: it shares a home with school 2.

    The other village does likewise, so that there are two areas of three schools each.
    """
    area = grouped(links(_seconds(), nearest=2), _points(), least=2)
    assert area.tolist() == [0, 0, 0, 1, 1, 1]


def test_an_area_that_shares_no_home_joins_the_nearest() -> None:
    """If an area has four schools at least, the two villages are one, though no home is shared."""
    area = grouped(links(_seconds(), nearest=2), _points(), least=4)
    assert area.tolist() == [0] * 6


def test_schools_fewer_than_an_area_needs_are_one_area() -> None:
    """Two schools 9 km apart, where an area has four at least, make one area of two."""
    area = grouped(np.zeros((2, 2)), np.array([[0.0, 0.0], [9_000.0, 0.0]]), least=4)
    assert area.tolist() == [0, 0]


def test_a_small_area_is_drawn_to_its_nearest_school() -> None:
    """The small area at 4,900 m is 100 m from the school at 5,000 m: it goes to its village."""
    area = np.array([0, 0, 0, 1, 1, 1])
    assert area_of_homes(_seconds(), area).tolist() == [0, 0, 0, 1, 1, 1]


def test_where_no_school_can_be_reached_there_is_no_area() -> None:
    """A small area from which no way is known, by street or straight line, is in none."""
    nowhere = np.full((1, 2), np.nan)
    assert area_of_homes(nowhere, np.array([0, 1])).tolist() == [-1]


def test_straight_lines_stand_behind_the_walks_that_are_known() -> None:
    """A home with one school 900 s away, and two that no street leads to, 300 m and 200 m off.

    900 s is the longest walk found, so that the others count as 1,200 s and 1,100 s.
    """
    seconds = np.array([[np.nan, 900.0, np.nan]])
    metres = np.array([[300.0, 700.0, 200.0]])
    assert with_straight_lines(seconds, metres).tolist() == [[1_200.0, 900.0, 1_100.0]]
