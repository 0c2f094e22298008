"""Minutes from homes to schools, as the matrices of a build have them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from ingest.layout import MATRIX
from planning.arrays import Floats, Ints
from travel.matrix import Matrix

MODES: Final = ("walk", "transit")
"""Ways of travelling of which a child takes the quicker."""


def matrices_in(folder: Path) -> Mapping[str, Matrix]:
    """Open the matrices of a build, or of its step ``matrix``, that a child's ways are taken from.

    Args:
        folder: that holds the folder of matrices; may have none.

    Raises:
        travel.MatrixError: one is damaged.
    """
    folders = {mode: folder / MATRIX / mode for mode in MODES}
    return {mode: Matrix.load(each) for mode, each in folders.items() if each.is_dir()}


def quickest_minutes(
    matrices: Mapping[str, Matrix], codes: Sequence[str], urns: Ints
) -> Floats | None:
    """Return minutes by the quickest of the modes; ``None`` without a matrix.

    Args:
        matrices: by mode.
        codes: postcodes or small areas.
        urns: of schools.

    Returns:
        ``NaN`` where no mode has the pair, shape (codes, schools).
    """
    if not matrices:
        return None
    quickest = np.full((len(codes), len(urns)), np.inf)
    for matrix in matrices.values():
        quickest = np.fmin(quickest, _minutes(matrix, codes, urns))
    return np.where(np.isfinite(quickest), quickest, np.nan)


def _minutes(matrix: Matrix, codes: Sequence[str], urns: Ints) -> Floats:
    """Return minutes by one mode, infinite where it has none."""
    rows = np.full(len(matrix.home_id), -1, np.int64)
    for row, code in enumerate(codes):
        if matrix.has_home(code):
            rows[matrix.home(code)] = row
    places = set(np.asarray(matrix.place_id).tolist())
    found = np.full((len(codes), len(urns)), np.inf)
    for column, urn in enumerate(urns.tolist()):
        if urn not in places:
            continue
        reached = matrix.to_place(matrix.place(urn))
        at = rows[reached.number]
        found[at[at >= 0], column] = np.asarray(reached.seconds)[at >= 0] / 60
    return found
