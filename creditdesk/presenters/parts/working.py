"""The working of a figure in words, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass

from creditdesk.domain.base.steps import Step
from creditdesk.presenters.parts.wording import Wording


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line of a calculation in words. `source`: what of the policy it rests on, and on which page."""

    label: str
    amount: str
    detail: str
    source: str
    strong: bool


def lines(steps: Sequence[Step], wording: Wording) -> tuple[FigureLine, ...]:
    """Every step."""
    return tuple(_line(step, wording) for step in steps)


def _line(step: Step, wording: Wording) -> FigureLine:
    return FigureLine(
        wording.message(step.label),
        wording.figure(step.amount) if step.amount is not None else "",
        wording.message(step.detail) if step.detail else "",
        wording.message(step.clause) if step.clause else "",
        step.emphasis,
    )
