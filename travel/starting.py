"""What makes a fresh process quick to its first answer."""

import importlib
import sys

_ASKS = "numba.np.arraymath"


def spare_linear_algebra() -> None:
    """Keep numba from loading scipy's linear algebra before it runs its first loop.

    To know whether ``np.cov`` may be compiled, numba loads scipy.linalg as it takes its first loop
    from its cache: a fifth of a second for nothing where no loop multiplies matrices. scipy is
    always there beside this package, so the answer is known; a loop that does multiply matrices
    still loads it when it is compiled.
    """
    if _ASKS in sys.modules:
        return
    try:
        algebra = importlib.import_module("numba.np.linalg")
        check = algebra.ensure_blas
    except (ImportError, AttributeError):  # another numba, which is left to do as it does
        return
    try:
        vars(algebra)["ensure_blas"] = lambda: None
        asks = importlib.import_module(_ASKS)
    finally:
        vars(algebra)["ensure_blas"] = check
    vars(asks)["ensure_blas"] = check
