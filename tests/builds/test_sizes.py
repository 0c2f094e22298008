"""A series that grew or shrank is told of; one that is mostly gone is not taken into use."""

import shutil

import pytest

from ingest.errors import CheckFailed
from ingest.pipeline.build import BuildOptions, build_region
from ingest.pipeline.reporter import Silent
from tests.builds.conftest import on_both_databases

pytestmark = [on_both_databases, pytest.mark.long]

SIZES = (
    "select subject, says, severity from issue where rule = 'size of a series' and step = 'files'"
)


def links(place, count):
    """Write a register of links that has this many: the schools before Northgate Primary."""
    rows = [f'900002,{900_100 + each},"Old","Predecessor","01-09-2020"' for each in range(count)]
    head = '"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"'
    path = place.mirror / "gias" / "links_edubasealldata20250422.csv"
    path.write_text("\r\n".join([head, *rows, ""]), encoding="cp1252")


def sizes(place):
    return place.query(SIZES)


def test_a_series_that_grew_or_shrank_by_more_than_a_fifth_is_in_the_issue_log(place):
    links(place, 5)
    place.build()
    assert sizes(place) == [
        (
            "gias_links",
            "5 rows instead of 2 (150 % more), compared with the build in use before",
            "warning",
        )
    ]
    links(place, 4)
    place.build()
    assert sizes(place) == []
    links(place, 3)
    place.build()
    assert [says.partition(",")[0] for _, says, _ in sizes(place)] == [
        "3 rows instead of 4 (25 % fewer)"
    ]


def test_a_series_of_which_more_than_half_is_gone_is_not_taken_into_use_unless_told(place):
    links(place, 5)
    in_use = place.build().build_id
    links(place, 2)
    for _ in range(2):
        with pytest.raises(CheckFailed, match="gias_links: 2 rows instead of 5") as refused:
            place.build()
        assert "atlas build --may-shrink" in str(refused.value)
        assert place.builds.current() == in_use
    assert place.build(may_shrink=True).build_id == place.builds.current() != in_use
    assert len(sizes(place)) == 1


def test_a_series_that_can_no_longer_be_had_is_not_done_without_unless_told(place):
    in_use = place.builds.current()
    shutil.rmtree(place.mirror / "gtfs")
    with pytest.raises(CheckFailed, match="timetables: 0 rows instead of ") as refused:
        place.build()
    assert "say `--without` and its name" in str(refused.value)
    assert place.builds.current() == in_use
    options = BuildOptions(
        may_shrink=True, without=("timetables",), database_url=place.database_url
    )
    build_region(
        place.region, home=place.home, mirror=place.mirror, reporter=Silent(), options=options
    )
    assert place.builds.current() != in_use
    assert sizes(place) == []
