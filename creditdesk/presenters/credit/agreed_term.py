"""Which sense of the term agreed with a buyer is meant, without Qt: asked beside its words, and kept with the buyer."""

from collections.abc import Callable
from dataclasses import replace

from creditdesk.domain.ledger.asked import FileQuestion
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.ledger.answer_choices import AnswerChoice, choices
from creditdesk.presenters.parts.form import Answers, FormField, Option
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerCard, BuyerId, BuyerTermUnclear
from creditdesk.workspace import Desk


class TermNumberMissing(UserError):
    """The reading that was chosen wants a number."""

    message = N_("Give the day or the number of days for the reading you chose.")


class AgreedTerm:
    """The readings of the words last saved in vain, nothing preselected, each with the due dates it gives."""

    def __init__(
        self, desk: Desk, wording: Wording, asked: Callable[[], object]
    ) -> None:
        self._desk = desk
        self._wording = wording
        self._asked = asked
        self._words = ""
        self._question: FileQuestion | None = None

    @property
    def fields(self) -> tuple[FormField, ...]:
        """What is asked; nothing before the words prove to have several readings."""
        if self._question is None:
            return ()
        say = self._wording
        offered = choices(self._question, None, say)
        options = [Option(each.option, self._words_of(each)) for each in offered]
        reading = FormField(
            key="term_as",
            label=say(N_("Which is meant as")),
            kind=FieldKind.CHOICE,
            options=(Option("", say(N_("not said"))), *options),
        )
        if not any(each.typed for each in offered):
            return (reading,)
        number = FormField(
            key="term_number",
            label=say(N_("Day or number of days")),
            kind=FieldKind.NUMBER,
            hint=say(N_("where the reading wants one")),
        )
        return reading, number

    def keep(
        self, client: int, buyer: BuyerId | None, card: BuyerCard, said: Answers
    ) -> BuyerId:
        """Keep a buyer's card and the reading that was chosen; `buyer` None: a new one. The answer is its number.

        Documents its term is to date fall due by it. Raises `UserError`s.
        """
        option = self._option(card, said)
        undated = replace(card, term_dates=False) if option else card
        buyers, ledger = self._desk.buyers, self._desk.ledger

        def change() -> BuyerId:
            number = buyer
            if number is None:
                number = buyers.add(client, undated)
            else:
                buyers.change(number, undated)
            if option:
                # The answer is kept under the buyer's code or name, which may have been written just now.
                ledger.settle_terms(client, card.term.strip(), option, number)
                buyers.change(number, card)
            ledger.date_by_agreed(number)
            return number

        try:
            return self._desk.do(change)
        except BuyerTermUnclear:
            self._ask(client, buyer, card.term.strip())
            raise

    def _ask(self, client: int, buyer: BuyerId | None, words: str) -> None:
        self._words = words
        self._question = self._desk.ledger.agreed_question(client, words, buyer)
        self._asked()

    def _option(self, card: BuyerCard, said: Answers) -> str:
        """The answer chosen; empty: none, or it was for other words."""
        option = said.text("term_as")
        if not option or self._question is None or self._words != card.term.strip():
            return ""
        if option != self._question.free.removesuffix(":"):
            return option
        number = said.whole("term_number")
        if number is None:
            raise TermNumberMissing
        return f"{option}:{number}"

    def _words_of(self, choice: AnswerChoice) -> str:
        say = self._wording
        if not choice.examples:
            return choice.text
        first = choice.examples[0]
        text = N_("{reading} · issued {issued}, due {due}")
        return say(text, reading=choice.text, issued=first.issued, due=first.due)
