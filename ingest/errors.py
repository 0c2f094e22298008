"""What can go wrong on the way from a publisher's file to a build, each for someone to act on."""

from collections.abc import Sequence

from config.errors import AtlasError


class IngestError(AtlasError):
    """A build cannot go on; the one in use is untouched."""


class FetchFailed(IngestError):
    """A publisher's file could not be had, or is not what it should be."""


class AnsweredNo(FetchFailed):
    """A publisher's server answered, and will not give what was asked for.

    Attributes:
        status: of its answer, such as 404.
    """

    def __init__(self, message: str, *, status: int, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.status = status


class StoreFull(FetchFailed):
    """The disk that holds the downloads has no room; nothing half-written is left."""


class MirrorFileMissing(IngestError):
    """A mirror folder was given, and the file is not in it."""


class NothingToDownload(IngestError):
    """The region is made up, and no folder was given that holds its files."""


class SuppliedFileMissing(IngestError):
    """A region names a file of the authority's own, and it cannot be read."""


class SourceChanged(IngestError):
    """A publisher's file no longer has the columns that its reader needs.

    Attributes:
        missing: columns looked for and not found.
        added: columns found that nothing looks for, which may be the missing ones renamed.
    """

    def __init__(
        self,
        message: str,
        *,
        missing: Sequence[str] = (),
        added: Sequence[str] = (),
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.missing = tuple(missing)
        self.added = tuple(added)


class CheckFailed(IngestError):
    """The file was read, and what it says cannot be right."""


class CoverageFailed(IngestError):
    """The street extract does not cover the region."""
