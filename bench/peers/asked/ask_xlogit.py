"""Fits a conditional logit with the package `xlogit`."""

from time import perf_counter
from typing import Any

import numpy as np
from asking import answer
from xlogit import MultinomialLogit

Told = dict[str, Any]


def main() -> None:
    """Answer the question list."""
    answer({"fit": fit})


def fit(told: Told) -> Told:
    """Return weights and the seconds that fitting took."""
    given = np.load(told["path"])
    attributes, chosen, counts = (given[name] for name in ("attributes", "chosen", "counts"))
    flows, options, number = attributes.shape
    is_chosen = np.arange(options) == chosen[:, np.newaxis]
    model = MultinomialLogit()
    begun = perf_counter()
    model.fit(
        X=attributes.reshape(-1, number),
        y=is_chosen.ravel().astype(int),
        varnames=told["names"],
        alts=np.tile(np.arange(options), flows),
        ids=np.repeat(np.arange(flows), options),
        weights=np.repeat(counts, options),
        verbose=0,
    )
    seconds = perf_counter() - begun
    return {"weights": model.coeff_.tolist(), "error": model.stderr.tolist(), "seconds": seconds}


if __name__ == "__main__":
    main()
