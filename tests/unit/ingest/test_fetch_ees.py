"""Data sets of Explore Education Statistics are paged through into one file, in one version."""

import re

import pytest

from ingest.errors import FetchFailed
from ingest.fetch.ees.service import PAUSE_S, ROWS_A_PAGE
from tests.support.ees_rows import LONGER, META, ROWS, row
from tests.support.ees_server import DATA_SET, QUERY, ROOT, Edition, posted, table


def test_ids_become_the_columns_codes_and_labels_of_the_services_own_files(get):
    rows = table(get())
    assert len(rows) == len(ROWS)
    (school,) = (each for each in rows if each["geographic_level"] == "School")
    assert school == {
        "time_period": "202324",
        "time_identifier": "Academic year",
        "geographic_level": "School",
        "country_code": "E92000001",
        "country_name": "England",
        "new_la_code": "E06000017",
        "old_la_code": "857",
        "la_name": "Rutland",
        "school_urn": "900001",
        "school_laestab": "8572001",
        "school_name": "Dún Primary",
        "school_type": "Primary, all",
        "headcount": "201",
        "fsm_percent": "c",
    }
    (nation,) = (each for each in rows if each["geographic_level"] == "National")
    assert (nation["new_la_code"], nation["school_urn"], nation["headcount"]) == ("", "", "8000000")


def test_every_row_of_every_page_comes_once(service, server, get, waits):
    service.most = 2
    rows = table(get())
    assert sorted(each["headcount"] for each in rows) == sorted(
        each["values"]["04nTr"] for each in ROWS
    )
    assert [each["page"] for each in posted(server)] == [1, 2, 3]
    assert posted(server)[0]["pageSize"] == ROWS_A_PAGE
    assert waits == [PAUSE_S, PAUSE_S], "the service is not asked in one breath"


def test_rows_are_asked_for_in_an_order_that_leaves_nothing_to_chance(server, get):
    get()
    assert [each["field"] for each in posted(server)[0]["sorts"]] == [
        "timePeriod",
        "geographicLevel",
        "location|LA",
        "location|NAT",
        "location|SCH",
        "filter|gIyO9",
    ]


@pytest.mark.parametrize(
    ("query", "headcounts"),
    [
        ("geographicLevels.eq=SCH", ["201"]),
        ("geographicLevels.in=SCH&geographicLevels.in=NAT", ["201", "8000000"]),
        ("locations.eq=LA|code|E08000035", ["125000", "70000"]),
        ("locations.eq=LA|oldCode|857&geographicLevels.eq=LA", ["5400", "5500"]),
        ("locations.in=SCH|urn|900001", ["201"]),
        ("timePeriods.lt=2023/2024|AY", ["5500"]),
        ("timePeriods.gte=2023/2024|AY&filters.eq=uKR2K", ["201", "70000"]),
        ("filters.in=school_type|Primary,%20all", ["201", "70000"]),
        (
            'criteria={"or":[{"geographicLevels":{"eq":"SCH"}},'
            '{"not":{"filters":{"in":["school_type|Primary, all","1oX7c"]}}}]}',
            ["201"],
        ),
    ],
)
def test_the_address_says_which_rows(get, query, headcounts):
    assert sorted(each["headcount"] for each in table(get(query))) == headcounts


@pytest.mark.parametrize("name", ["fsm_percent", "9kVFg"])
def test_the_address_says_which_figures_by_column_or_id(get, name):
    rows = table(get(f"indicators={name}&geographicLevels.eq=NAT"))
    assert rows[0]["fsm_percent"] == "24.6"
    assert "headcount" not in rows[0]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("indicators=pupils", "has no indicator pupils; it has headcount, fsm_percent"),
        ("filters.eq=school_type|Secondary", "no filter option school_type|Secondary; it has"),
        ("filters.equals=1oX7c", "filters.equals is no condition of the service"),
        ("locations.eq=E06000017", "E06000017 is not written level|property|value"),
        ("timePeriods.eq=2023", "2023 is not written period|code"),
        ("criteria={", "criteria is not JSON"),
        ("criteria={}&filters.eq=1oX7c", "cannot stand beside other conditions"),
        ("geographicLevels.eq=WARD", "finds no row in version 1.0"),
    ],
)
def test_an_address_that_cannot_be_asked_says_what_is_wrong_with_it(get, query, says):
    with pytest.raises(FetchFailed, match=re.escape(says)):
        get(query)


def test_the_newest_version_is_settled_before_the_first_page_and_written_down(service, server, get):
    service.editions = [Edition("1.0"), Edition("1.1", LONGER), Edition("2.0", ROWS[:1])]
    fetched = get("dataSetVersion=1.*")
    assert fetched.receipt.etag == "1.1"
    assert len(table(fetched)) == len(LONGER)
    assert get().receipt.etag == "2.0"
    pinned = [request.query["dataSetVersion"] for request in server.asked(QUERY)]
    assert pinned == ["1.1", "2.0"]


def test_a_version_that_is_there_already_is_not_asked_for_again(server, get):
    first = get("dataSetVersion=1.*")
    again = get("dataSetVersion=1.*")
    assert again == first
    assert len(server.asked(QUERY)) == 1
    before = len(server.requests)
    get("dataSetVersion=1.0")
    assert len(server.asked(QUERY)) == 2, "another address"
    assert get("dataSetVersion=1.0").receipt.etag == "1.0"
    assert len(server.requests) == before + 2, "a pinned one needs no request at all"


def test_a_kind_of_place_that_is_new_gets_columns_of_its_code(service, get):
    group = {
        "level": {"code": "PFA", "label": "Police force area"},
        "options": [{"id": "Pf001", "label": "West Yorkshire", "code": "E23000010"}],
    }
    meta = META | {"locations": [*META["locations"], group]}
    rows = [row("2023/2024", "PFA", {"PFA": "Pf001"}, "1oX7c", "1", "1")]
    service.editions = [Edition("1.0", rows, meta)]
    (only,) = table(get())
    assert (only["pfa_code"], only["pfa_name"]) == ("E23000010", "West Yorkshire")
    assert list(only)[-4] == "pfa_name", "after the kinds of places that are known"


def test_a_whole_data_set_is_one_download_that_comes_packed(service, server, get):
    service.editions = [Edition("1.0"), Edition("1.1", csv=b"time_period\n202425\n")]
    fetched = get("dataSetVersion=1.0", what="csv")
    assert fetched.path.read_bytes() == Edition("1.0").csv
    assert (fetched.receipt.file_name, fetched.receipt.etag) == ("pupils.csv", "1.0")
    (asked,) = server.requests
    assert asked.query == {"dataSetVersion": "1.0"}
    assert asked.headers["accept-encoding"] == "gzip"


def test_a_whole_data_set_is_downloaded_once_a_version(service, server, get):
    first = get("dataSetVersion=1.*", what="csv")
    assert get("dataSetVersion=1.*", what="csv") == first
    path = f"{ROOT}/data-sets/{DATA_SET}/csv"
    assert len(server.asked(path)) == 1
    service.editions.append(Edition("1.1", csv=b"time_period\n202425\n"))
    second = get("dataSetVersion=1.*", what="csv")
    assert (second.receipt.etag, second.path.read_bytes()) == ("1.1", b"time_period\n202425\n")
    assert [each.query["dataSetVersion"] for each in server.asked(path)] == ["1.0", "1.1"]
    assert get(what="csv").receipt.etag == "1.1"
