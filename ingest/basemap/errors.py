"""What can go wrong on the way to a map, said so that someone can act on it."""

from config.errors import AtlasError


class BasemapError(AtlasError):
    """An extract that cannot be read as a map, or tiles that cannot be written."""
