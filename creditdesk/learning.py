"""Fits probabilities and figures to examples: logistic and linear regression with a ridge, in plain numpy.

Loaded when a forecast is asked for, and by nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_RIDGE: Final = 3.0
_ROUNDS: Final = 50
_ENOUGH: Final = 1e-8


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights of figures that were brought to mean 0 and spread 1; the first weight stands alone."""

    mean: Array
    spread: Array
    weights: Array

    def scores(self, examples: Sequence[Sequence[float]]) -> Array:
        """One figure an example: log odds of a logistic fit, the value of a linear one."""
        return np.asarray(
            self._scaled(examples) @ self.weights[1:] + self.weights[0], dtype=float
        )

    def chances(self, examples: Sequence[Sequence[float]]) -> list[float]:
        """Probabilities of a logistic fit."""
        return [float(each) for each in 1 / (1 + np.exp(-self.scores(examples)))]

    def shares(self, example: Sequence[float]) -> list[float]:
        """What each figure adds to the score of one example."""
        return [float(each) for each in self._scaled([example])[0] * self.weights[1:]]

    def _scaled(self, examples: Sequence[Sequence[float]]) -> Array:
        return (np.asarray(examples, dtype=float) - self.mean) / self.spread


def logistic(
    examples: Sequence[Sequence[float]],
    happened: Sequence[bool],
    counts: Sequence[float],
) -> Fit:
    """The likeliest weights for what happened, each example counting so much, large weights held back."""
    mean, spread, columns = _standard(examples)
    wanted, weight = np.asarray(happened, dtype=float), np.asarray(counts, dtype=float)
    ridge = _ridge(columns.shape[1])
    weights = np.zeros(columns.shape[1])
    for _ in range(_ROUNDS):
        said = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (weight * (said - wanted)) + ridge @ weights
        curve = (columns.T * (weight * said * (1 - said))) @ columns + ridge
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < _ENOUGH:
            break
    return Fit(mean, spread, weights)


def linear(
    examples: Sequence[Sequence[float]],
    values: Sequence[float],
    counts: Sequence[float],
) -> Fit:
    """The weights of least squares, each example counting so much, large weights held back."""
    mean, spread, columns = _standard(examples)
    weighted = columns.T * np.asarray(counts, dtype=float)
    weights = np.linalg.solve(
        weighted @ columns + _ridge(columns.shape[1]),
        weighted @ np.asarray(values, dtype=float),
    )
    return Fit(mean, spread, weights)


def _standard(examples: Sequence[Sequence[float]]) -> tuple[Array, Array, Array]:
    raw = np.asarray(examples, dtype=float)
    mean, spread = raw.mean(axis=0), raw.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    scaled = (raw - mean) / spread
    return mean, spread, np.hstack([np.ones((len(raw), 1)), scaled])


def _ridge(size: int) -> Array:
    """All but the first weight are held back."""
    return np.diag([0.0, *[_RIDGE] * (size - 1)])
