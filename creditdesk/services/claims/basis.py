"""What a claim is computed from, gathered from the desk: books, limits, declarations, premium, other claims."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.longest_terms import longest_term
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rate_lines import rates_into, read_lines
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.cover.case import (
    Indemnity,
    IndemnityCase,
    IndemnityTerms,
)
from creditdesk.domain.cover.limits import Reason
from creditdesk.i18n import N_, Message
from creditdesk.models import Buyer, Claim, Invoice, Payment
from creditdesk.readings.cases import (
    Books,
    books_from,
    cover_events,
    discretionary_of,
    with_failures,
)
from creditdesk.readings.declarations import customers
from creditdesk.readings.disputes import NotOwed, not_owed
from creditdesk.readings.policies import (
    PolicyInForce,
    decisions_by_buyer,
    limits_of,
    policy_on,
)
from creditdesk.readings.premiums import premium_for_maximum
from creditdesk.readings.queries import FX_RATES, setting
from creditdesk.readings.told import ToldDebts
from creditdesk.readings.told import told as told_of_debts
from creditdesk.services.claims.causes import CauseTerms, causes_of
from creditdesk.services.claims.course import reduction
from creditdesk.services.claims.goods import credits_of, standing
from creditdesk.services.claims.remarks import remarks
from creditdesk.services.claims.year import Used, used_by_others

_UNLIMITED = Message(
    N_("The maximum liability is not known, so it does not limit this calculation.")
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the desk knows about the debt of a claim."""

    there: PolicyInForce
    invoices: Sequence[Invoice]
    payments: Sequence[Payment]
    not_owed: NotOwed


def gather(session: Session, claim: Claim) -> Gathered:
    """All documents and payments of the buyer, insured or not (rules.md 4.1, INPUT)."""
    invoices = session.scalars(
        select(Invoice)
        .where(Invoice.buyer_id == claim.buyer_id)
        .order_by(Invoice.issued, Invoice.number)
    ).all()
    payments = session.scalars(
        select(Payment)
        .where(Payment.buyer_id == claim.buyer_id)
        .order_by(Payment.paid_on, Payment.key)
    ).all()
    return Gathered(
        policy_on(session, claim.policy_id, claim.date_of_loss),
        invoices,
        payments,
        not_owed(session, [claim.buyer_id]),
    )


@dataclass(frozen=True, slots=True)
class Basis:
    """A case, with what the desk knows of it only in part. `premium`: what a maximum in times of it is counted from."""

    case: IndemnityCase
    told: ToldDebts
    premium: Money | None
    premium_note: Message | None
    used: Used
    remarks: tuple[Message, ...] = ()

    def granted(self, made: Indemnity) -> tuple[Message, ...]:
        """What the result takes for granted; only invoices that are open count."""
        open_ = frozenset(row.id for row in made.rows if row.residual)
        limited = self.case.terms.max_liability is not None
        about = (self.premium_note, self.used.note) if limited else (_UNLIMITED,)
        declared = _if_declared(made, self.case)
        found = (*self.remarks, *self.told.notes(open_), declared, *about)
        return tuple(note for note in found if note is not None)

    @property
    def inputs(self) -> dict[str, Any]:
        """As plain values, to be kept with the calculation."""
        return {
            "declared": {number: each.value for number, each in self.told.told.items()},
            "premium": pair(self.premium) if self.premium is not None else None,
            "max_liability_used": pair(self.used.max_liability),
            "afl_used": pair(self.used.afl),
            "other_claims": list(self.used.claims),
        }


def _if_declared(made: Indemnity, case: IndemnityCase) -> Message | None:
    """What the declarations that are missing would have been worth (rules.md 14.7)."""
    if made.if_declared in (None, made.indemnity):
        return None
    text = N_(
        "Left out because they were not declared in time: {invoices}. If they had been, the indemnity would be {other} "
        "instead of {amount}."
    )
    names = case.names
    left_out = (
        names[row.id] for row in made.rows if Reason.NOT_DECLARED in row.reasons
    )
    return Message.of(
        text,
        invoices=tuple(left_out),
        other=made.if_declared,
        amount=made.indemnity,
    )


def basis_of(session: Session, claim: Claim, gathered: Gathered, today: date) -> Basis:
    """The case of a claim, as the desk knows it on a day."""
    terms = gathered.there.terms
    books = books_from(gathered.invoices, gathered.payments, gathered.not_owed)
    told = told_of_debts(session, claim.policy_id, claim.buyer_id, books.debts, today)
    premium, premium_note = premium_for_maximum(session, gathered.there, today)
    used = used_by_others(session, claim, terms.currency)
    country = session.get_one(Buyer, claim.buyer_id).country
    for_claim = IndemnityTerms.of(
        terms,
        cause=claim.cause,
        country=country,
        reduction_pct=reduction(session, claim),
        longest=longest_term(terms),
        afl_used=used.afl,
        max_liability_used=used.max_liability,
        premium=premium,
    )
    by_invoice = CauseTerms(
        decisions_by_buyer(session, claim.policy_id, claim.buyer_id).get(claim.buyer_id, ()),
        terms,
        country,
        Cause(claim.cause),
        causes_of(session, claim),
    )  # fmt: skip
    if by_invoice.vat_differs:
        for_claim = replace(for_claim, vat_insured=None)
    books = replace(books, debts=tuple(map(by_invoice.marked, told.debts)))
    case = _case(session, claim, gathered, books, for_claim)
    odd = remarks(session, claim, today)
    return Basis(case, told, premium, premium_note, used, odd)


def _case(
    session: Session,
    claim: Claim,
    gathered: Gathered,
    books: Books,
    terms: IndemnityTerms,
) -> IndemnityCase:
    taken_off = credits_of(standing(session, claim))
    return IndemnityCase(
        terms=terms,
        date_of_loss=claim.date_of_loss,
        limits=limits_of(session, claim.policy_id, claim.buyer_id),
        invoices=(
            *with_failures(
                books.debts,
                gathered.there.terms,
                customers(session, claim.client_id)[claim.buyer_id],
            ),
            *books.besides,
        ),
        credits=(*books.credits, *taken_off),
        discretionary=discretionary_of(
            session,
            claim.policy_id,
            claim.buyer_id,
            [debt.shipped_on for debt in books.debts],
            gathered.there.terms.dcl_pct,
        ),
        events=cover_events(session, claim.buyer_id),
        claim_date=claim.filed_on,
        rates=rates_into(
            gathered.there.terms.currency, read_lines(setting(session, FX_RATES))
        ),
    )


def pair(amount: Money) -> list[str]:
    """An amount as a record keeps it."""
    return [str(amount.amount), amount.currency]
