"""``atlas catchments`` on the tiny build, whose modelled choices are known."""

import csv
import json

from tests.support.tiny_figures import DALE, HILL


def test_every_school_has_a_line_and_how_well_the_model_tells_stands_below(atlas):
    code, out, err = atlas("catchments", "tiny")
    assert code == 0
    assert str(HILL) in out
    assert "pupils put in the right school" in err


def test_a_school_tells_its_small_areas_most_pupils_first(atlas):
    code, out, _ = atlas("catchments", "tiny", "--school", HILL, "--csv")
    assert code == 0
    rows = list(csv.DictReader(out.splitlines()))
    assert [(row["area_code"], row["pupils_expected"]) for row in rows] == [
        *(("E01000001", "60.0"), ("E01000002", "20.0")),
    ]


def test_an_area_tells_its_schools_the_largest_share_first_with_the_chance_of_an_offer(atlas):
    code, out, _ = atlas(
        "catchments", "tiny", "--area", "e01000001", "--phase", "primary", "--json"
    )
    assert code == 0
    first, second = json.loads(out)
    assert [(row["urn"], row["share_pct"]) for row in (first, second)] == [(HILL, 60), (DALE, 40)]
    assert first["chance_pct"] is not None
    assert second["chance_pct"] is None


def test_a_postcode_stands_for_its_small_area_with_the_chance_from_there(atlas):
    """Dale measures the way on foot, which only a home has and the middle of an area has not."""
    code, out, _ = atlas("catchments", "tiny", "--area", "le156ra", "--phase", "primary", "--json")
    assert code == 0
    told = {row["urn"]: row for row in json.loads(out)}
    assert told[DALE]["chance_pct"] is not None


def test_a_place_that_is_not_there_is_refused_with_what_may_be_meant(atlas):
    for where, says in (("E01999998", "E01999998"), ("LE15", "not a whole postcode")):
        code, _, err = atlas("catchments", "tiny", "--area", where)
        assert code == 1
        assert says in err
    code, _, err = atlas("catchments", "tiny", "--school", 999999)
    assert code == 1
    assert "URN 999999" in err
