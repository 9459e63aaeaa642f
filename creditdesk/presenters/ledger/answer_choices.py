"""The answers to a question about files, in words, with what each makes of real documents."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from creditdesk.catalog.term_questions import LEFT_OPEN, as_answered
from creditdesk.domain.ledger.asked import IN_WORDS, AnswerOption, FileQuestion
from creditdesk.domain.ledger.rows import DocumentRow
from creditdesk.i18n import N_, Message
from creditdesk.presenters.parts.typed import FieldKind, read
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import PAID

_DAYS = "DAYS"


@dataclass(frozen=True, slots=True)
class AnswerExample:
    """A real document under an answer: its number (of the first one), its day, and when it then falls due."""

    number: str
    issued: str
    due: str


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One answer. `typed`: what is to be typed beside it, empty: nothing."""

    option: str
    text: str
    examples: Sequence[AnswerExample] = ()
    typed: str = ""


def choices(
    question: FileQuestion, first: DocumentRow | None, say: Wording
) -> Sequence[AnswerChoice]:
    """The answers but that of leaving it open, which has a button of its own; `first`: of the documents concerned."""
    made = [
        AnswerChoice(
            each.id, say.message(each.text), _examples(each, first, say), _typed(question, each, say),
        )
        for each in question.options
        if each.id != LEFT_OPEN
    ]  # fmt: skip
    if question.free == PAID:
        made.append(
            AnswerChoice(PAID, say(N_("Yes, on another day")), (), say(N_("Day, such as 2026-01-31")))
        )  # fmt: skip
    return made


def typed_answer(words: str, option: str, typed: str) -> str:
    """The answer about a wording with what was typed: a number, or the words of a contract. Raises `UserError`s."""
    typed = typed.strip()
    digits = unicodedata.normalize("NFKC", typed).isdecimal()
    if option == _DAYS and typed and not digits:
        option = f"{IN_WORDS}{typed}"
    else:
        option = f"{option}:{read(FieldKind.NUMBER, typed)}"
    as_answered(words, option)
    return option


def option_words(question: FileQuestion, option: str, say: Wording) -> str:
    """An answer in words, with the number or day that was typed."""
    for each in question.options:
        if each.id == option:
            return say.message(each.text)
    if option.startswith(IN_WORDS):
        return f"“{option.removeprefix(IN_WORDS)}”"
    typed = option.removeprefix(question.free)
    if question.free == PAID:
        return say(N_("Yes, they were paid by {day}."), day=typed)
    kind = question.free.removesuffix(":")
    text = next((each.text for each in question.options if each.id == kind), None)
    return f"{say.message(text)}: {typed}" if text else option


def _typed(question: FileQuestion, option: AnswerOption, say: Wording) -> str:
    if not question.free or option.id != question.free.removesuffix(":"):
        return ""
    by_month = option.id.endswith("NEXT_MONTH_DAY")
    return (
        say(N_("Day, 1 to 31"))
        if by_month
        else say(N_("Days, or the contract's words"))
    )


def _examples(
    option: AnswerOption, first: DocumentRow | None, say: Wording
) -> Sequence[AnswerExample]:
    return [_example(each, first, say) for each in option.examples]


def _example(
    example: Message, first: DocumentRow | None, say: Wording
) -> AnswerExample:
    days = {name: day for name, day in example.places if isinstance(day, date)}
    issued, due = days.get("issued"), days.get("due")
    is_first = first is not None and issued and first.issued == issued.isoformat()
    number = first.paper_number if first is not None and is_first else ""
    return AnswerExample(number, say.day(issued), say.day(due))
