"""Whether the insurer was told of each of a buyer's invoices, for claims and for cover (rules.md 3.2 (7))."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from creditdesk.domain.cover.case import CaseInvoice
from creditdesk.domain.declare.declarations import DeclarationKind
from creditdesk.domain.declare.declared import (
    Told,
    days_late,
    first_declared,
    sent,
    standing,
    told_of,
)
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.i18n import N_, Message
from creditdesk.models import Policy
from creditdesk.readings.declarations import AskedToDeclare, asked_of, declared_of

_NOT_KNOWN = N_(
    "No declaration is recorded for policy {policy}: {invoices} count as declared, which nobody has checked."
)
_NOT_DUE = N_("Still to be declared: {invoices}; counted as if that is done in time.")
_LATE = N_(
    "Declared late: {invoices}; the insurer may refuse them if a risk had occurred by then."
)


@dataclass(frozen=True, slots=True)
class ToldDebts:
    """A buyer's invoices, each marked as declared or not. `late` are those that were declared after their day."""

    policy: str
    debts: tuple[CaseInvoice, ...]
    told: Mapping[str, Told]
    late: frozenset[str]

    def notes(self, numbers: Collection[str]) -> tuple[Message, ...]:
        """What is taken for granted of these invoices."""
        return tuple(self._notes(numbers))

    def _notes(self, numbers: Collection[str]) -> Iterator[Message]:
        open_ = [debt for debt in self.debts if debt.id in numbers]
        unknown, waiting = (
            tuple(debt.called for debt in open_ if self.told[debt.id] is kind)
            for kind in (Told.NOT_KNOWN, Told.NOT_DUE)
        )
        late = tuple(debt.called for debt in open_ if debt.id in self.late)
        if unknown:
            yield Message.of(_NOT_KNOWN, policy=self.policy, invoices=unknown)
        if waiting:
            yield Message.of(_NOT_DUE, invoices=waiting)
        if late:
            yield Message.of(_LATE, invoices=late)


def told(
    session: Session,
    policy_id: int,
    buyer_id: int,
    debts: Iterable[CaseInvoice],
    on: date,
) -> ToldDebts:
    """Whether each invoice was declared, as far as the desk knows on a day (rules.md 12 trap 18).

    What nobody knows counts as declared; the notes tell it.
    """
    asked = asked_of(session, session.get_one(Policy, policy_id))
    kept = declared_of(session, policy_id, buyer_id=buyer_id)
    all_ = tuple(debts)
    keys = {debt.id: (buyer_id, debt.id, DocumentKind.INVOICE.value) for debt in all_}
    stands = standing(kept)
    found = {
        debt.id: told_of(keys[debt.id], debt.shipped_on, asked.obligations, stands, on)
        for debt in all_
    }
    first = first_declared(
        each for each in sent(kept) if each.kind is DeclarationKind.TURNOVER
    )
    marked = tuple(
        replace(
            debt,
            declared=found[debt.id] is not Told.NOT_DECLARED,
            declared_on=first.get(keys[debt.id]),
        )
        for debt in all_
    )
    late = frozenset(_late(marked, asked))
    return ToldDebts(asked.policy.number, marked, found, late)


def _late(debts: Iterable[CaseInvoice], asked: AskedToDeclare) -> Iterator[str]:
    for debt in debts:
        on = debt.declared_on
        if on is not None and any(
            days_late(each, on)
            for each in asked.obligations
            if each.kind is DeclarationKind.TURNOVER
            and each.period.has(debt.shipped_on)
        ):
            yield debt.id
