"""The walk to the nearest school in whole builds of the tiny place, by hand.

Over the Border Primary, at (2400, 1000), lies beyond the streets, which end at 2000. Postcodes lie
at (100 + 250 i, 110 + 250 j); a way leads 100 m west to a street that runs north, then along
the streets, at 80 m a minute.
"""

import pytest


@pytest.fixture
def values(built):
    rows = built.query(
        "select area_code, value, status from area_value where measure = 'walk_to_primary'"
    )
    return {code: (value, status) for code, value, status in rows}


def test_far_from_the_edge_nothing_changes(values):
    """The longest way in the south west, from (850, 860), is 100 + 610 + 500 = 1,210 m.

    Straight to the school over the border it is 1,556 m: no postcode loses its value, and the
    median is still 710 m.
    """
    assert values["E01099001"] == (8.9, "estimated")


def test_beside_the_edge_there_is_no_value_where_a_school_beyond_it_may_be_nearer(values):
    """In the south east, the nearest primary by street is at (250, 250) or (1250, 1750).

    From (100 + 250 i, 110 + 250 j), i = 4 to 7, j = 0 to 3, with its street at x = 250 i:

    - to (250, 250): 100 + 250 (i - 1) + 140, 110, 360 or 610 m up or down;
    - to (1250, 1750): 100 + |250 i - 1250| + 1640, 1390, 1140 or 890 m.

    The shorter of the two in metres, against the straight line to (2400, 1000):

    ====== ================= ================= ================= =================
    j      i = 4 (1100)      i = 5 (1350)      i = 6 (1600)      i = 7 (1850)
    ====== ================= ================= ================= =================
    0      990 / 1575 kept   1240 / 1376 kept  1490 / 1197 lost  1740 / 1046 lost
    1      960 / 1449 kept   1210 / 1230 kept  1460 / 1024 lost  1710 / 844 lost
    2      1210 / 1357 kept  1240 / 1120 lost  1490 / 890 lost   1740 / 674 lost
    3      1240 / 1308 kept  990 / 1059 kept   1240 / 812 lost   1490 / 568 lost
    ====== ================= ================= ================= =================

    Nine of sixteen are lost, more than half: the area has no value. Without the rule it had one
    of 1,240 m, 15.5 minutes.
    """
    assert values["E01099002"] == (None, "unavailable")


def test_where_enough_postcodes_keep_a_value_the_median_is_theirs(values):
    """In the north east, j = 4 to 7, the nearest by street is always (1250, 1750).

    The way is 100 + |250 i - 1250| + 640, 390, 140 or 110 m (|y - 1750| for y = 1110, 1360,
    1610, 1860).

    ====== ================= ================= ================= =================
    j      i = 4 (1100)      i = 5 (1350)      i = 6 (1600)      i = 7 (1850)
    ====== ================= ================= ================= =================
    4      990 / 1305 kept   740 / 1056 kept   990 / 808 lost    1240 / 561 lost
    5      740 / 1349 kept   490 / 1110 kept   740 / 877 kept    990 / 657 lost
    6      490 / 1436 kept   240 / 1214 kept   490 / 1006 kept   740 / 821 kept
    7      460 / 1559 kept   210 / 1357 kept   460 / 1175 kept   710 / 1021 kept
    ====== ================= ================= ================= =================

    Thirteen are kept: 210, 240, 460, 460, 490, 490, 490, 710, 740 ...; the seventh is 490 m,
    6.1 minutes. With the three lost, and without the rule, it was (710 + 740) / 2 = 725 m, 9.1.
    """
    assert values["E01099004"] == (6.1, "estimated")


def test_the_method_says_where_there_is_no_value(built):
    told = built.query("select method from measure where measure like 'walk_to_%'")
    assert len(told) == 2
    assert all("beyond the streets loaded" in method for (method,) in told)
