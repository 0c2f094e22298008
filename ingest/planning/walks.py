"""How long a walk each school is from the middle of each small area."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from planning.arrays import Floats
from travel.matrix import Matrix


def walking_seconds(matrix: Matrix | None, homes: Sequence[str], urns: Sequence[int]) -> Floats:
    """Read the walking times from small areas to schools.

    Args:
        matrix: of a build; ``None`` where no streets are loaded.
        homes: codes of small areas.
        urns: of schools.

    Returns:
        Seconds, shape (homes, schools); ``NaN`` where the streets do not lead there in time.
    """
    seconds = np.full((len(homes), len(urns)), np.nan)
    if matrix is None:
        return seconds
    column = np.full(matrix.about.places, -1, np.int64)
    known = {int(urn): number for number, urn in enumerate(matrix.place_id)}
    for position, urn in enumerate(urns):
        if urn in known:
            column[known[urn]] = position
    for position, code in enumerate(homes):
        if matrix.has_home(code):
            row = matrix.from_home(matrix.home(code))
            to = column[row.number]
            seconds[position, to[to >= 0]] = row.seconds[to >= 0]
    return seconds


def walking_matrix(folder: Path) -> Matrix | None:
    """Open the matrix of walking times in the folder of all matrices, if there is one."""
    return Matrix.load(folder / "walk") if (folder / "walk").is_dir() else None
