"""What files on their way leave to a person: one question at a time, with what each answer does, without Qt.

Nothing is chosen beforehand. rules.md 14.1.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from creditdesk.catalog.term_questions import (
    LEFT_OPEN,
    TERMS,
    question_id,
)
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.asked import FileQuestion
from creditdesk.domain.ledger.documents import LedgerDraft
from creditdesk.domain.ledger.rows import DocumentRow, document_rows, payment_rows
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.intake.files import Checked, File
from creditdesk.presenters.ledger.answer_choices import (
    AnswerChoice,
    choices,
    option_words,
    typed_answer,
)
from creditdesk.presenters.parts.typed import FieldKind, read, understood
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import MISSING, NUMBERS, PAID, TakenIn

EVERYONE, ONCE = "", "once"


@dataclass(frozen=True, slots=True)
class AnswerScope:
    """For whom an answer is kept. `id`: everyone, a buyer's key, or `ONCE`."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCard:
    """The question that is next: whom it concerns, its answers, for whom they hold, and what leaving it does."""

    id: str
    text: str
    reach: str
    choices: Sequence[AnswerChoice]
    scopes: Sequence[AnswerScope]
    leave: str


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A question that was answered, folded to a line."""

    id: str
    text: str


@dataclass(slots=True)
class _Reach:
    """What a question concerns: rows, open money, and buyers with their rows, by key."""

    rows: int = 0
    sums: dict[str, int] = field(default_factory=dict)
    buyers: Counter[str] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    first: DocumentRow | None = None


@dataclass(slots=True)
class _Said:
    """An answer of this sitting: the question, what was chosen, and under which ids it is known."""

    question: FileQuestion
    option: str
    id: str
    once: bool


class ImportQuestions:
    """The questions of the files that are looked at, and what was said to them."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._files: Sequence[File] = ()
        self._said: list[_Said] = []
        self._left: dict[str, FileQuestion] = {}
        self._just: set[str] = set()
        self.waits = False
        """Whether something was said since the files were read."""
        self._reach: dict[str, _Reach] = {}
        self.fault = ""
        self._choose_none()

    @property
    def said(self) -> dict[str, str]:
        """The answers by question, as files are read with them."""
        return {each.id: each.option for each in self._said}

    @property
    def once(self) -> frozenset[str]:
        """The answers that are about these files alone."""
        return frozenset(each.id for each in self._said if each.once)

    def forget(self) -> None:
        """Other files, or another client's."""
        self._said, self._left = [], {}
        self._just, self.waits = set(), False
        self._choose_none()

    def look_at(self, files: Sequence[File]) -> None:
        """The files as they are now; what they ask is asked anew."""
        self._files, self._reach = files, {}
        self._just, self.waits = set(), False
        if self.card is None or self.card.id != self._chosen_for:
            self._choose_none()

    @property
    def waiting(self) -> Sequence[FileQuestion]:
        """What nobody has answered or left yet, each question once."""
        asked = {
            each.id: each
            for file in self._files
            if file.checked and isinstance(file.checked.told, TakenIn)
            for each in file.checked.told.questions
        }
        return [
            each
            for each in asked.values()
            if each.id not in self._left and each.id not in self._just
        ]

    def place(self, id_: str) -> int:
        """The first file that asks it."""
        for place, file in enumerate(self._files):
            told = file.checked.told if file.checked else None
            if isinstance(told, TakenIn) and any(q.id == id_ for q in told.questions):
                return place
        return 0

    @property
    def card(self) -> QuestionCard | None:
        """The question that comes next."""
        waiting = self.waiting
        if not waiting:
            return None
        question, say = waiting[0], self._wording
        reach = self._reach_of(question)
        return QuestionCard(
            id=question.id,
            text=say.message(question.text),
            reach=self._reach_words(reach),
            choices=choices(question, reach.first, say),
            scopes=self._scopes(question, reach),
            leave=self._leave(question, reach),
        )

    @property
    def lines(self) -> Sequence[SaidLine]:
        """What was said, one line each."""
        say = self._wording
        lines = [
            SaidLine(
                each.id,
                f"{say.message(each.question.text)} {option_words(each.question, each.option, say)}",
            )
            for each in self._said
        ]
        lines += [
            SaidLine(id_, say(N_("{question} left unanswered"), question=question.text))
            for id_, question in self._left.items()
        ]
        return lines

    def choose(self, option: str) -> None:
        """One of the answers; nothing is said yet."""
        card = self.card
        if card is None:
            return
        self._chosen_for, self.chosen, self.fault = card.id, option, ""

    def say_for(self, scope: str) -> None:
        """For whom the answer is to be kept."""
        self.scope = scope

    def answer(self) -> bool:
        """Say what was chosen; False: it can't be, and `fault` says why."""
        waiting = self.waiting
        if not waiting or not self.chosen:
            return False
        try:
            option = self._option(waiting[0])
        except UserError as refused:
            self.fault = self._wording.message(refused.said)
            return False
        self._say(waiting[0], option)
        return True

    def leave(self) -> bool:
        """Go on without an answer; True: the files are read with the due dates left open."""
        waiting = self.waiting
        if not waiting:
            return False
        question = waiting[0]
        if question.id.startswith(TERMS):
            self._say(question, LEFT_OPEN)
            return True
        self._left[question.id] = question
        self._choose_none()
        return False

    def take_back(self, id_: str) -> bool:
        """Ask again; True: the files are read without the answer."""
        if self._left.pop(id_, None):
            return False
        self._said = [each for each in self._said if each.id != id_]
        self.waits = True
        return True

    def _say(self, question: FileQuestion, option: str) -> None:
        buyer = self.scope if self.scope != ONCE else EVERYONE
        id_ = question.id
        if buyer and id_.startswith(TERMS):
            id_ = question_id(id_.removeprefix(TERMS), buyer)
        self._said = [each for each in self._said if each.id != id_]
        self._said.append(_Said(question, option, id_, self.scope == ONCE))
        self._just.add(question.id)
        self.waits = True
        self._choose_none()

    def _choose_none(self) -> None:
        self.chosen = self.typed = self.fault = self._chosen_for = ""
        self.scope = EVERYONE

    def _option(self, question: FileQuestion) -> str:
        """The answer with what was typed beside it. Raises `UserError`s."""
        option = self.chosen
        if option == PAID:
            told = understood(FieldKind.DATE, self.typed, self._wording)
            return f"{PAID}{read(FieldKind.DATE, told)}"
        if not (question.free and option == question.free.removesuffix(":")):
            return option
        if question.id.startswith(TERMS):
            return typed_answer(question.id.removeprefix(TERMS), option, self.typed)
        return f"{option}:{read(FieldKind.NUMBER, self.typed)}"

    def _reach_of(self, question: FileQuestion) -> _Reach:
        found = self._reach.get(question.id)
        if found is None:
            found = self._reach[question.id] = _Reach()
            for each in self._files:
                if each.checked:
                    _add_reach(found, question.id, each.checked)
        return found

    def _reach_words(self, reach: _Reach) -> str:
        say = self._wording
        if not reach.rows:
            return ""
        parts = [
            say.plural(
                N_("Concerns {count} row"), N_("Concerns {count} rows"), reach.rows
            )
        ]
        money = say.moneys(
            Money.of_fine(fine, code) for code, fine in reach.sums.items()
        )
        if money:
            parts.append(say(N_("open {money}"), money=money))
        if reach.buyers:
            parts.append(
                say.plural(N_("{count} buyer"), N_("{count} buyers"), len(reach.buyers))
            )
        return " · ".join(parts)  # fmt: skip

    def _scopes(self, question: FileQuestion, reach: _Reach) -> Sequence[AnswerScope]:
        say = self._wording
        if not question.is_kept or question.id == NUMBERS:
            return ()
        once = AnswerScope(ONCE, say(N_("Only this once")))
        if not question.id.startswith(TERMS):
            return AnswerScope(EVERYONE, say(N_("All files of this client"))), once
        everyone = say.plural(
            N_("All buyers of this client ({count} row)"), N_("All buyers of this client ({count} rows)"), reach.rows,
        )  # fmt: skip
        scopes = [AnswerScope(EVERYONE, everyone), once]
        for key, count in reach.buyers.most_common(1):
            only = say.plural(
                N_("Only {buyer} ({count} row)"), N_("Only {buyer} ({count} rows)"), count, buyer=reach.names[key],
            )  # fmt: skip
            scopes.insert(0, AnswerScope(key, only))
        return scopes

    def _leave(self, question: FileQuestion, reach: _Reach) -> str:
        say = self._wording
        if question.id.startswith(TERMS):
            return say.plural(
                N_("Leave it open: {count} row comes in with the due date open"),
                N_("Leave it open: {count} rows come in with the due date open"),
                reach.rows,
            )
        if question.matter == MISSING:
            return say(N_("Leave it: they stay as they are"))
        if not reach.rows:
            return say(N_("Leave it: no row of the file comes in"))
        return say.plural(
            N_("Leave it: {count} row stays out"),
            N_("Leave it: {count} rows stay out"),
            reach.rows,
        )


def _add_reach(reach: _Reach, id_: str, checked: Checked) -> None:
    told, draft = checked.told, checked.draft
    if not isinstance(told, TakenIn) or not isinstance(draft, LedgerDraft):
        return
    rows = {row for each in told.questions if each.id == id_ for row in each.rows}
    if not rows:
        return
    reach.rows += len(rows)
    paid: Counter[int] = Counter()
    for each in payment_rows(draft.payments):
        if each.row in rows and each.issued:
            paid[each.row] += each.amount_fine
    _add_documents(reach, (row for row in document_rows(draft.documents) if row.row in rows), paid)  # fmt: skip


def _add_documents(
    reach: _Reach, documents: Iterable[DocumentRow], paid: Counter[int]
) -> None:
    counted: set[int] = set()
    for row in documents:
        key = row.buyer.code or row.buyer.name
        reach.first = reach.first or row
        reach.names.setdefault(key, row.buyer.name or row.buyer.code)
        owed = row.amount_fine
        if row.row not in counted:
            owed -= paid[row.row]
            reach.buyers[key] += 1
        counted.add(row.row)
        reach.sums[row.currency] = reach.sums.get(row.currency, 0) + owed
