import pytest

from travel.rules.tags import duration_s, one_way, speed_limit, width_m


@pytest.mark.parametrize(
    ("value", "mph"),
    [
        ("30 mph", 30),
        ("30mph", 30),
        ("GB:nsl_single", 60),
        ("GB:nsl_dual", 70),
        ("GB:motorway", 70),
        ("walk", 3),
        ("national", None),
        ("none", None),
        ("signals", None),
        ("", None),
    ],
)
def test_a_limit_as_signs_and_mappers_give_it_is_read(value: str, mph: float | None) -> None:
    limit = speed_limit(value)
    assert (limit.mph, limit.odd) == (mph, "")


def test_kilometres_an_hour_become_miles() -> None:
    assert speed_limit("48 km/h").mph == pytest.approx(29.8, abs=0.05)
    assert speed_limit("80").mph == pytest.approx(49.7, abs=0.05)


@pytest.mark.parametrize(
    ("value", "mph", "said"),
    [
        ("30 mph;40 mph", 30, "the lowest"),
        ("40 mph; fast", 40, "the lowest"),
        ("30", 30, "taken as mph"),
        ("fast", None, "no speed can be read"),
        ("-30 mph", None, "no speed can be read"),
        ("0", None, "no speed limit is that"),
        ("0.5 mph", None, "no speed limit is that"),
        ("300 mph", None, "no speed limit is that"),
        ("1e9", None, "no speed can be read"),
        ("30 mph @ (08:00-09:00)", None, "no speed can be read"),
        ("fast;slow", None, "no speed can be read"),
        ("٣٠", None, "no speed can be read"),
    ],
)
def test_a_limit_that_cannot_be_meant_is_named(value: str, mph: float | None, said: str) -> None:
    limit = speed_limit(value)
    assert limit.mph == mph
    assert said in limit.odd


def test_durations_and_widths_are_read_or_missing() -> None:
    assert [duration_s(text) for text in ("00:08", "8", "PT8M", "?", "", "-5")] == [
        480,
        480,
        480,
        0,
        0,
        0,
    ]
    assert [width_m(text) for text in ("2", "1.5 m", "narrow", "-1")] == [2, 1.5, None, None]


def test_one_way_is_along_against_both_or_unclear() -> None:
    assert [one_way(v) for v in ("yes", "1", "-1", "reverse", "no", "", "maybe")] == [
        *(1, 1, -1, -1, 0, 0),
        None,
    ]
