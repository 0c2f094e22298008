"""What the service lists: publications, data sets, versions and their changes."""

import pytest

from ingest.education_statistics import find_data_sets
from ingest.errors import FetchFailed
from ingest.fetch import Wanted, fetch
from ingest.fetch.ees import StatisticsService
from tests.support.ees_rows import META
from tests.support.ees_server import DATA_SET, PUBLICATION, ROOT, Edition
from tests.support.naughty_server import File, web_page


@pytest.fixture
def asked(service, server, client):  # noqa: ARG001 - the service answers at the server
    return StatisticsService(client, server.url(ROOT))


def test_publications_are_found_by_words_of_their_title(asked):
    assert [each.title for each in asked.publications("absence")] == ["Pupil absence in schools"]
    assert len(list(asked.publications())) == 2
    with pytest.raises(FetchFailed, match=r"400 .*search: Too short\."):
        list(asked.publications("ab"))


def test_data_sets_of_a_publication_say_their_newest_version(service, asked):
    service.editions.append(Edition("1.1"))
    (found,) = asked.data_sets(PUBLICATION)
    assert (found.id, found.status, found.latest_version.version) == (DATA_SET, "Published", "1.1")
    assert asked.data_set(DATA_SET) == found


def test_a_deprecated_data_set_names_the_one_that_takes_its_place(service, asked):
    service.status, service.superseded_by = "Deprecated", "another"
    found = asked.data_set(DATA_SET)
    assert (found.status, found.superseding_data_set_id) == ("Deprecated", "another")


def test_every_version_is_listed_over_all_pages_the_latest_first(service, asked, server):
    service.editions = [Edition(f"1.{minor}") for minor in range(45)]
    listed = [each.version for each in asked.versions(DATA_SET)]
    assert listed == [f"1.{minor}" for minor in range(44, -1, -1)]
    pages = server.asked(f"{ROOT}/data-sets/{DATA_SET}/versions")
    assert [(each.query["page"], each.query["pageSize"]) for each in pages] == [
        ("1", "20"),
        ("2", "20"),
        ("3", "20"),
    ]


@pytest.mark.parametrize(
    ("wanted", "found"), [("*", "2.0"), ("1.*", "1.1"), ("1.0", "1.0"), ("2.*", "2.0")]
)
def test_a_wildcard_stands_for_the_newest_version_that_fits(service, asked, wanted, found):
    service.editions = [Edition("1.0"), Edition("1.1"), Edition("2.0")]
    assert asked.version(DATA_SET, wanted).version == found
    assert asked.version(DATA_SET, wanted).type == ("Minor" if found == "1.1" else "Major")


def test_changes_of_a_version_are_counted_by_what_changed(service, asked):
    changes = {
        "versionNumber": "2.0",
        "majorChanges": {"indicators": [{}], "locationOptions": [{}, {}], "filters": None},
        "minorChanges": {"timePeriods": [{}]},
    }
    service.editions.append(Edition("2.0", changes=changes))
    found = asked.changes(DATA_SET, "2.0")
    assert found.major_changes.counts() == {"indicators": 1, "location options": 2}
    assert found.minor_changes.counts() == {"time periods": 1}


def test_ids_are_explained_for_one_version(service, asked, server):
    service.editions.append(Edition("1.1", meta=META | {"filters": []}))
    assert [each.column for each in asked.meta(DATA_SET, "1.0").filters] == ["school_type"]
    assert asked.meta(DATA_SET, "1.1").filters == ()
    (first, _) = server.asked(f"{ROOT}/data-sets/{DATA_SET}/meta")
    assert first.query == {"dataSetVersion": "1.0"}


def test_data_sets_are_found_with_the_address_that_a_declaration_needs(service, server, client):
    service.editions.append(Edition("2.1"))
    root = server.url(ROOT)
    (found,) = find_data_sets("absence", client, root=root)
    assert (found.publication, found.version) == ("Pupil absence in schools", "2.1")
    assert found.address == f"{root}/data-sets/{DATA_SET}/csv?dataSetVersion=2.*"


def test_a_file_of_the_catalogue_is_a_plain_download_and_no_web_page(server, store, client):
    path = "/data-catalogue/data-set/84ee3cc9/csv"
    address = server.on(path, File(b"time_period,headcount\n", packed=True), web_page("Sorry"))
    wanted = Wanted("census", "2023-24", "pupils.csv", addresses=(address,))
    fetched = fetch(wanted, store=store, client=client)
    assert fetched.path.read_bytes() == b"time_period,headcount\n"
    assert fetched.receipt.file_name == "pupils.csv"
    with pytest.raises(FetchFailed, match="it is a web page titled 'Sorry'"):
        fetch(wanted, store=store, client=client)
