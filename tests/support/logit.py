"""A plain conditional logit: the slow, obvious way to find what families weigh."""

import numpy as np


def fit(attributes, chosen, possible):
    """Fit weights by maximum likelihood.

    Args:
        attributes: by family, school and attribute.
        chosen: the school of each family.
        possible: by family and school, whether it can be chosen.

    Returns:
        Weights, and their standard errors.
    """
    weights = np.zeros(attributes.shape[2])
    for _ in range(30):
        utility = np.where(possible, attributes @ weights, -np.inf)
        share = np.exp(utility - utility.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        mean = np.einsum("fs,fsa->fa", share, attributes)
        gradient = (attributes[np.arange(len(chosen)), chosen] - mean).sum(axis=0)
        centred = attributes - mean[:, None]
        information = np.einsum("fs,fsa,fsb->ab", share, centred, centred)
        step = np.linalg.solve(information, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights, np.sqrt(np.diag(np.linalg.inv(information)))
