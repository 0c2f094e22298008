"""Asks the service: publications, data sets, versions, what ids mean, and rows page by page."""

import json
from collections.abc import Callable, Iterator
from typing import Final, TypeVar
from urllib.parse import quote, urlencode

from pydantic import BaseModel, ValidationError

from ingest.errors import FetchFailed
from ingest.fetch.client import Client
from ingest.fetch.ees.answers import Changes, DataSet, Meta, Page, Publication, Row, Version

ROWS_A_PAGE: Final = 5_000
"""Rows of a query asked for at a time; the service allows 10,000, and 60 s for an answer."""

LISTED_A_PAGE: Final = 20
"""Data sets and versions asked for at a time: the most that the service allows."""

PAUSE_S: Final = 0.5
"""Seconds between two pages."""

Answer = TypeVar("Answer", bound=BaseModel)
Item = TypeVar("Item", bound=BaseModel)


class StatisticsService:
    """The service at one address.

    Args:
        client: how to ask.
        root: address of the service with its version, such as ``https://…/statistics/v1``.
    """

    def __init__(self, client: Client, root: str) -> None:
        self._client = client
        self.root = root.rstrip("/")

    def publications(self, search: str = "") -> Iterator[Publication]:
        """List publications with data sets in the service, by a word in their title or summary."""
        wanted = {"search": search} if search else {}
        return self._listed("publications", Page[Publication], **wanted)

    def data_sets(self, publication_id: str) -> Iterator[DataSet]:
        """List the data sets of a publication."""
        return self._listed(f"publications/{quote(publication_id)}/data-sets", Page[DataSet])

    def data_set(self, data_set_id: str) -> DataSet:
        """Return what is said about a data set, with its latest version."""
        return self._get(f"data-sets/{quote(data_set_id)}", DataSet)

    def versions(self, data_set_id: str) -> Iterator[Version]:
        """List the versions of a data set, the latest first."""
        return self._listed(f"data-sets/{quote(data_set_id)}/versions", Page[Version])

    def version(self, data_set_id: str, version: str) -> Version:
        """Return one version, or the latest that ``1.*`` or ``*`` stands for."""
        return self._get(f"data-sets/{quote(data_set_id)}/versions/{quote(version)}", Version)

    def changes(self, data_set_id: str, version: str) -> Changes:
        """Return what a version changed, compared with the one before it."""
        below = f"data-sets/{quote(data_set_id)}/versions/{quote(version)}/changes"
        return self._get(below, Changes)

    def meta(self, data_set_id: str, version: str) -> Meta:
        """Return what the ids of a version stand for."""
        query = urlencode({"dataSetVersion": version})
        return self._get(f"data-sets/{quote(data_set_id)}/meta?{query}", Meta)

    def csv_address(self, data_set_id: str, version: str) -> str:
        """Say where one version of a whole data set is served as a file."""
        query = urlencode({"dataSetVersion": version})
        return f"{self.root}/data-sets/{quote(data_set_id)}/csv?{query}"

    def rows(
        self,
        data_set_id: str,
        version: str,
        query: dict[str, object],
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> Iterator[Row]:
        """Give every row that a query finds, page by page.

        Args:
            data_set_id: the data set.
            version: the one version that every page must be of.
            query: ``criteria``, ``indicators`` and ``sorts`` in the form of the protocol. The
                sorts must leave no two rows in an order of the service's choosing, or a row may
                come twice and another never.
            progress: called with rows had and rows in all.
        """
        pinned = urlencode({"dataSetVersion": version})
        address = f"{self.root}/data-sets/{quote(data_set_id)}/query?{pinned}"

        def ask(number: int) -> Page[Row]:
            posted = query | {"page": number, "pageSize": ROWS_A_PAGE}
            return _read(Page[Row], self._client.get_json(address, posted=posted), address)

        return self._paged(ask, address, progress)

    def _listed(self, below: str, kind: type[Page[Item]], **parameters: str) -> Iterator[Item]:
        def ask(number: int) -> Page[Item]:
            wanted = urlencode(parameters | {"page": number, "pageSize": LISTED_A_PAGE})
            return self._get(f"{below}?{wanted}", kind)

        return self._paged(ask, f"{self.root}/{below}", None)

    def _paged(
        self,
        ask: Callable[[int], Page[Item]],
        address: str,
        progress: Callable[[int, int], None] | None,
    ) -> Iterator[Item]:
        """Give the items of every page, and hold the service to the total it began with."""
        page = ask(1)
        total, had = page.paging.total_results, 0
        while True:
            yield from page.results
            had += len(page.results)
            if progress:
                progress(had, total)
            if had >= total or not page.results:
                break
            self._client.pause(PAUSE_S)
            before, page = page, ask(page.paging.page + 1)
            if page.paging.total_results != total or page.paging.page != before.paging.page + 1:
                raise _changed(address, f"{total:,} rows, then {page.paging.total_results:,}")
        if had != total:
            raise _changed(address, f"{total:,} rows and gave {had:,}")

    def _get(self, below: str, kind: type[Answer]) -> Answer:
        address = f"{self.root}/{below}"
        return _read(kind, self._client.get_json(address), address)


def _read(kind: type[Answer], said: object, address: str) -> Answer:
    try:
        return kind.model_validate(said)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"])) or "the whole"
        raise FetchFailed(
            f"{address} does not answer as its protocol says: {where}: {fault['msg']}; "
            f"it said {json.dumps(said)[:160]}",
            hint="look at the service's documentation: it may have a new version.",
        ) from None


def _changed(address: str, told: str) -> FetchFailed:
    return FetchFailed(
        f"{address} counted {told}: the data set changed between two pages",
        hint="try again: a new version was probably being published.",
    )
