"""Travel times from all homes to all places within a limit: made, kept, read and exported."""

from travel.matrix.make import Points, Progress, Way, make_matrix
from travel.matrix.matrix import Matrix, Row

__all__ = ["Matrix", "Points", "Progress", "Row", "Way", "make_matrix"]
