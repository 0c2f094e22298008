"""What can be wrong with streets, said so that somebody can act on it."""

from config.errors import AtlasError


class ExtractError(AtlasError):
    """A street extract that cannot be used: broken, empty, or without streets."""


class NetworkError(AtlasError):
    """A saved network that cannot be used: incomplete, damaged or of another version."""


class OutsideCoverage(AtlasError):
    """A point beyond the streets that were loaded, where any time would be a guess."""


class NotConnected(AtlasError):
    """A point inside the coverage that has no street of the network near it."""


class MatrixError(AtlasError):
    """A matrix of travel times that cannot be made or used: other places, broken, no such id."""


class NoWay(NotConnected):
    """Two points on streets of the network between which no way leads, or none that is so short."""


class TimetableError(AtlasError):
    """A timetable that cannot be used: broken, incomplete, for other days, or saved otherwise."""


class HeightsError(AtlasError):
    """Heights that cannot be used: broken, elsewhere, or without what is needed to read them."""


class EditError(AtlasError):
    """An edit of a network that cannot be made: no such street, or an impossible speed."""
