"""What is done about a warning, and for how long that settles it (rules.md 7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from creditdesk.domain.credit.warnings import Effect, Warned
from creditdesk.i18n import N_

HELD = timedelta(days=90)
"""How long an answer settles a warning that has no first day of its own, such as the use of the limit."""


class Answer(StrEnum):
    """The four answers."""

    IGNORE = "IGNORE"
    WATCH = "WATCH"
    TELL = "TELL"
    STOP = "STOP"


ANSWER_TITLES: Mapping[Answer, str] = {
    Answer.IGNORE: N_("Ignore, with the reason"),
    Answer.WATCH: N_("Watch until a day"),
    Answer.TELL: N_("The insurer was told"),
    Answer.STOP: N_("Stop shipping"),
}
ANSWERED_WORDS: Mapping[Answer, str] = {
    Answer.IGNORE: N_("ignored"),
    Answer.WATCH: N_("watched"),
    Answer.TELL: N_("insurer told"),
    Answer.STOP: N_("shipping stopped"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer. `effect`: the warning's when it was given."""

    id: int
    code: str
    effect: Effect
    answer: Answer
    on: date
    reason: str = ""
    until: date | None = None
    lifted_by: str = ""
    way: str = ""
    document_id: int | None = None
    who: str = ""


_GRAVITY = {Effect.NOTE: 0, Effect.TELL: 1, Effect.STOP: 2}


def gravest(warning: Warned) -> Effect:
    """The warning's effect; one that stops deliveries and is told besides stops."""
    return warning.level.effect


def answer_to(
    warning: Warned, answers: Iterable[Answered], on: date
) -> Answered | None:
    """The newest answer that still settles a warning on a day; None: it is open.

    It is open again where it became graver, where what is warned of happened anew after the answer, after the day of
    watching, and `HELD` after an answer to a warning that has no first day. A stop stands until it is voided.
    """
    mine = [each for each in answers if each.code == warning.kind.code and each.on <= on]  # fmt: skip
    last = max(mine, key=lambda each: (each.on, each.id), default=None)
    if last is None or _GRAVITY[gravest(warning)] > _GRAVITY[last.effect]:
        return None
    since = warning.observed.since
    if since is not None and since > last.on:
        return None
    if last.answer is Answer.WATCH:
        return last if last.until is not None and on <= last.until else None
    if since is None and last.answer is not Answer.STOP and on - last.on > HELD:
        return None
    return last


def to_tell(warning: Warned) -> bool:
    """Whether the insurer has to be told of it."""
    return warning.level.tell or warning.level.effect is Effect.TELL
