"""A client's ledger habits, without Qt: what was answered once about its files, to be changed or taken back."""

from dataclasses import dataclass

from creditdesk.catalog.term_questions import LEFT_OPEN, TERMS, as_answered
from creditdesk.domain.ledger.asked import FileQuestion
from creditdesk.domain.ledger.bank import BANK_VIEW
from creditdesk.domain.ledger.term_answers import TermAnswerUnknown
from creditdesk.domain.ledger.term_texts import read_as
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.importers.rows.asking import (
    CREDIT_NOTE,
    INVOICE,
    RECEIPT,
    REFUND,
    SKIP,
)
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.ledger.answer_choices import choices
from creditdesk.presenters.ledger.import_questions import QuestionCard
from creditdesk.presenters.ledger.term_asking import TermAsking
from creditdesk.presenters.parts.table import Cell, Column, Table
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerLine
from creditdesk.services.ledger import NUMBERS
from creditdesk.workspace import Workspace

TABLES = frozenset({"import_answer", "invoice", "buyer", "client"})
_KIND = "kind:"
_QUESTIONS = {
    NUMBERS: N_("Numbers that come again with another date"),
    "dollar": N_("A bare $"),
    "retention": N_("Retention and the amount"),
}
_ANSWERS = {
    "BY_YEAR": N_("begin anew every year"),
    "BY_MONTH": N_("begin anew every month"),
    "CORRECTED": N_("the date was corrected"),
    "INSIDE": N_("the amount holds it"),
    "BESIDE": N_("owed beside the amount"),
    INVOICE: N_("Invoice"),
    CREDIT_NOTE: N_("Credit note"),
    RECEIPT: N_("Payment"),
    REFUND: N_("Refund to the buyer"),
    SKIP: N_("left out"),
    "bank": N_("a bank's: credit is money in"),
    "books": N_("the books' own: debit is money in"),
}


@dataclass(frozen=True, slots=True)
class Habit:
    """One answer. `words`: of a payment term, empty for other questions; `buyer_id` None: for all buyers."""

    id: str
    what: str
    answer: str
    whom: str
    words: str = ""
    buyer_id: int | None = None


class HabitsPresenter:
    """The answers kept for one client, and the one that is looked at."""

    def __init__(self, workspace: Workspace, wording: Wording, client: int) -> None:
        self._desk = workspace.desk
        self._wording = wording
        self._client = client
        self.chosen: Habit | None = None
        self.changed: Event[None] = Event()
        self.table: Table[Habit] = Table(
            [
                Column(key="what", title=N_("Asked"), cell=lambda row: Cell(row.what, hint=row.what),
                       order=lambda row: row.what, width=240),
                Column(key="whom", title=N_("Holds for"), cell=lambda row: Cell(row.whom, hint=row.whom),
                       order=lambda row: row.whom, width=150),
                Column(key="answer", title=N_("Answer"), cell=lambda row: Cell(row.answer, hint=row.answer),
                       order=lambda row: row.answer, stretch=True),
            ],
            lambda row: row.id,
            sort="what",
        )  # fmt: skip
        self.terms = TermAsking(wording)
        self._buyers: dict[str, BuyerLine] = {}

    @property
    def client(self) -> str:
        """Whose habits they are."""
        found = {line.id: line.name for line in self._desk.clients.all()}
        return found[self._client]  # type: ignore[index]  # a client's number

    def reload(self) -> None:
        """Read them; the same one stays chosen while it is there."""
        kept = self._desk.ledger.answers(self._client)
        if any("@" in id_ for id_ in kept):
            mine = self._desk.buyers.all(self._client)
            self._buyers = {each.code or each.name: each for each in mine}
        self.table.show([self._habit(id_, option) for id_, option in kept.items()])
        self.choose(self.chosen.id if self.chosen else "")

    def choose(self, id_: str) -> None:
        """Look at one."""
        self.chosen = self.table.get(id_)
        habit = self.chosen
        question = None
        if habit and habit.words:
            ledger = self._desk.ledger
            question = ledger.term_question(self._client, habit.words, habit.buyer_id)
        self.terms.ask(question, self._card(question) if question else None)
        self.changed.emit(None)

    def settling(self) -> Job[None]:
        """The work of saying it otherwise: due dates that were counted by the answer move with it."""
        return self._saying(self.terms.option)

    def removing(self) -> Job[None]:
        """The work of taking the answer back: the next file asks again, and what it dated is open again."""
        return self._saying("")

    def _saying(self, option: str) -> Job[None]:
        habit, client, ledger = self.chosen, self._client, self._desk.ledger
        assert habit is not None  # noqa: S101 - something is chosen first

        def change() -> None:
            if habit.words:
                ledger.settle_terms(client, habit.words, option, habit.buyer_id)
            else:
                ledger.keep_answers(client, {habit.id: option})

        def job(progress: Progress) -> None:
            self._desk.do(change, progress)

        return job

    def _habit(self, id_: str, option: str) -> Habit:
        say = self._wording
        everyone = say(N_("all buyers"))
        if id_.startswith(TERMS):
            words, buyer = self._whom(id_.removeprefix(TERMS))
            what = say(N_("Payment term “{words}”"), words=words)
            name = buyer.name if buyer else everyone
            return Habit(id_, what, self._term_answer(words, option), name, words, buyer.id if buyer else None)  # fmt: skip
        if id_.startswith(_KIND):
            kind = id_.removeprefix(_KIND)
            what = say(N_("Documents called “{kind}”"), kind=kind)
        elif id_.startswith(BANK_VIEW):
            account, _, columns = id_.removeprefix(BANK_VIEW).partition("·")
            text = N_("Debit and credit of statements with the columns {columns}")
            what = say(text, columns=columns.replace("|", ", "))
            everyone = account or everyone
        else:
            what = say(_QUESTIONS[id_]) if id_ in _QUESTIONS else id_
        answer = say(_ANSWERS[option]) if option in _ANSWERS else option
        return Habit(id_, what, answer, everyone)

    def _whom(self, told: str) -> tuple[str, BuyerLine | None]:
        """The words, and the one buyer the answer is for; words may hold the sign between the two themselves."""
        words, _, key = told.rpartition("@")
        buyer = self._buyers.get(key) if words else None
        return (words, buyer) if buyer else (told, None)

    def _term_answer(self, words: str, option: str) -> str:
        if option == LEFT_OPEN:
            return self._wording(N_("Leave the due date open"))
        try:
            return self._wording.message(read_as(as_answered(words, option)))
        except TermAnswerUnknown:
            return option

    def _card(self, question: FileQuestion) -> QuestionCard:
        say = self._wording
        return QuestionCard(
            id=question.id,
            text=say.message(question.text),
            reach=say(N_("Due dates that were counted by the answer move with it.")),
            choices=choices(question, None, say),
            scopes=(),
            leave="",
        )
