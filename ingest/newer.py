"""Asks publishers whether they have anything newer than what is held, without downloading it.

Each server is asked one question after another, with a pause; several servers at once. No answer
of one is ever a reason not to hear the others.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Literal
from urllib.parse import urlsplit

from ingest.errors import AnsweredNo, FetchFailed
from ingest.fetch import Client, Patience, Receipt, release_in
from ingest.fetch.arcgis import is_feature_layer, last_edited
from ingest.fetch.ees import DataSetQuery, StatisticsService, is_data_set
from ingest.source import Release

POLITE: Final = Patience(connect_s=5.0, stall_s=15.0, tries=2, longest_wait_s=10.0)
"""A question is not worth more."""

PAUSE_S: Final = 0.25
"""Seconds between two questions to one server."""

AT_MOST_S: Final = 120.0
"""After so many seconds nobody is asked any more."""

AT_ONCE: Final = 6
"""Servers asked at one time."""

_NO_HEAD: Final = {
    HTTPStatus.FORBIDDEN,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.NOT_IMPLEMENTED,
}
"""What servers answer to a ``HEAD`` that would answer a ``GET``."""

_NONE: Final = "—"

Verdict = Literal["newer", "unchanged", "unknown", "no_answer"]


@dataclass(frozen=True, slots=True)
class Question:
    """Whether one file of a series has a newer version.

    Attributes:
        release: the file, with the addresses it may be at.
        held: receipts of the series.
    """

    release: Release
    held: tuple[Receipt, ...]

    @property
    def server(self) -> str:
        """Name the server of the first address."""
        return urlsplit(self.release.addresses[0]).netloc


@dataclass(frozen=True, slots=True)
class Answer:
    """What a publisher has: the verdict, and why."""

    verdict: Verdict
    says: str


def worth_asking(releases: Iterable[Release], held: Sequence[Receipt]) -> tuple[Question, ...]:
    """Make a question of each release that could be news.

    Releases of years before the newest one held are known, or were left out on purpose.
    """
    newest = max((each.release[:4] for each in held), default="")
    return tuple(
        Question(release, tuple(held))
        for release in releases
        if release.addresses and not _is_before(release.name[:4], newest)
    )


def _is_before(year: str, other: str) -> bool:
    return year.isdigit() and other.isdigit() and year < other


def ask_all(
    questions: Mapping[str, Iterable[Question]],
    client: Client,
    *,
    at_most_s: float = AT_MOST_S,
    clock: Callable[[], float] = time.monotonic,
) -> dict[str, Answer]:
    """Ask about every series; of several files the answer that matters most is given.

    Args:
        questions: about the files of each series, by source id.
        client: how to ask; see `POLITE`.
        at_most_s: seconds after which nobody is asked any more.
        clock: gives seconds.
    """
    stop = clock() + at_most_s
    by_server: dict[str, list[tuple[str, Question]]] = defaultdict(list)
    for source_id, asked in questions.items():
        for question in asked:
            by_server[question.server].append((source_id, question))

    def ask_server(asked: list[tuple[str, Question]]) -> list[tuple[str, Answer]]:
        return list(_one_after_another(asked, client, lambda: clock() > stop))

    answers: dict[str, list[Answer]] = defaultdict(list)
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        for told in pool.map(ask_server, by_server.values()):
            for source_id, answer in told:
                answers[source_id].append(answer)
    return {source_id: min(each, key=_weight) for source_id, each in answers.items()}


def ask(question: Question, client: Client) -> Answer:
    """Ask about one file at each of its addresses, until one is there or nobody answers."""
    trouble: list[str] = []
    for address in question.release.addresses:
        try:
            return _ask(address, question, client)
        except AnsweredNo as error:
            trouble.append(error.message)
        except FetchFailed as error:
            return Answer("no_answer", error.message)
    return Answer("no_answer", trouble[0])


def _one_after_another(
    asked: list[tuple[str, Question]], client: Client, is_late: Callable[[], bool]
) -> Iterator[tuple[str, Answer]]:
    for position, (source_id, question) in enumerate(asked):
        if is_late():
            yield source_id, Answer("no_answer", "not asked: the others took too long")
            continue
        if position:
            client.pause(PAUSE_S)
        yield source_id, ask(question, client)


def _weight(answer: Answer) -> int:
    order: tuple[Verdict, ...] = ("newer", "no_answer", "unknown", "unchanged")
    return order.index(answer.verdict)


def _ask(address: str, question: Question, client: Client) -> Answer:
    known = next((each for each in question.held if each.address == address), None)
    if is_feature_layer(address):
        return _compared(last_edited(client, address), known, question, "edited")
    if is_data_set(address):
        return _versions(address, known, client)
    return _file(address, known, question, client)


def _versions(address: str, known: Receipt | None, client: Client) -> Answer:
    """Compare the version held, or the one the declaration pins, with those published."""
    query = DataSetQuery.of(address)
    service = StatisticsService(client, query.root)
    published = [each for each in service.versions(query.data_set_id) if _is_out(each.status)]
    if not published:
        return Answer("unknown", "no version of the data set is published any more")
    newest = published[0].version
    ours = query.version if query.is_pinned else (known.etag if known else None)
    if ours is None:
        return Answer("unknown", f"version {newest} is there; which one is held is not written")
    if newest == ours:
        return Answer("unchanged", f"version {ours} is the newest")
    changes = service.changes(query.data_set_id, newest)
    told = [f"{count} {what}" for what, count in changes.major_changes.counts().items()]
    broke = f"; it changes or takes away {', '.join(told)}" if told else ""
    return Answer("newer", f"version {newest} is there, {ours} is in use{broke}")


def _is_out(status: str) -> bool:
    return status != "Withdrawn"


def _file(address: str, known: Receipt | None, question: Question, client: Client) -> Answer:
    headers = {}
    if known and known.etag:
        headers["If-None-Match"] = known.etag
    if known and known.last_modified:
        headers["If-Modified-Since"] = known.last_modified

    def attempt() -> tuple[int, str | None]:
        try:
            return _marks(client, address, headers, "HEAD")
        except AnsweredNo as error:
            if error.status not in _NO_HEAD:
                raise
            return _marks(client, address, headers, "GET")

    status, mark = client.retrying(attempt, address=address)
    if status == HTTPStatus.NOT_MODIFIED:
        return Answer("unchanged", "the server says that nothing changed")
    if known is None:
        return _by_name(address, mark, question)
    return _compared(mark, known, question, "marked")


def _marks(
    client: Client, address: str, headers: Mapping[str, str], method: Literal["HEAD", "GET"]
) -> tuple[int, str | None]:
    """Ask for a file's marks only: of a ``GET`` the body is not read."""
    with client.stream(address, headers, method=method) as response:
        told = response.headers
        return response.status_code, told.get("ETag") or told.get("Last-Modified")


