"""What a row leaves to a person: its question, and that the row waits for the answer. rules.md 14.1, 14.5."""

from creditdesk.catalog.headings import Field, normalised
from creditdesk.domain.ledger.asked import AnswerOption, Answers, FileQuestion
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.currencies import DOLLARS
from creditdesk.importers.files.cells import Cell
from creditdesk.importers.rows.cells import Waiting

INVOICE, CREDIT_NOTE, RECEIPT, REFUND, SKIP = (
    "INVOICE", "CREDIT_NOTE", "RECEIPT", "REFUND", "SKIP",
)  # fmt: skip


def dollar(answers: Answers, shown: Cell, field: Field) -> str:
    """The currency a bare $ stands for. Raises `Waiting`."""
    said = answers.get("dollar", "")
    if said in DOLLARS:
        return said
    question = FileQuestion(
        id="dollar",
        text=Message(N_("Amounts are written with a bare $. Which dollar is it?")),
        options=tuple(AnswerOption(code, Message(code)) for code in DOLLARS),
    )
    reason = N_(
        "Which dollar this $ means, the file doesn't say. Say it; until then the row waits."
    )
    raise Waiting(question, field, shown, Message(reason))


def kind_of(answers: Answers, shown: str) -> str:
    """What documents of an unknown kind are: one of the answers above. Raises `Waiting`."""
    id_ = f"kind:{normalised(shown)}"
    said = answers.get(id_, "")
    question = FileQuestion(
        id=id_,
        text=Message.of(N_("What are the documents called “{kind}”?"), kind=shown),
        options=(
            AnswerOption(INVOICE, Message(N_("Invoices: they are owed."))),
            AnswerOption(CREDIT_NOTE, Message(N_("Credit notes: they lessen the debt."))),
            AnswerOption(RECEIPT, Message(N_("Money received."))),
            AnswerOption(REFUND, Message(N_("Money that went back to the buyer."))),
            AnswerOption(SKIP, Message(N_("Something else: leave them out."))),
        ),
    )  # fmt: skip
    if question.takes(said):
        return said
    reason = N_(
        "What a {kind} is, nobody has said yet. Say it; until then the row waits."
    )
    raise Waiting(question, Field.DOC_TYPE, shown, Message.of(reason, kind=shown))
