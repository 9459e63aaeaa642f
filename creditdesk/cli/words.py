"""Answers as plain JSON values: money with its currency's digits, steps in words."""

from collections.abc import Iterable
from datetime import date

from creditdesk.domain.base.steps import Step
from creditdesk.errors import UserError
from creditdesk.i18n import Language, words


def steps_json(steps: Iterable[Step], language: Language) -> list[dict[str, object]]:
    """The working, in this language."""
    say = words(language).say
    return [
        {
            "code": step.code,
            "label": say(step.label),
            "amount": step.amount.plain if step.amount is not None else None,
            "detail": say(step.detail) if step.detail else None,
            "source": step.source,
        }
        for step in steps
    ]


def error_json(error: UserError, language: Language) -> dict[str, object]:
    """A refusal, as scripts read it."""
    message = words(language).say(error.said)
    return {"error": {"code": error.code, "message": message}}


def day_json(day: date | None) -> str | None:
    """An ISO date, or null."""
    return day.isoformat() if day else None
