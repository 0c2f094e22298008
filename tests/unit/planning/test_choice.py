import numpy as np
import pytest

from planning.choice.censoring import expected_below, expected_published
from planning.choice.fit import Counts, Prior, fit
from planning.choice.judging import share_right, spatial_blocks, srmse
from planning.choice.model import Options, Weights, shares

SCHOOLS = 12
AREAS = 300


def made_up(seed: int, *, kinds: bool = False) -> tuple[Options, Weights]:
    """Areas and schools on a square of ten kilometres, and what children weigh."""
    rng = np.random.default_rng(seed)
    home, gate = rng.uniform(0, 10, (AREAS, 2)), rng.uniform(0, 10, (SCHOOLS, 2))
    km = np.hypot(*(home[:, None] - gate[None]).transpose(2, 0, 1))
    across = ((home[:, None, 0] > 5) != (gate[None, :, 0] > 5)).astype(float)
    admits = np.ones((2, SCHOOLS), bool)
    if kinds:
        admits[0, :2], admits[1, 2:4] = False, False
    options = Options(
        school=np.tile(np.arange(SCHOOLS), (AREAS, 1)),
        is_option=np.ones((AREAS, SCHOOLS), bool),
        attributes=np.stack([km, across]),
        journey=km,
        admits=admits,
        kind_share=np.array([0.5, 0.5]),
    )
    constant = rng.normal(0, 0.6, SCHOOLS)
    return options, Weights(np.array([-0.7, -1.1]), constant, np.zeros(SCHOOLS))


def drawn(options: Options, weights: Weights, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.multinomial(60, shares(options, weights)).astype(float)


NONE_HIDDEN = np.zeros((AREAS, SCHOOLS), bool)
TIGHT = Prior(slope_sd=0.01)


@pytest.mark.parametrize("kinds", [False, True])
def test_weights_are_found_again_within_their_errors(kinds: bool) -> None:  # noqa: FBT001 - a case
    hits = []
    for seed in range(6):
        options, weights = made_up(seed, kinds=kinds)
        found = fit(options, Counts(drawn(options, weights, seed), NONE_HIDDEN), prior=TIGHT)
        hits.append(np.abs(found.weights.attributes - weights.attributes) / found.error)
    apart = np.array(hits)
    assert (apart < 4).all()
    assert (apart < 2).mean() > 0.8


def test_suppressed_counts_are_not_taken_for_nothing() -> None:
    options, weights = made_up(3)
    pupils = drawn(options, weights, 3)
    hidden = pupils < 3
    shown = np.where(hidden, 0.0, pupils)
    as_nothing = fit(options, Counts(shown, NONE_HIDDEN), prior=TIGHT).weights.attributes
    as_hidden = fit(options, Counts(shown, hidden, 2), prior=TIGHT).weights.attributes
    truth = weights.attributes
    assert np.abs(as_hidden[0] - truth[0]) < np.abs(as_nothing[0] - truth[0]) / 3


def test_a_school_that_draws_from_further_has_a_slope_of_its_own() -> None:
    options, weights = made_up(5)
    slope = np.zeros(SCHOOLS)
    slope[4] = 0.4
    pupils = drawn(options, Weights(weights.attributes, weights.constant, slope), 5)
    found = fit(options, Counts(pupils, NONE_HIDDEN), prior=Prior(slope_sd=0.3))
    assert int(np.argmax(found.weights.slope)) == 4


def test_girls_go_to_no_school_for_boys() -> None:
    options, weights = made_up(1, kinds=True)
    share = shares(options, weights)
    assert share.sum(axis=1) == pytest.approx(1.0)
    assert (share[:, :4] <= 0.5).all()


def test_what_is_expected_of_small_counts() -> None:
    # Poisson of mean 1, at most 2: weights 1, 1 and a half; (1 + 2 x 0.5) / 2.5.
    assert expected_below(np.array([1.0]), 2) == pytest.approx([0.8])
    # Published from 3 on: the mean less e^-1 (1 + 2 x 0.5).
    assert expected_published(np.array([1.0]), 2) == pytest.approx([1 - 2 * np.exp(-1)])


def test_blocks_keep_neighbours_together() -> None:
    x = np.array([10.0, 20.0, 990.0, 1010.0])
    fold = spatial_blocks(x, np.zeros(4), side_m=1000, folds=2, seed=1)
    assert fold[0] == fold[1] == fold[2]
    assert fold[3] != fold[0]


def test_what_two_tables_have_in_common() -> None:
    said, came = np.array([[3.0, 1.0]]), np.array([[2.0, 2.0]])
    assert share_right(said, came) == 0.75
    assert srmse(said, came) == 0.5


@pytest.mark.parametrize("differ", [0.0, 0.5])
def test_standard_errors_hold_the_truth_in_19_of_20_counties_though_areas_differ(differ):
    """Areas like schools better or worse for reasons that nobody sees, shared by their children."""
    rng = np.random.default_rng(3)
    areas, schools, times, truth = 60, 4, 200, -0.1
    minutes = rng.uniform(5, 40, (areas, schools))
    options = Options(
        school=np.tile(np.arange(schools), (areas, 1)),
        is_option=np.ones((areas, schools), bool),
        attributes=minutes[np.newaxis],
        journey=np.zeros((areas, schools)),
        admits=np.ones((1, schools), bool),
        kind_share=np.ones(1),
    )
    prior, found = Prior(constant_sd=1e-6, slope_sd=1e-6), np.zeros((times, 2))
    for time in range(times):
        liking = np.exp(truth * minutes + differ * rng.standard_normal(minutes.shape))
        pupils = rng.multinomial(80, liking / liking.sum(axis=1, keepdims=True)).astype(float)
        fitted = fit(options, Counts(pupils, np.zeros(pupils.shape, bool)), prior=prior)
        found[time] = fitted.weights.attributes[0], fitted.error[0]
    centre = truth if differ == 0 else found[:, 0].mean()
    is_within = np.abs(found[:, 0] - centre) < 1.96 * found[:, 1]
    assert 0.91 <= is_within.mean() <= 0.985
