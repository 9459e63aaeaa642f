"""What one asks of a policy before signing it, and how far the asking has come (rules.md 2.2, 12)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from creditdesk.i18n import N_, Bilingual


class ReviewState(StrEnum):
    """What became of a question. `OPEN`: nobody has answered it."""

    OPEN = "OPEN"
    AS_NEEDED = "AS_NEEDED"
    ASK = "ASK"
    NOT_APPLICABLE = "NOT_APPLICABLE"


STATE_TITLES: Mapping[ReviewState, str] = {
    ReviewState.OPEN: N_("not looked at yet"),
    ReviewState.AS_NEEDED: N_("as we need it"),
    ReviewState.ASK: N_("to be asked"),
    ReviewState.NOT_APPLICABLE: N_("doesn't apply"),
}


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One question to the policy. `fields` are the values of the schedule it concerns.

    It applies when each field of `when` has one of its values, and unless every amount of `when_given` was checked
    to be 0: an amount nobody has looked up may be there.
    """

    code: str
    section: Bilingual
    title: Bilingual
    question: Bilingual
    why: Bilingual
    fields: tuple[str, ...]
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    when_given: tuple[str, ...] = ()

    def applies(self, texts: Mapping[str, str], confirmed: Collection[str]) -> bool:
        """Whether the policy with these values has to be asked this; `confirmed`: checked against the paper."""
        fitting = all(
            texts.get(key, "") in values or not texts.get(key)
            for key, values in self.when.items()
        )
        none = (key in confirmed and _is_zero(texts.get(key, "")) for key in self.when_given)  # fmt: skip
        return fitting and not (self.when_given and all(none))


@dataclass(frozen=True, slots=True)
class Answered:
    """The newest answer to a question, with the values it was given on."""

    state: ReviewState
    remark: str
    on: date
    who: str
    seen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A value that is another now than when the question was answered; an empty text is none."""

    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class ReviewedItem:
    """A question and how it stands. `answer` None: nobody has answered it."""

    item: ReviewItem
    applies: bool
    answer: Answered | None
    changed: tuple[ChangedValue, ...] = ()

    @property
    def state(self) -> ReviewState:
        """What became of it; what can't apply needs no answer."""
        if self.answer is not None:
            return self.answer.state
        return ReviewState.OPEN if self.applies else ReviewState.NOT_APPLICABLE

    @property
    def waits(self) -> bool:
        """Whether somebody has to look at it: never answered, or answered on other values."""
        return self.state is ReviewState.OPEN or bool(self.changed)


def reviewed(
    items: Iterable[ReviewItem],
    texts: Mapping[str, str],
    confirmed: Collection[str],
    answers: Mapping[str, Answered],
) -> tuple[ReviewedItem, ...]:
    """Every question as it stands on a policy with these values; `answers` by code."""
    return tuple(
        ReviewedItem(
            item,
            item.applies(texts, confirmed),
            answers.get(item.code),
            _changed(texts, answers.get(item.code)),
        )
        for item in items
    )


def still_waiting(items: Sequence[ReviewedItem]) -> int:
    """How many questions somebody has to look at."""
    return sum(item.waits for item in items)


def _changed(
    texts: Mapping[str, str], answer: Answered | None
) -> tuple[ChangedValue, ...]:
    seen = {} if answer is None or answer.state is ReviewState.OPEN else answer.seen
    return tuple(
        ChangedValue(key, was, texts.get(key, ""))
        for key, was in seen.items()
        if was != texts.get(key, "")
    )


def _is_zero(amount: str) -> bool:
    """Whether an amount is there and 0, in any writing."""
    return bool(amount.strip()) and not amount.strip(" 0.,")


@dataclass(frozen=True, slots=True)
class InsurerQuestion:
    """One question of the letter, in its language: what is asked, what the policy says so far, and the remark."""

    question: str
    understood: tuple[tuple[str, str], ...]
    remark: str


@dataclass(frozen=True, slots=True)
class InsurerQuestions:
    """The letter with everything that is to be asked about a policy."""

    insurer: str
    policyholder: str
    policy_no: str
    policy_start: date
    policy_end: date
    on: date
    questions: tuple[InsurerQuestion, ...]
