"""What may be relied on: routes. A block of the tiny build's streets takes a minute on foot."""

import pytest

from tests.contract.conftest import Reader
from tests.support.tiny_build import at
from travel import MODES

pytestmark = pytest.mark.anyio

HILL, FADING, BEYOND, NOWHERE = 120001, 120008, 120011, 120009


async def test_the_way_from_a_postcode_to_a_school_is_a_line_with_its_measures(
    read: Reader,
) -> None:
    found = await read(f"/postcodes/LE156HP/route-to/{HILL}")
    assert (found["type"], found["geometry"]["type"]) == ("Feature", "LineString")
    says = found["properties"]
    assert (says["minutes"], says["metres"], says["mode"]) == (7.0, 560, "walk")
    assert says["sentence"] == (
        "From LE15 6HP to Hill Primary School: 7 minutes on foot, 560 m, crosses no main roads."
    )
    assert (says["climb_m"], says["descent_m"], says["roads_crossed"]) == (None, None, 0)
    assert found["origin"]["label"] == "LE15 6HP"
    assert found["destination"]["urn"] == HILL
    assert sum(each["metres"] for each in says["stretches"]) == 560
    assert found["sources"] == ["gias", "streets", "code_point_open"]


async def test_the_line_begins_at_the_start_and_ends_at_the_school(read: Reader) -> None:
    found = await read(f"/postcodes/LE156HP/route-to/{HILL}")
    line = found["geometry"]["coordinates"]
    for end, place in ((line[0], found["origin"]), (line[-1], found["destination"])):
        assert end == pytest.approx([place["lon"], place["lat"]], abs=2e-6)
    assert len(line) >= 3


async def test_a_point_is_a_start_too(read: Reader) -> None:
    here = at(3, 4)
    found = await read(f"/route-to/{FADING}", lon=here["lon"], lat=here["lat"])
    assert found["origin"]["label"] == "this point"
    assert found["properties"]["sentence"].startswith("From this point to Fading School: ")


@pytest.mark.parametrize("mode", MODES)
async def test_a_way_takes_what_the_list_of_schools_says(read: Reader, mode: str) -> None:
    listed = await read("/postcodes/LE156HP/reachable-schools", minutes=30, mode=mode)
    assert listed["items"]
    for item in listed["items"]:
        found = await read(f"/postcodes/LE156HP/route-to/{item['urn']}", mode=mode)
        says = found["properties"]
        assert abs(says["seconds"] - item["seconds"]) <= 1  # kept times: searched the other way
        assert abs(says["metres"] - item["metres"]) <= 1
        assert found["method"] == listed["method"]
        assert (says["roads_crossed"] is None) == (mode in ("drive", "school_run"))


async def test_from_a_school_to_itself_the_line_has_ends_but_no_length(read: Reader) -> None:
    here = at(0, 0) | (await read(f"/schools/{HILL}"))
    found = await read(f"/route-to/{HILL}", lon=here["lon"], lat=here["lat"])
    assert found["properties"]["metres"] <= 1
    assert len(found["geometry"]["coordinates"]) >= 2


async def test_a_place_beyond_the_streets_is_named_whichever_end_it_is(read: Reader) -> None:
    start = await read(f"/postcodes/PE91AA/route-to/{HILL}", answers=422)
    goal = await read(f"/postcodes/LE156HP/route-to/{BEYOND}", answers=422)
    assert (start["type"], goal["type"]) == ("outside-coverage", "outside-coverage")
    assert "PE9 1AA" in start["detail"]
    school = await read(f"/schools/{BEYOND}")
    assert school["name"] in goal["detail"]


@pytest.mark.parametrize(
    ("path", "parameters", "status", "kind"),
    [
        ("/postcodes/LE156HP/route-to/999999", {}, 404, "not-in-atlas"),
        (f"/postcodes/LE1/route-to/{HILL}", {}, 422, "bad-parameter"),
        (f"/postcodes/LE156HP/route-to/{NOWHERE}", {}, 422, "no-position"),
        (f"/postcodes/LE156HP/route-to/{HILL}", {"mode": "fly"}, 422, "bad-parameter"),
        (f"/route-to/{HILL}", {"lon": "-0.7"}, 422, "bad-parameter"),
        (f"/route-to/{HILL}", {"lon": "52.67", "lat": "-0.73"}, 422, "bad-parameter"),
        (f"/route-to/{HILL}", {"lon": "nan", "lat": "52.67"}, 422, "bad-parameter"),
    ],
)
async def test_what_cannot_be_answered_is_a_problem(
    read: Reader, path: str, parameters: dict[str, str], status: int, kind: str
) -> None:
    assert (await read(path, answers=status, **parameters))["type"] == kind


async def test_a_walk_takes_young_children_longer(read: Reader) -> None:
    found = (await read(f"/postcodes/LE156HP/route-to/{HILL}"))["properties"]
    assert found["minutes"] == 7.0
    by_age = {each["ages"]: each["minutes"] for each in found["minutes_by_age"]}
    assert by_age == {"5 to 7": 9.1, "8 to 10": 7.8, "11 and over": 7.0}  # 0.77, 0.90 of the pace
    driven = (await read(f"/postcodes/LE156HP/route-to/{HILL}", mode="drive"))["properties"]
    assert driven["minutes_by_age"] == []
