"""Planning areas of a whole build of a place whose authority has published none."""

import shapely


def _outlines(built):
    """Return the outlines of each phase."""
    rows = built.query("select phase, geometry, basis, version from planning_area")
    assert {basis for _, _, basis, _ in rows} == {"reconstructed"}
    assert all(len(version) == 12 for *_, version in rows)
    return {
        phase: [shapely.from_wkb(bytes(wkb)) for of, wkb, *_ in rows if of == phase and wkb]
        for phase in ("primary", "secondary")
    }


def _small_areas(built):
    rows = built.query("select geometry from area where kind = 'lsoa21' and is_outside = 0")
    return shapely.union_all([shapely.from_wkb(bytes(wkb)) for (wkb,) in rows])


def test_every_small_area_is_in_one_planning_area_of_each_phase(built):
    whole = _small_areas(built)
    for outlines in _outlines(built).values():
        assert shapely.union_all(outlines).symmetric_difference(whole).area < 1e-9
        assert sum(each.area for each in outlines) == shapely.union_all(outlines).area


def test_state_schools_of_the_phase_are_in_one_and_no_others(built):
    members = built.query(
        "select urn from planning_area_school where phase = 'primary' order by urn"
    )
    schools = built.query(
        "select urn from school where sector = 'state' and phase in ('primary', 'all_through') "
        "and status <> 'closed' and is_outside = 0 and x is not null order by urn"
    )
    assert members == schools
    assert members
