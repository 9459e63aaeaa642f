"""What has to be done by when: duties as a list shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NewType

from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.duties.duties import Action, DutyKind
from creditdesk.domain.ledger.naming import Name
from creditdesk.i18n import N_, Bilingual

DutyId = NewType("DutyId", int)


DEBT_KINDS = frozenset({DutyKind.SHIPPING, DutyKind.NOTICE, DutyKind.CLAIM})
"""The kinds of duties whose amounts are debts."""
KIND_TITLES: Mapping[DutyKind, str] = {
    DutyKind.SHIPPING: N_("Stop shipping"),
    DutyKind.NOTICE: N_("Notices"),
    DutyKind.CLAIM: N_("Collection and claims"),
    DutyKind.LIMIT: N_("Limits"),
    DutyKind.DECLARATION: N_("Declarations and premium"),
    DutyKind.POLICY: N_("Policy"),
}


@dataclass(frozen=True, slots=True)
class NextDuty:
    """What has to be done first for a buyer, and by which day."""

    safe: date
    title: Bilingual


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One thing to do: the duties of one kind and buyer together, at the first of their dates.

    `amount` is the money they put at stake; `closed_note` and the document prove what was done. `provisional`: counted
    from something that is only expected. `voided`: it was closed by mistake. `names`: what people call the invoices, in
    their order; `bills`: those for which a bill was taken.
    """

    ids: tuple[DutyId, ...]
    client_id: int
    client: str
    policy_id: int
    policy: str
    code: str
    title: Bilingual
    consequence: Bilingual
    buyer_id: int | None
    buyer: str
    invoices: tuple[str, ...]
    anchor_on: date
    rule: CountRule
    legal: date
    safe: date
    amount: Money
    provisional: bool
    calendar_known: bool
    state: str
    closed_on: date | None
    warn_days: tuple[int, ...] = ()
    action: Action = Action.OPEN
    closed_note: str = ""
    document_id: int | None = None
    voided: Voided | None = None
    names: tuple[Name, ...] = ()
    bills: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thing to do, in short: when, whose, and its amount. `debt`: the amount is what a buyer owes or a claim pays.

    Else it is a limit asked for, a turnover to be declared or a premium, and nothing that can be lost.
    """

    safe: date
    buyer_id: int | None
    amount: Money
    debt: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """The first things to do, whole, and everything that waits, in short; both by safe date."""

    lines: tuple[DutyLine, ...]
    waiting: tuple[Waiting, ...]

    @property
    def hidden(self) -> int:
        """How many things wait behind the lines shown."""
        return len(self.waiting) - len(self.lines)

    @property
    def at_stake(self) -> tuple[Money, ...]:
        """What the missed duties could cost, a sum a currency.

        The same debt waits for several duties; of each buyer the largest counts, once.
        """
        largest: dict[tuple[int | None, str], Money] = {}
        for each in self.waiting:
            if not each.debt:
                continue
            key = (each.buyer_id, each.amount.currency)
            largest[key] = max(each.amount, largest.get(key, each.amount))
        return _sums(list(largest.values()))


def _sums(amounts: Sequence[Money]) -> tuple[Money, ...]:
    currencies = dict.fromkeys(amount.currency for amount in amounts)
    sums = (
        Money.total((each for each in amounts if each.currency == code), code)
        for code in currencies
    )
    return tuple(total for total in sums if total)
