"""Premium notes and what follows from them, for every service that asks."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import voided
from creditdesk.domain.base.money import Money
from creditdesk.domain.declare.declarations import DeclarationKind
from creditdesk.domain.declare.declared import Declared, standing
from creditdesk.domain.policy.premium_notes import NoteKind, PremiumNote, premium_paid
from creditdesk.domain.policy.premium_year import (
    Basis,
    Part,
    YearCase,
    basis_of,
    yearly,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.models import PremiumNote as NoteRow
from creditdesk.readings.declarations import declared_of
from creditdesk.readings.policies import PolicyInForce

_NO_NOTE = N_(
    "No premium note is recorded: the maximum liability is counted from the minimum premium."
)
_BY_NOTES = N_(
    "The maximum liability is counted from the premium paid by {on}, {premium}, as the premium notes have it."
)
_NO_DECLARATION = N_(
    "No declaration is recorded: the maximum liability is counted from the minimum premium."
)
_PAID, _EARNED = "MULT_PREMIUM_PAID", "MULT_PREMIUM_EARNED"
Counted = tuple[Money | None, Message | None]
"""A premium, and what it takes for granted."""


def notes_of(session: Session, policy_id: int) -> tuple[PremiumNote, ...]:
    """What the insurer asked for under a policy, by the day it is due."""
    return tuple(_note(row) for row in session.scalars(_asked_under(policy_id)))


def voided_notes(session: Session, policy_id: int) -> tuple[PremiumNote, ...]:
    """The notes that were mistakes or that the insurer took back."""
    voided_ones = _asked_under(policy_id).where(NoteRow.voided_at.is_not(None))
    found = session.scalars(voided_ones, execution_options=WITH_VOIDED)
    return tuple(_note(row) for row in found)


def _asked_under(policy_id: int) -> Select[NoteRow]:
    return (
        select(NoteRow)
        .where(NoteRow.policy_id == policy_id)
        .order_by(NoteRow.due_on, NoteRow.id)
    )


def _note(row: NoteRow) -> PremiumNote:
    return PremiumNote(
        id=row.id,
        kind=NoteKind(row.kind),
        amount=Money.of_minor(row.amount_minor, row.currency),
        due_on=row.due_on,
        reference=row.reference,
        paid_on=row.paid_on,
        document_id=row.document_id,
        voided=voided(row),
    )


def premium_for_maximum(session: Session, there: PolicyInForce, on: date) -> Counted:
    """The premium a maximum liability is a multiple of, on a day (rules.md 2.2, 12 trap 19).

    Paid: what the premium notes say was paid. Earned: the premium by what was declared, at least the minimum. Where
    the desk knows neither, the minimum premium stands for it, and that is said.
    """
    terms = there.terms
    minimum = terms.minimum_premium or None  # a template's 0 says nothing
    basis = terms.values.get("max_liability_basis")
    if basis == _PAID:
        notes = notes_of(session, there.policy.id)
        if notes:
            counted = premium_paid(notes, on, terms.currency)
            return counted, Message.of(_BY_NOTES, premium=counted, on=on)
        return minimum, Message(_NO_NOTE)
    if basis == _EARNED:
        return _earned(session, there, on)
    return minimum, None


def declared_for(basis: Basis, declared: Iterable[Declared]) -> tuple[Declared, ...]:
    """The declarations the rate is taken of: balances or shipments; a year's turnover where only that is declared."""
    told = tuple(declared)
    kinds = (
        (DeclarationKind.BALANCE,)
        if basis is Basis.BALANCE
        else (DeclarationKind.TURNOVER, DeclarationKind.YEAR)
    )
    for kind in kinds:
        found = tuple(each for each in told if each.kind is kind)
        if found:
            return found
    return ()


def _earned(session: Session, there: PolicyInForce, on: date) -> Counted:
    terms = there.terms
    all_ = standing(declared_of(session, there.policy.id))
    told = declared_for(basis_of(terms), (each for each in all_ if each.on <= on))
    if not told:
        return terms.minimum_premium or None, Message(_NO_DECLARATION)
    parts = tuple(
        Part(amount=amount)
        for each in told
        for amount in each.totals
        if amount.currency == terms.currency
    )
    turnover = Money.total((part.amount for part in parts), terms.currency)
    case = YearCase(terms=terms, parts=parts, turnover=turnover)
    try:
        return yearly(case).premium, None
    except UserError as refused:
        return terms.minimum_premium or None, refused.said
