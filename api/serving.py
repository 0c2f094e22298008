"""The layer around every request: one build for its whole life, ETags, HEAD, headers."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import anyio
import anyio.to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import BrokenBuild, NoBuild
from api.served import Lease, Served
from config.errors import AtlasError

DATA: Final = "/api/v1/"
PATIENCE_S: Final = 1.0
"""How long a request that finds a new build waits for it, before it is answered by the old one."""
NOT_TAGGED: Final = frozenset({"/api/v1/health"})

CONTENT_POLICY: Final = (
    "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; frame-ancestors 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'"
)
SECURITY: Final[Mapping[str, str]] = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
}
"""Sent with every response: nothing is loaded from elsewhere."""


class BuildPerRequest:
    """Give every request the build in use, in ``request.state.build``, until its last byte.

    A build exchanged meanwhile changes nothing for the request. Answers about the data carry an
    ETag of build, program and address, and are not made again for whoever has them.
    """

    def __init__(self, app: ASGIApp, *, served: Served, program: str) -> None:
        self._app = app
        self._served = served
        self._program = program

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._served.is_due():
            await self._refresh()
        lease = self._take(scope)
        try:
            await self._answer(scope, receive, send, lease)
        finally:
            if lease is not None:
                self._served.give_back(lease)

    async def _refresh(self) -> None:
        """Look for a new build; one that takes long to open is left to a thread to finish."""
        patience = PATIENCE_S if self._served.has_build else None
        with anyio.move_on_after(patience):
            await anyio.to_thread.run_sync(self._served.refresh, abandon_on_cancel=True)

    def _take(self, scope: Scope) -> Lease | None:
        state = scope.setdefault("state", {})
        try:
            lease = self._served.take()
        except (NoBuild, BrokenBuild) as error:
            state["no_build"] = error
            return None
        state["build"] = lease.build
        return lease

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, lease: Lease | None
    ) -> None:
        if lease is None or not _is_tagged(scope):
            await self._app(scope, receive, send)
            return
        tag = _etag(lease.build.build_id, self._program, scope)
        if _has_already(scope, tag):
            await send({"type": "http.response.start", "status": 304, "headers": _tag_headers(tag)})
            await send({"type": "http.response.body", "body": b""})
            return
        await self._app(scope, receive, _tagging(send, tag))


class HeadersAndHead:
    """Send the security headers with everything, and answer HEAD as GET without a body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"} if is_head else scope, receive, guarded)


def build_problem(state: Mapping[str, object]) -> AtlasError:
    """Return why a request has no build."""
    error = state.get("no_build")
    return error if isinstance(error, AtlasError) else NoBuild("there is no build to serve yet")


def program_hash(*folders: Path) -> str:
    """Return a digest that changes when the program that makes the answers does."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.toml")]):
            stat = path.stat()
            digest.update(f"{path.name} {stat.st_size} {stat.st_mtime_ns}".encode())
    return digest.hexdigest()[:12]


def _is_tagged(scope: Scope) -> bool:
    path = scope["path"]
    return scope["method"] == "GET" and path.startswith(DATA) and path not in NOT_TAGGED


def _etag(build_id: str, program: str, scope: Scope) -> str:
    address = scope["path"].encode() + b"?" + scope["query_string"]
    asked = hashlib.sha256(address).hexdigest()[:12]
    return f'W/"{build_id}-{program}-{asked}"'


def _has_already(scope: Scope, tag: str) -> bool:
    given = Headers(scope=scope).get("if-none-match", "")
    opaque = tag.removeprefix("W/")
    return any(part.strip().removeprefix("W/") == opaque for part in given.split(","))


def _tag_headers(tag: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"etag", tag.encode("latin-1", "replace")),
        (b"cache-control", b"no-cache"),
        (b"vary", b"Accept-Encoding"),
    ]


def _tagging(send: Send, tag: str) -> Send:
    async def tagged(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Cache-Control", "no-cache")
            if message["status"] == 200:  # noqa: PLR2004 # problems are not kept
                headers["ETag"] = tag
        await send(message)

    return tagged
