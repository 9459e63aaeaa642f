"""What a person is asked before files are taken in, one question at a time, without Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from creditdesk.i18n import N_
from creditdesk.importers.columns.questions import Question
from creditdesk.intake.files import File
from creditdesk.presenters.ledger.import_columns import FIELD_TITLES
from creditdesk.presenters.parts.wording import Wording


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question with its answers: what to press, and what it says to the program."""

    text: str
    answers: Sequence[tuple[str, str]]


def about_sheets(file: File, say: Wording) -> AskedQuestion:
    """Whether the workbook's other ledgers are taken in too."""
    text = say(
        N_("Other sheets of this workbook look like ledgers too: {sheets}. Take them in as well?"),
        sheets=file.alike,
    )  # fmt: skip
    answers = (
        (say(N_("Yes, all of them")), "sheets:1"),
        (say(N_("No, this sheet only")), "sheets:0"),
    )
    return AskedQuestion(text, answers)


def about_columns(file: File, say: Wording) -> AskedQuestion | None:
    """What only a person can say about the columns and dates, None when all is clear.

    All columns whose headings nobody knows are one question.
    """
    questions = file.questions
    if proposed := [each for each in questions if each.proposed]:
        return _proposed(file, proposed, say)
    return _one(file, questions[0], say) if questions else None


def about_payments(say: Wording, *, together: bool) -> AskedQuestion:
    """Whether payments are in open amounts: of a list beside them (`together`), or of the ledger taken in before."""
    text = N_(
        "The ledger taken in before already says what is still open. Are the payments of this list "
        "in those open amounts?"
    )
    if together:
        text = N_(
            "The list of invoices already says what is still open. Are the payments in the other list "
            "in those open amounts?"
        )
    answers = (
        (say(N_("Yes, don't count them again")), "payments:1"),
        (say(N_("No, they came in later")), "payments:0"),
    )
    return AskedQuestion(say(text), answers)


def _proposed(file: File, questions: Sequence[Question], say: Wording) -> AskedQuestion:
    parts = [
        say(
            N_("{column} is {field} ({why})"),
            column=_label(file, each.columns[0]), field=say(FIELD_TITLES[each.field]), why=each.why,
        )
        for each in questions
        if each.field is not None
    ]  # fmt: skip
    text = say(
        N_(
            "These headings aren't known. By what the columns hold: {columns}. Is that right? If not, choose over the columns."
        ),
        columns=say.list(parts),
    )
    return AskedQuestion(text, ((say(N_("Yes, take them so")), "proposed:"),))


def _one(file: File, question: Question, say: Wording) -> AskedQuestion:
    why = say.message(question.why)
    if question.field is None:
        answers = (
            (say(N_("Dates: day first")), "dates:1"),
            (say(N_("Dates: month first")), "dates:0"),
        )
        return AskedQuestion(why, answers)
    title = say(FIELD_TITLES[question.field])
    choices = [
        (
            say(N_("{column} is {field}"), column=_label(file, column), field=title),
            f"{question.field.value}:{column}",
        )
        for column in question.columns
    ]
    return AskedQuestion(
        say(N_("Which column is “{field}”? {why}"), field=title, why=why), choices
    )


def _label(file: File, column: int) -> str:
    """The column's heading, else its number."""
    assert file.piece is not None  # noqa: S101 - a question is one of a file
    assert file.piece.mapping is not None  # noqa: S101 - see above
    return file.piece.mapping.head.labels[column] or str(column + 1)
