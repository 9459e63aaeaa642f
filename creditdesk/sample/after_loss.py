"""What comes after a loss in the sample: news about buyers, and a claim that was paid and brings money back."""

from datetime import date, timedelta
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause, ClaimState, Decision, RecoverySource
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.sample import names
from creditdesk.services.buyers import BuyerId
from creditdesk.services.claims import (
    ClaimId,
    ClaimLine,
    NewClaim,
    NewRecovery,
    Ruling,
    StepTaken,
)
from creditdesk.services.watch import NewEvent
from creditdesk.workspace import Desk

_LOST = timedelta(days=130)
_STEPS = (
    (ClaimState.FILED, timedelta(days=110)),
    (ClaimState.QUERY, timedelta(days=96)),
    (ClaimState.ACCEPTED, timedelta(days=88)),
    (ClaimState.ASSESSED, timedelta(days=60)),
)


def news(desk: Desk, today: date) -> None:
    """One buyer is insolvent, of another something bad is known."""
    owner = desk.clients.named(names.CLIENTS[1].name)
    for place, kind, days, note in (
        (2, BuyerEventKind.INSOLVENCY, 6, "当地法院裁定启动破产程序，管理人已公告。"),
        (4, BuyerEventKind.ADVERSE_INFO, 3, "同行反映其拖欠多家供应商货款。"),
    ):
        buyer = desk.buyers.named(owner, names.CLIENTS[1].buyers[place][0])
        happened = today - timedelta(days=days)
        event = NewEvent(
            buyer_id=buyer, kind=kind, happened_on=happened, known_on=happened, note=note
        )  # fmt: skip
        desk.watch.report(event, today)


def paid_claim(desk: Desk, today: date) -> ClaimLine:
    """A claim on the buyer that was overdue longest: filed, asked about, decided, paid, and money came in since."""
    owner = desk.clients.named(names.CLIENTS[1].name)
    lost = today - _LOST
    late = desk.ledger.aging(lost, client_id=owner).aging.rows
    claim = desk.claims.open(
        NewClaim(
            client_id=owner,
            buyer_id=BuyerId(late[0].buyer),
            cause=Cause.PROTRACTED_DEFAULT,
            date_of_loss=lost,
            today=today - timedelta(days=112),
        )
    )
    made = desk.claims.keep(claim, today).indemnity
    for state, ago in _STEPS:
        desk.claims.advance(claim, StepTaken(state=state, on=today - ago))
    if made is not None:
        _settle(desk, claim, made.indemnity, today)
    return desk.claims.file(claim, today).line


def _settle(desk: Desk, claim: ClaimId, indemnity: Money, today: date) -> None:
    approved = Ruling(decision=Decision.APPROVED)
    decided, paid = today - timedelta(days=48), today - timedelta(days=40)
    desk.claims.advance(
        claim, StepTaken(state=ClaimState.DECIDED, on=decided, ruling=approved)
    )
    desk.claims.advance(
        claim, StepTaken(state=ClaimState.PAID, on=paid, paid=indemnity)
    )
    for source, days, share, costs in (
        (RecoverySource.BUYER, 30, "0.10", "0"),
        (RecoverySource.COLLECTION, 5, "0.15", "800"),
    ):
        desk.claims.recover(
            claim,
            NewRecovery(
                received_on=today - timedelta(days=days),
                source=source,
                gross=indemnity.times(Decimal(share)).rounded(),
                costs=Money(Decimal(costs), indemnity.currency),
            ),
            today,
        )
    first, _ = desk.claims.file(claim, today).recoveries
    desk.claims.remit(claim, first.id, today - timedelta(days=22))
