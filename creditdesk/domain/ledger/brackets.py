"""The columns of an aging: not due, then by days overdue."""

from bisect import bisect_left
from collections.abc import Sequence

STANDARD_BRACKETS = (30, 60, 90)
NOT_DUE = "not_due"


def column_names(brackets: Sequence[int]) -> tuple[str, ...]:
    """`30, 60, 90` are the columns not_due, 1-30, 31-60, 61-90 and >90."""
    if list(brackets) != sorted({*brackets}) or any(day < 1 for day in brackets):
        message = f"brackets must be ascending days above 0, not {brackets}"
        raise ValueError(message)
    starts = (0, *brackets)
    spans = (f"{start + 1}-{end}" for start, end in zip(starts, brackets, strict=False))
    return (NOT_DUE, *spans, f">{starts[-1]}")


def column_of(days: int, brackets: Sequence[int]) -> int:
    """The place of the column for so many days overdue; up to 0 it is not due."""
    return 0 if days <= 0 else bisect_left(brackets, days) + 1
