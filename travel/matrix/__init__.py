"""Travel times from all homes to all places within a limit: made, kept, read and exported."""

from travel.matrix.export import write_csv, write_parquet
from travel.matrix.make import Progress, Way, make_matrix
from travel.matrix.matrix import Matrix, Row
from travel.matrix.sides import Points

__all__ = [
    "Matrix",
    "Points",
    "Progress",
    "Row",
    "Way",
    "make_matrix",
    "write_csv",
    "write_parquet",
]
