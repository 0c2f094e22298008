"""A real web server on this machine that does what publishers' servers do on a bad day.

Each path has a list of answers, given one a request; the last one is given ever after::

    with NaughtyServer() as server:
        server.on("/schools.csv", Status(500), File(b"URN\\n1\\n", etag='"a"'))
        server.url("/schools.csv")
"""

import contextlib
import gzip
import io
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit

import httpx


@dataclass(frozen=True)
class Request:
    """What was asked: path, query and headers (names in lower case), how, and with which body."""

    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    method: str = "GET"
    body: bytes = b""


class Handler(BaseHTTPRequestHandler):
    """Gives the answer that is next for the path; one request a connection."""

    protocol_version = "HTTP/1.1"
    timeout = 10
    server: "_Server"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", "0")))
        request = Request(parts.path, query, headers, self.command, body)
        answer = self.server.naughty.next_answer(request)
        self.close_connection = True
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            answer(self, request)

    def head(self, status: int, headers: Mapping[str, str | int]) -> None:
        if "Date" in headers:
            self.send_response_only(status)
        else:
            self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, str(value))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            self.wfile = io.BytesIO()  # a body is not sent

    def wait(self) -> None:
        """Say nothing until the server is stopped."""
        self.server.naughty.stopping.wait(timeout=20)

    def log_message(self, *_arguments: object) -> None:
        pass


Answer = Callable[[Handler, Request], None]


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    naughty: "NaughtyServer"


class NaughtyServer:
    """Runs in a thread of its own for as long as the ``with`` lasts."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.otherwise: Answer = Status(404)
        self.stopping = threading.Event()
        self._answers: dict[str, list[Answer]] = {}
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.naughty = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.005}
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_about: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def on(self, path: str, *answers: Answer) -> str:
        """Set the answers for a path, and return its address."""
        with self._lock:
            self._answers[path] = list(answers)
        return self.url(path)

    def next_answer(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            answers = self._answers.get(request.path, [])
            if not answers:
                return self.otherwise
            return answers.pop(0) if len(answers) > 1 else answers[0]

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]


@dataclass(frozen=True)
class Status:
    """A bare status, perhaps with headers and a body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def __call__(self, handler: Handler, _request: Request) -> None:
        handler.head(self.status, {"Content-Length": len(self.body), **self.headers})
        handler.wfile.write(self.body)


def direct() -> httpx.HTTPTransport:
    """Carry requests past any proxy of this machine, without loading certificates."""
    return httpx.HTTPTransport(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


def redirect(to: str, status: int = 302) -> Status:
    return Status(status, {"Location": to})


def web_page(title: str) -> Status:
    page = f"\n<!DOCTYPE html><html><head><title>{title}</title></head><body>Sorry</body></html>"
    return Status(200, {"Content-Type": "text/html"}, page.encode())


@dataclass(frozen=True)
class File:
    """A file, served well unless told otherwise.

    Attributes:
        body: the file's bytes.
        etag: its mark, with the quotes.
        last_modified: its date.
        packed: sent gzip-encoded where the client allows.
        takes_ranges: answers ``Range`` with 206; otherwise always sends everything.
        takes_if_range: looks whether the file is still the same before it does.
        breaks_after: bytes after which the connection is closed.
        stalls_after: bytes after which nothing more comes.
        length: what ``Content-Length`` says, where not the truth; negative: not said.
        is_chunked: sent in chunks, without a length.
    """

    body: bytes
    etag: str | None = None
    last_modified: str | None = None
    packed: bool = False
    takes_ranges: bool = True
    takes_if_range: bool = True
    breaks_after: int | None = None
    stalls_after: int | None = None
    length: int | None = None
    is_chunked: bool = False

    def __call__(self, handler: Handler, request: Request) -> None:
        if self._is_known(request):
            handler.head(304, self._marks())
            return
        headers: dict[str, str | int] = dict(self._marks())
        body = self.body
        if self.packed and "gzip" in request.headers.get("accept-encoding", ""):
            body = gzip.compress(body, mtime=0)
            headers["Content-Encoding"] = "gzip"
        start = self._start(request)
        if start >= len(body) > 0:
            handler.head(416, {"Content-Range": f"bytes */{len(body)}", "Content-Length": 0})
            return
        status = 206 if start else 200
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        self._send(handler, status, headers, body[start:])

    def _send(
        self, handler: Handler, status: int, headers: dict[str, str | int], body: bytes
    ) -> None:
        if self.is_chunked:
            headers["Transfer-Encoding"] = "chunked"
        elif self.length is None:
            headers["Content-Length"] = len(body)
        elif self.length >= 0:
            headers["Content-Length"] = self.length
        handler.head(status, headers)
        stop = self.breaks_after if self.stalls_after is None else self.stalls_after
        sent = body[:stop]
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(sent), sent) if self.is_chunked else sent)
        handler.wfile.flush()
        if self.stalls_after is not None:
            handler.wait()
        elif self.is_chunked and self.breaks_after is None:
            handler.wfile.write(b"0\r\n\r\n")

    def _marks(self) -> dict[str, str]:
        marks = {"ETag": self.etag, "Last-Modified": self.last_modified}
        return {name: mark for name, mark in marks.items() if mark}

    def _is_known(self, request: Request) -> bool:
        if "if-none-match" in request.headers:
            return request.headers["if-none-match"] == self.etag
        since = request.headers.get("if-modified-since")
        return since is not None and since == self.last_modified

    def _start(self, request: Request) -> int:
        wanted = request.headers.get("range", "")
        if not (self.takes_ranges and wanted):
            return 0
        condition = request.headers.get("if-range")
        if self.takes_if_range and condition not in {None, self.etag, self.last_modified}:
            return 0
        return int(wanted.removeprefix("bytes=").rstrip("-"))
