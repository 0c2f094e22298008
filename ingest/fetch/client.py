"""How the atlas asks publishers' servers: who it says it is, how patient it is, what it refuses."""

import contextlib
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Any, Final, Literal, Self, TypeVar

import httpx

from ingest.errors import FetchFailed
from ingest.fetch.answers import TryAgain, for_transport, refuse_status

T = TypeVar("T")

PROJECT: Final = "schools-atlas"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often to try.

    Attributes:
        connect_s: seconds to wait for a connection.
        stall_s: seconds without a byte after which a transfer counts as broken.
        tries: attempts in a row without `worthwhile_bytes` gained.
        first_wait_s: seconds before the second attempt; doubled for each one after it.
        longest_wait_s: most seconds to wait, also when the server asks for more.
        redirects: redirects followed.
        worthwhile_bytes: bytes that make a broken transfer count as progress.
    """

    connect_s: float = 10.0
    stall_s: float = 60.0
    tries: int = 5
    first_wait_s: float = 1.0
    longest_wait_s: float = 120.0
    redirects: int = 5
    worthwhile_bytes: int = 1 << 16


class Client:
    """An HTTP client for publishers' files. Use it in a ``with``, or close it.

    Args:
        contact: an address at which publishers can reach whoever runs this atlas; sent along.
        patience: how long and how often to try.
        sleep: waits so many seconds.
        jitter: gives a number from 0 to 1 by which waits are spread.
        transport: what carries the requests, where not the network.
    """

    def __init__(
        self,
        *,
        contact: str = "",
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.patience = patience or Patience()
        self._sleep = sleep
        self._jitter = jitter
        self._http = httpx.Client(
            headers={"User-Agent": user_agent(contact), "Accept": "*/*"},
            timeout=httpx.Timeout(self.patience.stall_s, connect=self.patience.connect_s),
            follow_redirects=False,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._http.close()

    @contextlib.contextmanager
    def stream(
        self,
        address: str,
        headers: Mapping[str, str] | None = None,
        *,
        method: Literal["GET", "HEAD", "POST"] = "GET",
        body: bytes | None = None,
    ) -> Iterator[httpx.Response]:
        """Ask once, following redirects, and hold the answer (200, 206, 304 or 416) open.

        Args:
            address: what is asked.
            headers: sent along.
            method: how it is asked.
            body: sent along with a ``POST``.

        Raises:
            TryAgain: the connection broke or stalled, or the server asks for another attempt.
            FetchFailed: the answer will not change, or the address cannot be asked.
        """
        try:
            response = self._answer(method, address, dict(headers or {}), body)
            try:
                refuse_status(response, address, longest_wait_s=self.patience.longest_wait_s)
                yield response
            finally:
                response.close()
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise for_transport(error, address) from error

    def get_json(self, address: str, *, posted: object = None) -> Any:  # noqa: ANN401
        """Return the JSON at an address, trying again as often as patience allows.

        Args:
            address: what is asked.
            posted: sent along as JSON with a ``POST``, where given.

        Raises:
            FetchFailed: it could not be had.
        """
        headers = {} if posted is None else {"Content-Type": "application/json"}
        method: Literal["GET", "POST"] = "GET" if posted is None else "POST"
        sent = None if posted is None else json.dumps(posted).encode()

        def attempt() -> Any:  # noqa: ANN401
            with self.stream(address, headers, method=method, body=sent) as response:
                body = response.read()
            try:
                return json.loads(body)
            except ValueError:
                raise TryAgain(f"the answer is not JSON; it starts {body[:60]!r}") from None

        return self.retrying(attempt, address=address)

    def retrying(
        self, attempt: Callable[[], T], *, address: str, had: Callable[[], int] = lambda: 0
    ) -> T:
        """Call ``attempt`` until it returns, or fails for good, or patience ends.

        Args:
            attempt: raises `TryAgain` where another one makes sense.
            address: what is asked, for the message.
            had: bytes of a resumable transfer so far; while they grow, patience does not end.

        Raises:
            FetchFailed: patience ended.
        """
        failed = 0
        while True:
            before = had()
            try:
                return attempt()
            except TryAgain as trouble:
                gained = had() - before
                failed = 1 if gained >= self.patience.worthwhile_bytes else failed + 1
                if failed >= self.patience.tries:
                    raise FetchFailed(
                        f"{address} could not be downloaded: {trouble} ({failed} attempts)",
                        hint="try again later: what arrived is kept, and the rest is asked for "
                        "then. On a machine without internet, use --mirror.",
                    ) from trouble
                self._sleep(self._wait(trouble, failed))

    def _wait(self, trouble: TryAgain, failed: int) -> float:
        if trouble.wait_s is not None:
            return trouble.wait_s
        doubled = self.patience.first_wait_s * 2.0 ** (failed - 1)
        return min(self.patience.longest_wait_s, doubled) * (0.5 + self._jitter() / 2)

    def pause(self, seconds: float) -> None:
        """Wait, so that a publisher's server is not asked in one breath."""
        self._sleep(seconds)

    def _answer(
        self, method: str, address: str, headers: dict[str, str], body: bytes | None
    ) -> httpx.Response:
        url = web_address(address)
        for _ in range(self.patience.redirects + 1):
            response = self._http.send(
                self._http.build_request(method, url, headers=headers, content=body), stream=True
            )
            if not response.has_redirect_location:
                return response
            response.close()
            url = _redirected(url, response.headers["Location"], address)
        raise FetchFailed(
            f"{address} was redirected more than {self.patience.redirects} times, "
            f"the last time to {url}",
            hint="the address has probably moved; look for the file on its publisher's page.",
        )


def user_agent(contact: str = "") -> str:
    """Say which program asks, and whom to write to about it.

    >>> user_agent("https://atlas.example.gov.uk").endswith("(+https://atlas.example.gov.uk)")
    True
    """
    try:
        number = version(PROJECT)
    except PackageNotFoundError:  # run from a checkout
        number = "0"
    words = "".join(letter for letter in contact if letter.isascii() and letter.isprintable())
    return f"{PROJECT}/{number} (+{words})" if words else f"{PROJECT}/{number}"


def web_address(text: str, *, named_in: str = "") -> httpx.URL:
    """Read an http or https address.

    Raises:
        FetchFailed: it is none; the message names the address that led to it, where one did.
    """
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise FetchFailed(f"{text} is not an address: {error}") from None
    if url.scheme not in {"http", "https"} or not url.host:
        led = f"{named_in} leads to " if named_in else ""
        raise FetchFailed(
            f"{led}{text}, which is not an http or https address",
            hint="a file on this machine is given with --mirror or in the region file.",
        )
    return url


def _redirected(old: httpx.URL, location: str, address: str) -> httpx.URL:
    try:
        joined = str(old.join(location))
    except httpx.InvalidURL:
        joined = location
    new = web_address(joined, named_in=address)
    if old.scheme == "https" and new.scheme == "http":
        raise FetchFailed(
            f"{address} leads from https to {new}, which anyone on the way could change",
            hint="look for the file's https address on its publisher's page.",
        )
    return new
