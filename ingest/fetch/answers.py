"""What a publisher's server answered, and whether another attempt makes sense."""

import json
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final

import httpx

from ingest.errors import AnsweredNo, FetchFailed

LONGEST_PROBLEM: Final = 64 * 1024
"""Bytes of an error's description that are read."""

_TRY_AGAIN: Final = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}
_FOR_THE_CALLER: Final = {
    HTTPStatus.OK,
    HTTPStatus.PARTIAL_CONTENT,
    HTTPStatus.NOT_MODIFIED,
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
}


class TryAgain(Exception):
    """An attempt failed in a way that the next one may not.

    Attributes:
        wait_s: seconds after which to try, where the server or the reason says.
    """

    def __init__(self, reason: str, *, wait_s: float | None = None) -> None:
        super().__init__(reason)
        self.wait_s = wait_s


def refuse_status(response: httpx.Response, address: str, *, longest_wait_s: float) -> None:
    """Return where the answer is one to be read; its caller has not read it yet.

    Args:
        response: the answer.
        address: what was asked, for the message.
        longest_wait_s: most seconds that the server may ask to wait.

    Raises:
        TryAgain: the server asks for another attempt, or is in trouble.
        FetchFailed: the answer will not change (`AnsweredNo`), or not soon.
    """
    status = response.status_code
    if status in _FOR_THE_CALLER:
        return
    answer = f"the server answered {status} {response.reason_phrase}".rstrip()
    if status in _TRY_AGAIN or response.is_server_error:
        wait_s = _retry_after(response)
        if wait_s is not None and wait_s > longest_wait_s:
            raise FetchFailed(
                f"{address} could not be downloaded: {answer} and asks to wait "
                f"{wait_s / 60:.0f} minutes",
                hint="build again after that.",
            )
        raise TryAgain(answer, wait_s=wait_s)
    raise AnsweredNo(
        f"{address} could not be downloaded: {answer}{_problem(response)}",
        status=status,
        hint="look for the file on its publisher's page: it may have moved or been withdrawn.",
    )


def _retry_after(response: httpx.Response) -> float | None:
    text = response.headers.get("Retry-After", "")
    if text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
        now = parsedate_to_datetime(response.headers.get("Date", ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None


def for_transport(error: Exception, address: str) -> TryAgain | FetchFailed:
    """Say what a broken connection means."""
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return FetchFailed(
            f"{address} could not be downloaded: its certificate is not one this machine trusts",
            hint="behind an inspecting proxy, set SSL_CERT_FILE to the file of its certificates.",
        )
    if isinstance(error, httpx.ReadTimeout):
        return TryAgain("the server stopped sending")
    if isinstance(error, httpx.ConnectTimeout):
        return TryAgain("the server did not take the connection in time")
    return TryAgain(str(error) or type(error).__name__)


def _problem(response: httpx.Response) -> str:
    """Return what an answer in the form of RFC 9457 says is wrong, with a colon before it."""
    if "json" not in response.headers.get("Content-Type", ""):
        return ""
    body = b""
    for block in response.iter_bytes():
        body += block
        if len(body) > LONGEST_PROBLEM:
            return ""
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    errors = [_fault(each) for each in said.get("errors") or [] if isinstance(each, dict)]
    told = [str(said[name]) for name in ("title", "detail") if said.get(name)]
    return ": " + "; ".join([*told, *errors]) if told or errors else ""


def _fault(error: dict[str, Any]) -> str:
    where = f"{error['path']}: " if error.get("path") else ""
    detail = f" ({json.dumps(error['detail'])})" if error.get("detail") else ""
    return f"{where}{error.get('message', 'no reason')}{detail}"