def _compared(mark: str | None, known: Receipt | None, question: Question, how: str) -> Answer:
    if known is None:
        return _by_name(question.release.addresses[0], mark, question)
    if mark is None:
        return Answer("unknown", "it is there; the server does not say which version")
    if mark in (known.etag, known.last_modified):
        return Answer("unchanged", f"{how} {mark}, as held")
    return Answer("newer", f"{how} {mark}; held is {known.etag or known.last_modified or _NONE}")


def _by_name(address: str, mark: str | None, question: Question) -> Answer:
    """Compare by release, where another address or a mirror gave the file."""
    theirs = _release_at(address, question.release)
    held = {each.release for each in question.held}
    ours = max(held, default="")
    if not ours:
        return Answer("newer", f"release {theirs} is there, none is held")
    if theirs in held:
        return Answer("unchanged", f"release {theirs}, as held")
    if theirs[:4].isdigit() and ours[:4].isdigit() and theirs > ours:
        return Answer("newer", f"release {theirs} is there, {ours} is held")
    told = f", marked {mark}" if mark else ""
    return Answer("unknown", f"it is there{told}; held is {ours}, from another place")


def _release_at(address: str, release: Release) -> str:
    """Return the day in an address, which may be another than was hoped for; else the release."""
    day = release_in(urlsplit(address).path.rpartition("/")[2]) or ""
    return day if len(day) == len("2025-05-24") else release.name
