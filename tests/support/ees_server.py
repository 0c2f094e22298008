"""Explore Education Statistics, as its public documentation describes it, for one data set.

    with NaughtyServer() as server:
        service = StatisticsServer([edition("1.0")])
        root = service.serve(server)

Trouble is put before it: ``server.on(path, Status(503), service)``.
"""

import csv
import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from ingest.fetch import Fetched
from tests.support.ees_rows import META, ROWS
from tests.support.naughty_server import Handler, NaughtyServer, Request

ROOT = "/statistics/v1"
DATA_SET = "6a1f4a0e-0d5c-4b8f-9f57-2f1d5c3b7e11"
PUBLICATION = "cbbd299f-8297-44bc-92ac-558bcf51f8ad"
QUERY = f"{ROOT}/data-sets/{DATA_SET}/query"


@dataclass(frozen=True)
class Edition:
    """One version of the data set."""

    version: str
    rows: list[dict[str, Any]] = field(default_factory=lambda: ROWS)
    meta: dict[str, Any] = field(default_factory=lambda: META)
    csv: bytes = b"time_period,headcount\n202324,5400\n"
    status: str = "Published"
    changes: dict[str, Any] = field(
        default_factory=lambda: {"majorChanges": {}, "minorChanges": {"filters": None}}
    )


@dataclass
class StatisticsServer:
    """The service.

    Attributes:
        editions: versions of the data set, the oldest first.
        most: rows given a page, whatever is asked.
        between: called with the number of the page about to be given.
        ignores_pins: answers queries from the latest version, whichever was asked for.
        total: what it says it counts, where not the truth.
    """

    editions: list[Edition]
    most: int = 10_000
    between: Callable[[int], None] = lambda _: None
    ignores_pins: bool = False
    total: int | None = None
    superseded_by: str | None = None
    status: str = "Published"

    def serve(self, server: NaughtyServer) -> str:
        server.otherwise = self
        return server.url(ROOT)

    def __call__(self, handler: Handler, request: Request) -> None:
        parts = unquote(request.path.removeprefix(ROOT)).strip("/").split("/")
        query = parse_qs(urlsplit(handler.path).query)
        if not request.path.startswith(ROOT):
            problem(handler, 404, "Not Found")
        elif parts[0] == "publications":
            self._publications(handler, parts[1:], query)
        elif parts[:2] == ["data-sets", DATA_SET]:
            self._data_set(handler, request, parts[2:], query)
        else:
            problem(handler, 404, "Not Found")

    def _publications(self, handler: Handler, below: list[str], query: dict[str, Any]) -> None:
        if below == [PUBLICATION, "data-sets"]:
            send(handler, paged([self._about()], query))
            return
        titles = ["Pupil absence in schools", "Schools, pupils and their characteristics"]
        wanted = query.get("search", [""])[0].lower()
        if wanted and len(wanted) < 3:
            problem(handler, 400, "Bad Request", path="search", message="Too short.")
            return
        found = [
            {"id": PUBLICATION, "title": title, "slug": title.lower(), "summary": "",
             "lastPublished": "2025-06-05T09:30:00+00:00"}
            for title in titles
            if wanted in title.lower()
        ]  # fmt: skip
        send(handler, paged(found, query))

    def _data_set(
        self, handler: Handler, request: Request, below: list[str], query: dict[str, Any]
    ) -> None:
        if not below:
            send(handler, self._about())
        elif below[0] == "versions" and len(below) == 1:
            send(handler, paged([self._version(each) for each in self.editions[::-1]], query))
        elif below[0] == "query" and request.method == "POST":
            self._query(handler, json.loads(request.body or b"{}"), query)
        else:
            wanted = below[1] if below[0] == "versions" else query.get("dataSetVersion", ["*"])[0]
            edition = self._edition(wanted)
            if edition is None:
                problem(handler, 404, "Not Found")
            elif below[0] == "versions":
                send(handler, edition.changes if len(below) > 2 else self._version(edition))
            elif below == ["meta"]:
                send(handler, edition.meta)
            elif below == ["csv"]:
                packed = gzip.compress(edition.csv, mtime=0)
                send_bytes(handler, packed, "text/csv", {"Content-Encoding": "gzip"})
            else:
                problem(handler, 405, "Method Not Allowed")

    def _query(self, handler: Handler, asked: dict[str, Any], query: dict[str, Any]) -> None:
        number = asked.get("page", 1)
        self.between(number)
        pinned = "*" if self.ignores_pins else query.get("dataSetVersion", ["*"])[0]
        edition = self._edition(pinned)
        if edition is None:
            problem(handler, 404, "Not Found")
            return
        known = {each["id"] for each in edition.meta["indicators"]}
        if unknown := set(asked.get("indicators") or known) - known:
            told = {"items": sorted(unknown)}
            problem(handler, 400, "Bad Request", path="indicators", message="No such.", detail=told)
            return
        rows = [each for each in edition.rows if fits(each, asked.get("criteria"))]
        for sort in reversed(asked.get("sorts", [])):
            rows.sort(key=lambda each, by=sort["field"]: sort_key(each, by))
        size = min(self.most, asked.get("pageSize", 1000))
        said = page_of(rows, number, size) | {"warnings": []}
        if self.total is not None:
            said["paging"]["totalResults"] = self.total
        chosen = asked.get("indicators") or known
        said["results"] = [
            each | {"values": {name: each["values"][name] for name in chosen}}
            for each in said["results"]
        ]
        send(handler, said)

    def _edition(self, version: str) -> Edition | None:
        start = version.removesuffix("*")
        found = [
            each
            for each in self.editions
            if each.version == version or ("*" in version and each.version.startswith(start))
        ]
        return found[-1] if found else None

    def _about(self) -> dict[str, Any]:
        about: dict[str, Any] = {
            "id": DATA_SET, "title": "Pupils", "summary": "", "status": self.status,
            "latestVersion": {"version": self.editions[-1].version, "totalResults": len(ROWS)},
        }  # fmt: skip
        return about | {"supersedingDataSetId": self.superseded_by}

    def _version(self, edition: Edition) -> dict[str, Any]:
        is_major = edition.version.endswith(".0")
        return {"version": edition.version, "type": "Major" if is_major else "Minor",
                "status": edition.status, "published": "2025-06-05T09:30:00+00:00",
                "notes": ""}  # fmt: skip


