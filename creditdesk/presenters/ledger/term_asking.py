"""A question about a wording whose documents are in the desk: what is chosen, and whether it can be said."""

from collections.abc import Sequence

from creditdesk.catalog.term_questions import TERMS
from creditdesk.domain.ledger.asked import FileQuestion
from creditdesk.errors import UserError
from creditdesk.presenters.ledger.answer_choices import typed_answer
from creditdesk.presenters.ledger.import_questions import (
    EVERYONE,
    QuestionCard,
    SaidLine,
)
from creditdesk.presenters.parts.wording import Wording


class TermAsking:
    """The question about the wording that is looked at; `option` is what was said last, `said_for` for whom."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._question: FileQuestion | None = None
        self.card: QuestionCard | None = None
        self.lines: Sequence[SaidLine] = ()
        self.waits = False
        self._start()

    def ask(self, question: FileQuestion | None, card: QuestionCard | None) -> None:
        """Another wording; what was chosen for the same one stays."""
        if card != self.card:
            self._start()
        self._question, self.card = question, card

    def choose(self, option: str) -> None:
        """One of the answers; nothing is said yet."""
        self.chosen, self.fault = option, ""

    def say_for(self, scope: str) -> None:
        """For whom the answer holds."""
        self.scope = scope

    def answer(self) -> bool:
        """Say what was chosen; False: it can't be, and `fault` says why."""
        question = self._question
        if question is None or not self.chosen:
            return False
        try:
            self.option = self._option(question)
        except UserError as refused:
            self.fault = self._wording.message(refused.said)
            return False
        self.said_for = self.scope
        return True

    def leave(self) -> bool:
        """It is left open as it stands."""
        return False

    def take_back(self, _id: str) -> bool:
        """Nothing was said here."""
        return False

    def _start(self) -> None:
        self.chosen = self.typed = self.fault = self.option = ""
        self.scope = self.said_for = EVERYONE

    def _option(self, question: FileQuestion) -> str:
        option = self.chosen
        if question.free and option == question.free.removesuffix(":"):
            option = typed_answer(question.id.removeprefix(TERMS), option, self.typed)
        return option
