"""Smooth random curves and surfaces, the same wherever they are evaluated."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve:
    """A sum of sine waves: a smooth random function of one number.

    Attributes:
        amplitude: height of each wave.
        wave: radians per unit.
        phase: radians.
    """

    amplitude: Floats
    wave: Floats
    phase: Floats

    def __call__(self, at: Floats) -> Floats:
        """Return the curve's height at each place."""
        return np.asarray(
            np.sin(at[..., None] * self.wave + self.phase) @ self.amplitude, dtype=np.float64
        )


@dataclass(frozen=True, slots=True)
class Surface:
    """A sum of plane waves: a smooth random function of the plane, of unit variance.

    Attributes:
        wave: radians per metre along each axis, shape (waves, 2).
        phase: radians.
    """

    wave: Floats
    phase: Floats

    def __call__(self, x: Floats, y: Floats) -> Floats:
        """Return the surface's height at each place."""
        angle = x[..., None] * self.wave[:, 0] + y[..., None] * self.wave[:, 1] + self.phase
        return np.asarray(np.cos(angle).sum(axis=-1) * np.sqrt(2 / len(self.phase)))


def curve(rng: np.random.Generator, waves: Sequence[tuple[float, float]]) -> Curve:
    """Draw a curve.

    Args:
        rng: where the phases come from.
        waves: amplitude and wavelength of each; each is drawn three times around its length,
            so that the curve never repeats.
    """
    amplitude = np.repeat([a for a, _ in waves], 3) / np.sqrt(3)
    length = np.repeat([w for _, w in waves], 3) * rng.uniform(0.7, 1.4, 3 * len(waves))
    phase = rng.uniform(0, 2 * np.pi, 3 * len(waves))
    return Curve(amplitude, 2 * np.pi / length, phase)


def surface(rng: np.random.Generator, length_m: float, *, waves: int = 24) -> Surface:
    """Draw a surface whose hills lie about ``length_m`` apart."""
    angle = rng.uniform(0, 2 * np.pi, waves)
    wave = 2 * np.pi / (length_m * rng.uniform(0.6, 1.8, waves))
    directions = np.column_stack([np.cos(angle), np.sin(angle)])
    return Surface(directions * wave[:, None], rng.uniform(0, 2 * np.pi, waves))
