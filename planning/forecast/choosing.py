"""Which method each unit is forecast by."""

from dataclasses import dataclass

import numpy as np

from planning.arrays import Bools, Floats, Ints, Singles


@dataclass(frozen=True, slots=True)
class Tried:
    """How methods have done, unit by unit.

    Attributes:
        count: forecasts compared with what came, shape (methods, units, phases).
        error: mean absolute error in pupils, same shape; ``NaN`` where none was compared.
        came: mean of the pupils who came, same shape.
        signed: mean of the errors in pupils, same shape.
    """

    count: Ints
    error: Floats
    came: Floats
    signed: Floats

    @property
    def error_pct(self) -> Floats:
        """Mean absolute error as a share of the pupils who came."""
        return _pct(self.error, self.came)

    @property
    def signed_pct(self) -> Floats:
        """Mean error as a share of the pupils who came; above zero: too many expected."""
        return _pct(self.signed, self.came)


def tried(said: Floats | Singles, came: Floats | Singles) -> Tried:
    """Compare what methods said of the sums of phases with what came.

    Args:
        said: shape (methods, origins, units, years ahead, phases).
        came: shape (origins, units, years ahead, phases); ``NaN`` where nothing came.
    """
    found = []
    for each in said:
        there = np.isfinite(each) & np.isfinite(came) & ((came > 0) | (each > 0))
        error = np.where(there, each - came, 0.0)
        found.append(
            [
                there.sum(axis=(0, 2)),
                np.abs(error).sum(axis=(0, 2)),
                np.where(there, came, 0.0).sum(axis=(0, 2)),
                error.sum(axis=(0, 2)),
            ]
        )
    count, error, all_came, signed = (np.array(each) for each in zip(*found, strict=True))
    below = np.where(count > 0, count, np.nan)
    return Tried(count.astype(np.int64), error / below, all_came / below, signed / below)


def chosen(
    record: Tried, usable: Bools, order: Ints, *, own_record: float, clearly_better_pct: float
) -> Ints:
    """Choose a method for every unit and phase, without chasing noise.

    The most trusted method is usual, unless another one's mean error in per cent over all units
    of the level is clearly smaller. A unit departs from the usual one only where another one's
    error, as a multiple of the usual one's and leant on that multiple over all units, is clearly
    smaller.

    Args:
        record: of all methods.
        usable: methods that can be used, shape (methods,).
        order: of methods, the most trusted first, for when there is no record.
        own_record: forecasts at which a unit's own record and that of all weigh alike.
        clearly_better_pct: how much smaller the error must be.

    Returns:
        Place of the method, shape (units, phases).
    """
    count, error = record.count, record.error
    fallback = next(method for method in order if usable[method])
    margin = 1 - clearly_better_pct / 100
    choice = np.full(error.shape[1:], fallback)
    for phase in range(error.shape[2]):
        pct = np.minimum(record.error_pct[..., phase], 100.0)
        there = usable & (count[..., phase].sum(axis=1) > 0)
        if not there.any():
            continue
        mean = np.full(len(there), np.inf)
        mean[there] = [_mean(each) for each in pct[there]]
        usual = _usual(mean, order, margin)
        compared = np.isfinite(error[..., phase]) & np.isfinite(error[usual, :, phase])
        own = np.where(compared, error[..., phase], 0.0)
        against = np.where(compared, error[usual, :, phase], 0.0)
        everywhere = _divided(own.sum(axis=1), against.sum(axis=1))[:, np.newaxis]
        tries = np.where(compared & (against > 0), count[..., phase], 0)
        ratio = np.where(tries > 0, _divided(own, against), 1.0)
        leant = (tries * ratio + own_record * everywhere) / (tries + own_record)
        leant[~there] = np.inf
        leant[usual] = margin
        choice[:, phase] = np.argmin(leant, axis=0)
        tied = np.min(leant, axis=0) >= leant[usual]
        choice[tied, phase] = usual
    return choice


def _usual(mean: Floats, order: Ints, margin: float) -> int:
    """Return the most trusted method, or the best where that is clearly better."""
    trusted = next(int(method) for method in order if np.isfinite(mean[method]))
    best = int(np.argmin(mean))
    return best if mean[best] < margin * mean[trusted] else trusted


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else np.inf


def _divided(above: Floats, below: Floats) -> Floats:
    ratio: Floats = np.divide(above, below, out=np.ones_like(above), where=below > 0)
    return ratio


def _pct(error: Floats, came: Floats) -> Floats:
    pct: Floats = np.divide(100 * error, came, out=np.full(error.shape, np.nan), where=came > 0)
    return pct