def fits(row: dict[str, Any], criteria: dict[str, Any] | None) -> bool:
    """Say whether a row meets criteria, as the documentation explains them."""
    if not criteria:
        return True
    if "and" in criteria:
        return all(fits(row, each) for each in criteria["and"])
    if "or" in criteria:
        return any(fits(row, each) for each in criteria["or"])
    if "not" in criteria:
        return not fits(row, criteria["not"])
    return all(_meets(row, facet, asked) for facet, asked in criteria.items())


def _meets(row: dict[str, Any], facet: str, asked: dict[str, Any]) -> bool:
    def matches(value: Any) -> bool:
        if facet == "filters":
            return value in row["filters"].values()
        if facet == "geographicLevels":
            return value == row["geographicLevel"]
        if facet == "timePeriods":
            return value["period"] == row["timePeriod"]["period"]
        group = next(g for g in META["locations"] if g["level"]["code"] == value["level"])
        (name, code), = ((k, v) for k, v in value.items() if k != "level")  # fmt: skip
        ids = [each["id"] for each in group["options"] if each.get(name) == code]
        return row["locations"].get(value["level"]) in ids

    period = row["timePeriod"]["period"]
    checks = {
        "eq": matches,
        "notEq": lambda value: not matches(value),
        "in": lambda values: any(map(matches, values)),
        "notIn": lambda values: not any(map(matches, values)),
        "gte": lambda value: period >= value["period"],
        "gt": lambda value: period > value["period"],
        "lte": lambda value: period <= value["period"],
        "lt": lambda value: period < value["period"],
    }
    return all(checks[name](value) for name, value in asked.items())


def sort_key(row: dict[str, Any], field: str) -> str:
    """Return what the service sorts by."""
    kind, _, which = field.partition("|")
    if kind == "timePeriod":
        return str(row["timePeriod"]["period"])
    if kind == "geographicLevel":
        return str(row["geographicLevel"])
    return str(row["locations" if kind == "location" else "filters"].get(which, ""))


def page_of(items: list[Any], number: int, size: int) -> dict[str, Any]:
    return {
        "paging": {
            "page": number,
            "pageSize": size,
            "totalResults": len(items),
            "totalPages": -(-len(items) // size),
        },
        "results": items[(number - 1) * size : number * size],
    }


def paged(items: list[Any], query: dict[str, Any]) -> dict[str, Any]:
    return page_of(items, int(query.get("page", ["1"])[0]), int(query.get("pageSize", ["10"])[0]))


def problem(handler: Handler, status: int, kind: str, **error: Any) -> None:
    """Answer with a problem, as the documentation words it."""
    said: dict[str, Any] = {"title": "There was a problem processing the request.", "type": kind}
    said |= {"status": status} | ({"errors": [error]} if error else {})
    send(handler, said, status=status, kind="application/problem+json")


def send(
    handler: Handler, said: object, *, status: int = 200, kind: str = "application/json"
) -> None:
    body, headers = json.dumps(said).encode(), {}
    if "gzip" in handler.headers.get("Accept-Encoding", ""):
        body, headers = gzip.compress(body, mtime=0), {"Content-Encoding": "gzip"}
    send_bytes(handler, body, kind, headers, status=status)


def send_bytes(
    handler: Handler, body: bytes, kind: str, headers: dict[str, str], *, status: int = 200
) -> None:
    handler.head(status, {"Content-Type": kind, "Content-Length": len(body), **headers})
    handler.wfile.write(body)


def table(fetched: Fetched) -> list[dict[str, str]]:
    """Read the rows of the file that came."""
    return list(csv.DictReader(fetched.path.read_text("utf-8").splitlines()))


def posted(server: NaughtyServer) -> list[Any]:
    """Return what was sent with each query."""
    return [json.loads(request.body) for request in server.asked(QUERY)]
