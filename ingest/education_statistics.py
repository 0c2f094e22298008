"""Where Explore Education Statistics is, for declarations, and how to find a data set in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.fetch import Client
from ingest.fetch.ees import StatisticsService

SERVICE: Final = "https://api.education.gov.uk/statistics/v1"
CATALOGUE: Final = "https://explore-education-statistics.service.gov.uk/data-catalogue"
FIRST: Final = "1.*"
"""The newest version that keeps what the first one promised."""


@dataclass(frozen=True, slots=True)
class FoundDataSet:
    """A data set that can be named in a declaration.

    Attributes:
        publication: title of what it is published under.
        title: its own title.
        version: the newest; empty where none is published.
        status: Published, Deprecated or Withdrawn.
        rows: rows of the newest version.
        address: of the whole data set, in its newest version of the same major number.
    """

    publication: str
    title: str
    version: str
    status: str
    rows: int
    address: str


def data_set_csv(data_set_id: str, version: str = FIRST) -> str:
    """Return the address of a whole data set.

    >>> data_set_csv("6a1f4a0e", "2.*")
    'https://api.education.gov.uk/statistics/v1/data-sets/6a1f4a0e/csv?dataSetVersion=2.*'
    """
    return f"{SERVICE}/data-sets/{data_set_id}/csv?dataSetVersion={version}"


def catalogue_csv(file_id: str) -> str:
    """Return the address of one file of the catalogue.

    >>> catalogue_csv("84ee3cc9").removeprefix(CATALOGUE)
    '/data-set/84ee3cc9/csv'
    """
    return f"{CATALOGUE}/data-set/{file_id}/csv"


def find_data_sets(search: str, client: Client, *, root: str = SERVICE) -> Iterator[FoundDataSet]:
    """Give the data sets of publications that have words in their title or summary.

    Args:
        search: at least three letters.
        client: how to ask.
        root: address of the service.

    Raises:
        FetchFailed: the service refuses, or does not answer.
    """
    service = StatisticsService(client, root)
    for publication in service.publications(search):
        for found in service.data_sets(publication.id):
            newest = found.latest_version
            version = newest.version if newest else ""
            major = version.partition(".")[0] or FIRST[0]
            yield FoundDataSet(
                publication=publication.title,
                title=found.title,
                version=version,
                status=found.status,
                rows=newest.total_results if newest else 0,
                address=f"{root}/data-sets/{found.id}/csv?dataSetVersion={major}.*",
            )
