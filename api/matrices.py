"""The times from all homes to all schools that a build holds, opened by mode when first needed."""

from pathlib import Path

import travel
from api.once import Once
from config.errors import AtlasError
from travel.matrix import Matrix


class NoMatrix(AtlasError):
    """The build has no times from all homes to all schools by this mode."""


class Matrices:
    """The matrices of a build.

    Args:
        folder: holds a folder for every mode.
    """

    def __init__(self, folder: Path) -> None:
        self._matrices = {
            mode: _opened(folder / mode) for mode in travel.MODES if (folder / mode).is_dir()
        }

    def __call__(self, mode: travel.Mode) -> Matrix:
        """Return the matrix of a mode.

        Raises:
            NoMatrix: the build has none.
            travel.MatrixError: it is damaged.
        """
        matrix = self.held(mode)
        if matrix is None:
            raise NoMatrix(
                f"this build does not hold the times from all homes to all schools by mode={mode}",
                hint="build the region again.",
            )
        return matrix

    def held(self, mode: travel.Mode) -> Matrix | None:
        """Return the matrix of a mode, if the build has one.

        Raises:
            travel.MatrixError: it is damaged.
        """
        return self._matrices[mode]() if mode in self._matrices else None


def _opened(folder: Path) -> Once[Matrix]:
    return Once(lambda: Matrix.load(folder))
