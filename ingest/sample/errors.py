"""What can go wrong while a made-up county is written, each for someone to act on."""

from ingest.errors import IngestError


class SampleError(IngestError):
    """The sample cannot be made as asked; nothing was written."""
