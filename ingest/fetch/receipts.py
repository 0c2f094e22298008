"""What is known about one stored file: where it came from, when, and which bytes."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the time now, in UTC."""


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


def iso(moment: datetime) -> str:
    """Write a moment as ISO 8601 to the second, in UTC.

    >>> iso(datetime(2025, 5, 24, 9, 30, tzinfo=UTC))
    '2025-05-24T09:30:00Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where the bytes of one file came from.

    Attributes:
        source_id: the series, such as ``gias``.
        release: the release of the series, as its source names it.
        file_name: the name under which it was found.
        address: the publisher's address, or ``mirror:…`` with the path below the mirror folder,
            or ``supplied:…`` with the name of the authority's own file.
        fetched_at: when these bytes were first had, ISO 8601 in UTC.
        etag: the publisher's mark of the version, where one was sent.
        last_modified: the publisher's date of the version, as sent.
        bytes: size of the file.
        sha256: hash of its content, 64 hexadecimal digits.
    """

    source_id: str
    release: str
    file_name: str
    address: str
    fetched_at: str
    etag: str | None
    last_modified: str | None
    bytes: int
    sha256: str

    @property
    def mark(self) -> str:
        """What names it in the tables of a build: the beginning of its hash."""
        return self.sha256[:12]

    def to_json(self) -> str:
        """Write the receipt as JSON, one field a line."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Receipt":
        """Read what `to_json` wrote.

        Raises:
            ValueError: not a receipt.
        """
        try:
            return cls(**json.loads(text))
        except TypeError as error:
            raise ValueError(f"not a receipt: {error}") from None
