"""A series whose file changed stops a build, which can go on without it; its values name files."""

import pytest

from ingest.errors import SourceChanged
from ingest.pipeline.build import BuildOptions, build_region
from ingest.pipeline.reporter import Silent

HEADER = "LA,ESTAB,URN,PERCTOT,PPERSABS10"


@pytest.fixture
def school(place):
    """Return the URN of a school of the tiny place."""
    return place.query("select min(urn) from school where status = 'open'")[0][0]


def write(place, school, header=HEADER):
    folder = place.mirror / "performance_tables" / "2018-2019"
    folder.mkdir(parents=True, exist_ok=True)
    rows = [f"857,2001,{school},4.2,SUPP", "857,2002,199999,5,9", "NAT,PRI,,4,8.2"]
    (folder / "england_abs.csv").write_text("\n".join([header, *rows]) + "\n")


def test_a_value_has_its_period_its_status_its_release_and_its_file(place, school):
    write(place, school)
    place.build()
    found = place.query(
        "select v.measure, v.period, v.value, v.status, r.release, r.file_name from school_value v "
        "join receipt r on r.receipt = v.receipt where r.source_id = 'absence' order by v.measure"
    )
    file = ("2018/19", "england_abs.csv")
    assert found == [
        ("absence_overall_pct", "2018/19", 4.2, "measured", *file),
        ("absence_persistent_pct", "2018/19", None, "suppressed", *file),
    ]
    assert place.query(
        "select area_code, value from authority_value where measure = 'absence_overall_pct_primary'"
    ) == [("E92000001", 4.0)]
    assert place.query("select says from measure where measure = 'absence_overall_pct'") != []


def test_a_column_that_was_renamed_stops_the_build_unless_told_to_go_without(place, school):
    in_use = place.builds.current()
    write(place, school, HEADER.replace("PERCTOT", "PERCTOTAL"))
    with pytest.raises(SourceChanged, match=r"no column PERCTOT \(.*PERCTOTAL") as stopped:
        place.build()
    assert "--without absence" in str(stopped.value)
    assert place.builds.current() == in_use
    made = build_region(
        place.region,
        home=place.home,
        mirror=place.mirror,
        reporter=Silent(),
        options=BuildOptions(without=("absence",), database_url=place.database_url),
    )
    assert place.builds.current() == made.build_id
    assert place.query("select count(*) from school_value") == [(0,)]


def test_a_column_that_is_new_stops_the_build_until_somebody_has_looked(place, school):
    write(place, school)
    in_use = place.build().build_id
    write(place, school, HEADER.replace("PPERSABS10", "PPERSABS10,PSEVABS"))
    with pytest.raises(
        SourceChanged, match=r"absence: england_abs\.csv has columns .*: PSEVABS\n"
    ) as stopped:
        place.build()
    assert "--new-columns absence" in str(stopped.value.hint)
    assert "--without absence" in str(stopped.value.hint)
    assert place.builds.current() == in_use
    build_region(
        place.region,
        home=place.home,
        mirror=place.mirror,
        reporter=Silent(),
        options=BuildOptions(new_columns=("absence",), database_url=place.database_url),
    )
    assert place.builds.current() != in_use
    looked_at = place.build().build_id
    assert place.builds.current() == looked_at


def test_a_renamed_column_is_told_with_the_one_that_was_there_before(place, school):
    write(place, school)
    place.build()
    write(place, school, HEADER.replace("PERCTOT", "PERCTOTAL"))
    with pytest.raises(SourceChanged, match="PERCTOTAL, and has no longer PERCTOT") as stopped:
        place.build()
    assert (stopped.value.added, stopped.value.missing) == (("PERCTOTAL",), ("PERCTOT",))
