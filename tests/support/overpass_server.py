"""A server on this machine that speaks enough of the Overpass API for OSMnx to ask it.

Answers are given one a request; the last one is given ever after.
"""

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs

import osmium

DATE = "2025-05-24T00:00:00Z"


@dataclass(frozen=True)
class Answer:
    """What is sent: a status, a body and headers."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What was asked: path, query in the Overpass language, headers."""

    path: str
    query: str
    headers: Mapping[str, str]


class OverpassServer:
    """Runs in a thread of its own for as long as the ``with`` lasts."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[Asked] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/api"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def _handler(server: OverpassServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            query = parse_qs(body)["data"][0]
            headers = {name.lower(): value for name, value in self.headers.items()}
            said = server.answer(Asked(self.path, query, headers))
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body)

        def log_message(self, *_arguments: object) -> None:
            pass

    return Handler


def answer_of(*extracts: Path) -> Answer:
    """Answer with the nodes and ways of extracts, as the Overpass API writes them."""
    return said(elements_of(*extracts))


def said(elements: Sequence[Mapping[str, Any]], **more: Any) -> Answer:
    body = {"version": 0.6, "osm3s": {"timestamp_osm_base": DATE}, "elements": elements, **more}
    return Answer(json.dumps(body).encode())


def elements_of(*extracts: Path) -> list[dict[str, Any]]:
    elements: list[dict[str, Any]] = []
    for path in extracts:
        for thing in osmium.FileProcessor(str(path)):
            tags = {"tags": dict(thing.tags)} if len(thing.tags) else {}
            if thing.is_node():
                place = {"lat": thing.lat, "lon": thing.lon}
                elements.append({"type": "node", "id": thing.id, **place, **tags})
            elif thing.is_way() and "highway" in thing.tags:
                nodes = [node.ref for node in thing.nodes]
                elements.append({"type": "way", "id": thing.id, "nodes": nodes, **tags})
    return elements
