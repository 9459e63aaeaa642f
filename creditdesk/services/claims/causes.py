"""Invoices of one claim with causes of their own: what is insured of each, and from when (rules.md 14.7)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.calendar import count
from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.base.steps import Step
from creditdesk.domain.claim.claims import CAUSE_TITLES, Cause
from creditdesk.domain.cover.case import CaseInvoice, Indemnity, IndemnityCase
from creditdesk.domain.duties.duties import Duties
from creditdesk.domain.duties.rule_words import rule_words
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.i18n import N_, Message
from creditdesk.models import Claim, ClaimInvoice, Invoice, Notice
from creditdesk.readings.calendars import calendar_of
from creditdesk.readings.policies import Decision, decided_pct


def causes_of(session: Session, claim: Claim) -> dict[str, Cause]:
    """Why each invoice the claim is made for isn't paid, by its number."""
    found = session.execute(
        select(Invoice.number, ClaimInvoice.cause)
        .join(ClaimInvoice, ClaimInvoice.invoice_id == Invoice.id)
        .where(ClaimInvoice.claim_id == claim.id)
    )
    return {number: Cause(own or claim.cause) for number, own in found}


@dataclass(frozen=True, slots=True)
class CauseTerms:
    """What is insured of each invoice: percentage and VAT belong to its cause, the percentage to its decision too.

    `claimed`: the causes of the invoices the claim is made for, by number. The others have the claim's cause, which is
    the buyer's; only a refusal is a matter of each invoice, and what nobody refused is just overdue.
    """

    decisions: Sequence[Decision]
    terms: PolicyTerms
    country: str
    cause: Cause
    claimed: Mapping[str, Cause]

    @property
    def vat_differs(self) -> bool:
        """Whether the policy says of VAT one thing for one of these causes and another, or nothing, for another."""
        causes = {*self.claimed.values(), self._others, self.cause}
        return len({self.terms.vat_insured_for(each) for each in causes}) > 1

    def marked(self, debt: CaseInvoice) -> CaseInvoice:
        """The invoice, with what is its own where that isn't the claim's."""
        cause = self.claimed.get(debt.id, self._others)
        if self.vat_differs:
            debt = replace(debt, vat_insured=self.terms.vat_insured_for(cause))
        decided = decided_pct(
            self.decisions, debt.shipped_on, self.terms.cancel_notice_days
        )
        own = _lower_where_less(self._of(cause), self.terms.insured_pct, decided)
        return debt if own == self._of(self.cause) else replace(debt, insured_pct=own)

    @property
    def _others(self) -> Cause:
        refusal = self.cause is Cause.REPUDIATION
        return Cause.PROTRACTED_DEFAULT if refusal else self.cause

    def _of(self, cause: Cause) -> Decimal | None:
        return self.terms.insured_pct_for(cause, country=self.country)


def cause_steps(
    session: Session,
    claim: Claim,
    terms: PolicyTerms,
    case: IndemnityCase,
    made: Indemnity,
) -> Iterator[Step]:
    """What each invoice's own cause makes of it; nothing where all have the same."""
    causes = causes_of(session, claim)
    if len(set(causes.values())) < 2:
        return
    waiting = _Waiting(session, claim, terms)
    percentages = {row.id: row.insured_pct for row in made.rows}
    for debt in case.invoices:
        cause = causes.get(debt.id)
        if cause is None or debt.id not in percentages:
            continue
        said = [Message.of(N_("{pct} % insured"), pct=percentages[debt.id])]
        if debt.vat_rate > 0:
            insured = case.vat_insured(debt)
            said.append(Message(N_("with VAT") if insured else N_("without VAT")))
        ends = waiting.ends(cause, debt.due if debt.due_known else None)
        said.extend([ends] if ends else [])
        title = Message(CAUSE_TITLES[cause])
        label = Message.of(N_("{invoice}: {cause}"), invoice=debt.called, cause=title)
        yield Step("S0a", label, None, Message.of("{parts}", parts=tuple(said)), "4.1 S0, 14.7")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Waiting:
    """From when each invoice of a claim is a loss, by the rule of its own cause."""

    session: Session
    claim: Claim
    terms: PolicyTerms

    def ends(self, cause: Cause, due: date | None) -> Message | None:
        """When the waiting period of an invoice ends; None: the policy has none for its cause."""
        rule = self.terms.waiting_for(cause)
        if rule is None:
            return None
        ways = [way for way in rule.ways if way.anchor in self._known(due)]
        if not ways:
            return Message.of(N_("the waiting period has not begun ({rule})"), rule=rule_words(rule))  # fmt: skip
        work = calendar_of(self.session, self.terms.calendar_country or None)
        known = self._known(due)
        day, way = min(
            ((count(known[way.anchor], way.offsets, work).unrolled, way) for way in ways),
            key=lambda found: found[0],
        )  # fmt: skip
        later = day > self.claim.date_of_loss
        text = (
            N_("the waiting period ends on {day}, after the date of loss ({rule})")
            if later
            else N_("the waiting period ended on {day} ({rule})")
        )
        return Message.of(text, day=day, rule=rule_words(way))

    def _known(self, due: date | None) -> Mapping[Anchor, date]:
        facts = {Anchor.DUE_DATE: due} if due else {}
        sent = self.session.scalars(
            select(Notice.sent_on)
            .where(
                Notice.buyer_id == self.claim.buyer_id,
                Notice.policy_id == self.claim.policy_id,
            )
            .order_by(Notice.sent_on)
            .limit(1)
        ).first()
        if sent is not None:
            facts |= {Anchor.NOTICE_SENT: sent, Anchor.NOTICE_RECEIVED: sent}
        if self.claim.filed_on is not None:
            facts[Anchor.CLAIM_FILED] = self.claim.filed_on
        work = calendar_of(self.session, self.terms.calendar_country or None)
        return Duties((), self.terms, work).derived(facts)


def _lower_where_less(
    by_cause: Decimal | None, usual: Decimal | None, decided: Decimal | None
) -> Decimal | None:
    """What the decision insures; a cause or country with less than the policy's usual percentage keeps it."""
    if decided is None:
        return by_cause
    if by_cause is not None and usual is not None and by_cause < usual:
        return min(decided, by_cause)
    return decided
