"""What the desk knows of buyers on a day: payments, limit, extension period, events; for scores and warnings."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.domain.cover.limits import decision_on
from creditdesk.domain.credit.buyer_events import BuyerEvent, not_lifted
from creditdesk.domain.credit.paying import Paying, paying
from creditdesk.domain.ledger.aging import LedgerDocument, Receipt, age
from creditdesk.models import Client, Policy
from creditdesk.readings.events import events_by_buyer
from creditdesk.readings.policies import (
    Decision,
    PolicyInForce,
    decisions_by_buyer,
    policy_on,
)
from creditdesk.readings.queries import DocumentKey, ledger_items, silent_payments

_Document = LedgerDocument[DocumentKey, int]
_Receipt = Receipt[DocumentKey, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBuyer:
    """One buyer on a day.

    `paying` and `open` are of `currency`: that of the policy that runs, else the client's. `decision` None: there is
    none, or no policy runs (`insured`). `mep_left`: days until the extension period of the oldest debt ends, negative
    after it; None: nothing is overdue, or the policy names no period. `events` are those the insurer has not lifted.
    """

    id: int
    currency: str
    paying: Paying
    open: Money
    insured: bool
    decision: Decision | None
    mep_left: int | None
    mep_ends: date | None
    events: tuple[BuyerEvent, ...]

    @property
    def stage(self) -> LimitStage:
        """Where the limit stands."""
        return self.decision.stage if self.decision else LimitStage.NOT_ASKED


def known_buyers(
    session: Session,
    client_id: int,
    on: date,
    buyer_id: int | None = None,
    also: Collection[int] = (),
) -> Iterator[KnownBuyer]:
    """The client's buyers with anything in the ledger and those `also` named, or the one asked for in any case."""
    policy = _running(session, client_id, on)
    currency = policy.terms.currency if policy else session.get_one(Client, client_id).currency  # fmt: skip
    events = events_by_buyer(session, client_id=client_id, buyer_id=buyer_id)
    decisions = decisions_by_buyer(session, policy.policy.id, buyer_id) if policy else {}  # fmt: skip
    documents, receipts = _ledger(session, client_id, currency, buyer_id)
    silent = silent_payments(session, client_id)
    numbers = {*documents, *events, *also, *([] if buyer_id is None else [buyer_id])}
    for number in sorted(numbers):
        heard = [each for each in events.get(number, ()) if each.known_on <= on]
        paid = paying(documents[number], receipts[number], on, silent)
        ends = _mep_ends(policy, paid)
        yield KnownBuyer(
            id=number,
            currency=currency,
            paying=paid,
            open=_open(documents[number], receipts[number], on, currency),
            insured=policy is not None,
            decision=_decision(decisions.get(number, ()), policy, on),
            mep_left=(ends - on).days if ends else None,
            mep_ends=ends,
            events=not_lifted(heard),
        )


def _running(session: Session, client_id: int, on: date) -> PolicyInForce | None:
    """The newest policy that runs on the day."""
    found = session.scalar(
        select(Policy.id)
        .where(
            Policy.client_id == client_id,
            Policy.period_start <= on,
            Policy.period_end >= on,
        )
        .order_by(Policy.period_start.desc(), Policy.id.desc())
        .limit(1)
    )
    return policy_on(session, found, on) if found is not None else None


def _ledger(
    session: Session, client_id: int, currency: str, buyer_id: int | None
) -> tuple[dict[int, list[_Document]], dict[int, list[_Receipt]]]:
    buyers = None if buyer_id is None else [buyer_id]
    items = ledger_items(session, client_id=client_id, buyer_ids=buyers)
    documents: dict[int, list[_Document]] = defaultdict(list)
    receipts: dict[int, list[_Receipt]] = defaultdict(list)
    for document in items.documents:
        if document.amount.currency == currency:
            documents[document.buyer].append(document)
    for receipt in items.receipts:
        if receipt.amount.currency == currency:
            receipts[receipt.buyer].append(receipt)
    return documents, receipts


def _open(
    documents: list[_Document], receipts: list[_Receipt], on: date, currency: str
) -> Money:
    rows = age(documents, receipts, on).rows
    return Money.total((row.open for row in rows), currency)


def _decision(
    decisions: tuple[Decision, ...], policy: PolicyInForce | None, on: date
) -> Decision | None:
    if policy is None:
        return None
    wait = policy.terms.cancel_notice_days
    held = decision_on((each.limit for each in decisions), on, wait)
    return next((each for each in decisions if each.limit is held), None)


def _mep_ends(policy: PolicyInForce | None, paid: Paying) -> date | None:
    days = policy.terms.mep_days if policy else None
    if days is None or paid.oldest_due is None:
        return None
    return paid.oldest_due + timedelta(days=days)
