"""What can go wrong while answering a request, each for the reader of the answer to act on."""

from collections.abc import Sequence

from config.errors import AtlasError


class RequestError(AtlasError):
    """A request that cannot be answered as it stands.

    Attributes:
        suggestions: what may have been meant, each ready to be put in its place.
    """

    def __init__(
        self, message: str, *, hint: str | None = None, suggestions: Sequence[str] = ()
    ) -> None:
        super().__init__(message, hint=hint)
        self.suggestions = tuple(suggestions)


class NotInAtlas(RequestError):
    """The school, postcode, area or measure asked for is not in this atlas."""


class NoSuchPath(RequestError):
    """Nothing is served at this address."""


class BadParameter(RequestError):
    """A parameter has a value that cannot be used."""


class NoPosition(RequestError):
    """The school or area is known, but not where it is."""


class NoBuild(AtlasError):
    """The atlas has no data to serve yet."""


class BrokenBuild(AtlasError):
    """A build's folder lacks a file, or a file cannot be read."""
