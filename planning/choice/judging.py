"""How well a fitted choice tells where children go whose areas it has not seen."""

import numpy as np

from planning.arrays import Floats, Ints


def spatial_blocks(x: Floats, y: Floats, *, side_m: float, folds: int, seed: int) -> Ints:
    """Part areas into folds of whole squares, so that neighbours are left out together.

    Rows drawn at random would leave every area's neighbours in the fit (Roberts and others 2017,
    Cross-validation strategies for data with temporal, spatial, hierarchical, or phylogenetic
    structure, Ecography 40).

    Args:
        x: eastings, shape (areas,).
        y: northings, shape (areas,).
        side_m: of the squares.
        folds: how many parts.
        seed: draws which square is in which part.

    Returns:
        The fold of each area, shape (areas,).
    """
    squares = np.stack([np.floor(x / side_m), np.floor(y / side_m)], axis=1)
    _, square = np.unique(squares, axis=0, return_inverse=True)
    square = square.ravel()
    order = np.random.default_rng(seed).permutation(square.max(initial=-1) + 1)
    return np.asarray(order[square] % folds)


def share_right(said: Floats, came: Floats) -> float:
    """Share of the pupils put in the right school: what two tables of counts have in common.

    Args:
        said: pupils expected by area and school.
        came: pupils counted, of the same shape.
    """
    return float(np.minimum(said, came).sum() / came.sum())


def srmse(said: Floats, came: Floats) -> float:
    """Standardised root mean square error: that of the cells, over their mean count."""
    return float(np.sqrt(np.mean((said - came) ** 2)) / came.mean())
