"""May we still ship? Asked for a day and an amount, without Qt."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.discretionary import BASIS_TITLES, Basis
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.form import FormField
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.typed import FieldKind, read, tidy
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.policies import (
    STATE_TITLES,
    ShipAnswer,
    Verdict,
    otherwise,
)
from creditdesk.workspace import Workspace

_SAID = {
    Verdict.YES: (N_("Yes, under cover"), Tone.DONE),
    Verdict.PART: (N_("Partly under cover"), Tone.WARNING),
    Verdict.NO: (N_("No cover"), Tone.DANGER),
    Verdict.UNKNOWN: (N_("Not known"), Tone.WARNING),
}


class AmountNotShipped(UserError):
    """Nothing, or less than nothing, is not shipped."""

    message = N_("Give the value of the goods, above nothing.")


@dataclass(frozen=True, slots=True)
class ShipLine:
    """One thing to read: the words, how they are meant, and what would change it."""

    words: str
    tone: Tone = Tone.PLAIN
    way_out: str = ""


class ShipPresenter:
    """The question of one buyer. `answer` None: not yet worked out."""

    def __init__(self, workspace: Workspace, wording: Wording, buyer: int) -> None:
        self._workspace = workspace
        self._say = wording
        self._buyer = buyer
        self.changed: Event[None] = Event()
        self.answer: ShipAnswer | None = None
        self.on: date = workspace.today()
        self._amount: Decimal | None = None
        self.texts = {"on": self.on.isoformat(), "amount": ""}
        self.faults: dict[str, Message] = {}

    @property
    def fields(self) -> tuple[FormField, FormField]:
        """The day and the amount."""
        say = self._say
        return (
            FormField(key="on", label=say(N_("Shipment date")), kind=FieldKind.DATE),
            FormField(
                key="amount",
                label=say(N_("Value of the goods")),
                kind=FieldKind.AMOUNT,
                hint=say(N_("any")),
            ),
        )

    def put(self, key: str, text: str) -> bool:
        """Another day or amount was typed; False where it can't be read, and the answer stays."""
        self.texts[key] = text
        self.faults.pop(key, None)
        try:
            if key == "on":
                self.on = self._day(text)
            else:
                self._amount = self._goods(text)
        except UserError as error:
            self.faults[key] = error.said
            self.changed.emit(None)
            return False
        kind = FieldKind.DATE if key == "on" else FieldKind.AMOUNT
        self.texts[key] = tidy(kind, text) or (self.on.isoformat() if key == "on" else "")  # fmt: skip
        return True

    def job(self) -> Callable[[Progress], ShipAnswer]:
        """The work of answering, to be run off the window's thread."""
        policies, buyer = self._workspace.desk.policies, self._buyer
        on, amount = self.on, self._amount
        currency = self.answer.currency if self.answer else ""

        def work(_progress: Progress) -> ShipAnswer:
            found = policies.may_ship(buyer, on)
            if amount is None:
                return found
            code = found.currency or currency or "CNY"
            return policies.may_ship(buyer, on, Money(amount, code).rounded())

        return work

    def show(self, answer: ShipAnswer) -> None:
        """The answer is there."""
        self.answer = answer
        self.changed.emit(None)

    @property
    def verdict(self) -> tuple[str, Tone]:
        """The answer in a word."""
        if self.answer is None:
            return "…", Tone.QUIET
        if self.answer.room_unless_refused:
            return self._say(N_("The insurer may refuse")), Tone.WARNING
        word, tone = _SAID[self.answer.verdict]
        return self._say(word), tone

    @property
    def figure(self) -> str:
        """How much may leave under cover; of an amount asked about what of it would be insured."""
        found = self.answer
        if found is None or found.room is None:
            return "—" if found else ""
        return self._say.money(found.room if found.insured is None else found.insured)

    @property
    def under_figure(self) -> str:
        """What the figure is, and until when."""
        found, say = self.answer, self._say
        if found is None:
            return ""
        parts = []
        if found.insured is not None and found.asked is not None:
            parts.append(say(N_("insured of {asked}; in all {room} may leave"), asked=found.asked, room=found.room))  # fmt: skip
        elif found.room:
            parts.append(say(N_("may leave under cover")))
        if found.until is not None and found.until_why is not None:
            parts.append(say(N_("until {day}: {why}"), day=found.until, why=found.until_why))  # fmt: skip
        return "\n".join(parts)

    @property
    def cover(self) -> str:
        """Under whose cover: policy, decision or own grounds, limit and what is used of it."""
        return " · ".join(self._cover())

    def _cover(self) -> Iterator[str]:
        found, say = self.answer, self._say
        if found is None or not found.policy:
            return
        yield say(N_("{insurer}, policy {number}"), insurer=found.insurer, number=found.policy)  # fmt: skip
        if found.decision_id is not None:
            state = say(STATE_TITLES[found.stage])
            number = found.decision_no
            yield say(N_("decision {number}: {state}"), number=number, state=state) if number else state  # fmt: skip
        elif found.basis and found.evidence_date is not None:
            basis = Message(BASIS_TITLES[Basis(found.basis)])
            yield say(N_("discretionary limit: {basis}, evidence of {on}"), basis=basis, on=found.evidence_date)  # fmt: skip
        if found.limit is not None and found.used is not None:
            yield say(N_("limit {limit}, used {used}"), limit=found.limit, used=found.used)  # fmt: skip

    @property
    def lines(self) -> tuple[ShipLine, ...]:
        """What stands in the way, then what has to be kept to and what nobody has checked."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[ShipLine]:
        found, say = self.answer, self._say
        if found is None:
            return
        for each in found.obstacles:
            lifted = (
                say(N_("Lifted by: {what}."), what=each.lifted_by)
                if each.lifted_by
                else ""
            )
            yield ShipLine(say.message(each.said), Tone.DANGER, lifted)
        if found.uncovered is not None:
            words = say(N_("Already open without cover: {amount}."), amount=found.uncovered)  # fmt: skip
            yield ShipLine(words, Tone.WARNING)
        for other in otherwise(found):
            yield ShipLine(say.message(other), Tone.WARNING)
        for difference in found.differences:
            yield ShipLine(say.message(difference), Tone.WARNING)
        if found.asked_on is not None:
            words = say(N_("The insurer was asked on {on} and has not answered."), on=found.asked_on)  # fmt: skip
            yield ShipLine(words, Tone.WARNING)
        for condition in found.conditions:
            yield ShipLine(say.message(condition))
        if found.unconfirmed:
            fields = tuple(
                field.label.in_language(say.language) for field in found.unconfirmed
            )
            words = say(N_("Not yet checked against the policy: {fields}."), fields=fields)  # fmt: skip
            yield ShipLine(words, Tone.WARNING)

    def _day(self, text: str) -> date:
        value = read(FieldKind.DATE, text)
        return value if isinstance(value, date) else self._workspace.today()

    @staticmethod
    def _goods(text: str) -> Decimal | None:
        value = read(FieldKind.AMOUNT, text)
        if not isinstance(value, Decimal):
            return None
        if not 0 < value < Decimal(10) ** 15:
            raise AmountNotShipped
        return value
