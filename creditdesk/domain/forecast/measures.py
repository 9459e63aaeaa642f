"""How good a forecast was, by what then happened."""

from collections.abc import Sequence
from itertools import groupby


def auc(happened: Sequence[bool], said: Sequence[float]) -> float | None:
    """How often one that happened was said to be likelier than one that didn't; equal ones count half.

    From 0 to 1, 0.5 by chance; None where all or none happened.
    """
    yes = sum(happened)
    no = len(happened) - yes
    if not yes or not no:
        return None
    ranked = sorted(zip(said, happened, strict=True), key=lambda each: each[0])
    ranks, below = 0.0, 0
    for _, alike in groupby(ranked, key=lambda each: each[0]):
        group = [each[1] for each in alike]
        ranks += sum(group) * (below + (len(group) + 1) / 2)
        below += len(group)
    return (ranks - yes * (yes + 1) / 2) / (yes * no)


def calibration_error(
    happened: Sequence[bool], said: Sequence[float], bins: int = 10
) -> float:
    """The mean gap between said and happened over bins of equal size, from the least likely to the likeliest."""
    ranked = sorted(zip(said, happened, strict=True), key=lambda each: each[0])
    gaps = 0.0
    for number in range(bins):
        some = ranked[number * len(ranked) // bins : (number + 1) * len(ranked) // bins]
        gaps += abs(sum(each[0] for each in some) - sum(each[1] for each in some))
    return gaps / len(ranked)


def mean_error(happened: Sequence[float], said: Sequence[float]) -> float:
    """The mean distance, whichever way."""
    pairs = zip(happened, said, strict=True)
    return sum(abs(one - other) for one, other in pairs) / len(happened)
