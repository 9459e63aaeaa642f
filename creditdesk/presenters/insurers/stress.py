"""The form of a stress of a replay, without Qt: buyers that fail, payments that come later, limits that are others."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.insurers.what_if import (
    BuyerFails,
    LimitFactor,
    Slower,
    Stress,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording


class StressKind(StrEnum):
    """What may be made to happen."""

    FAILS = "FAILS"
    SLOWER = "SLOWER"
    LIMITS = "LIMITS"


KIND_TITLES = {
    StressKind.FAILS: N_("Buyers fail on a day"),
    StressKind.SLOWER: N_("Every payment comes later"),
    StressKind.LIMITS: N_("The limits of buyers are others"),
}
_BUYERS, _BUYER = "buyers", "buyer"


class StressBuyerMissing(UserError):
    """Nobody it happens to."""

    message = N_(
        "Say which buyers it happens to, one a row: all those of a sector, say."
    )


class StressForm:
    """The form; `keep` takes one stress for each buyer. `buyers` as (id, name)."""

    def __init__(
        self,
        wording: Wording,
        keep: Callable[[Sequence[Stress]], object],
        buyers: Sequence[tuple[int, str]],
    ) -> None:
        self._wording = wording
        self._keep = keep
        self._buyers = {str(number): name for number, name in buyers}
        self._kind = StressKind.FAILS
        self.form = Form(self._fields(), self._take, {"kind": self._kind})
        self.form.changed.connect(self._follow)

    def start(self, kind: StressKind, **texts: str) -> None:
        """Ask for one kind, with these texts in its fields; `buyer` is the number of the only one."""
        self._kind = kind
        self.form.show_fields(self._fields())
        given = {key: text for key, text in texts.items() if key != _BUYER}
        if _BUYER in texts:
            given[_BUYERS] = json.dumps([{_BUYER: texts[_BUYER]}])
        self.form.load({"kind": kind, **given})

    def _follow(self, _nothing: None) -> None:
        chosen = self.form.value("kind")
        if chosen and chosen != self._kind:
            self._kind = StressKind(chosen)
            self.form.show_fields(self._fields())

    def _fields(self) -> tuple[FormField, ...]:
        say = self._wording
        kinds = tuple(Option(each, say(words)) for each, words in KIND_TITLES.items())
        kind = FormField(key="kind", label=say(N_("What happens")), kind=FieldKind.CHOICE, required=True, options=kinds)  # fmt: skip
        if self._kind is StressKind.SLOWER:
            days = FormField(key="days", label=say(N_("Days later")), kind=FieldKind.NUMBER, required=True)  # fmt: skip
            return (kind, days)
        names = tuple(Option(key, name) for key, name in self._buyers.items())
        column = FormField(key=_BUYER, label=say(N_("Buyer")), kind=FieldKind.CHOICE, options=names)  # fmt: skip
        buyers = FormField(key=_BUYERS, label=say(N_("Buyers, several of a sector say")), kind=FieldKind.TABLE, columns=(column,))  # fmt: skip
        if self._kind is StressKind.FAILS:
            on = FormField(key="on", label=say(N_("Insolvent on")), kind=FieldKind.DATE, required=True)  # fmt: skip
            return (kind, on, buyers)
        factor = FormField(key="factor", label=say(N_("Times what the limit is")), kind=FieldKind.AMOUNT, required=True, hint="0.5")  # fmt: skip
        return (kind, factor, buyers)

    def _take(self, answers: Answers) -> None:
        self._keep(tuple(self._told(answers)))

    def _told(self, answers: Answers) -> Iterator[Stress]:
        if self._kind is StressKind.SLOWER:
            yield Slower(answers.whole("days") or 0)
            return
        rows = json.loads(answers.text(_BUYERS) or "[]")
        numbers = dict.fromkeys(row[_BUYER] for row in rows if row.get(_BUYER))
        if not numbers:
            raise StressBuyerMissing
        on, factor = answers.day("on"), answers.amount("factor")
        for number in numbers:
            yield self._of(number, on, factor)

    def _of(self, number: str, on: date | None, factor: Decimal | None) -> Stress:
        name = self._buyers[number]
        if self._kind is StressKind.FAILS:
            assert on is not None  # noqa: S101 - a required field
            return BuyerFails(int(number), name, on)
        return LimitFactor(int(number), name, factor or Decimal(0))
