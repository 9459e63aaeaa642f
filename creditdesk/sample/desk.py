"""Builds the sample desk through the same services a person uses."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from creditdesk import private
from creditdesk.db.errors import DeskExists
from creditdesk.disk import put_in_place
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.policy.choices import LimitState
from creditdesk.i18n import N_, Message
from creditdesk.importers.files import evidence
from creditdesk.jobs import Progress
from creditdesk.sample import (
    after_loss,
    arrivals,
    credit,
    declared,
    ledgers,
    limits,
    names,
    papers,
)
from creditdesk.sample.names import SampleClient
from creditdesk.services.buyers import BuyerId
from creditdesk.services.claims import ClaimId, NewClaim
from creditdesk.services.clients import ClientCard
from creditdesk.services.policies import LimitDecision, NewPolicy, PolicyId
from creditdesk.services.watch import SentNotice
from creditdesk.workspace import Desk, create_desk, open_desk

_FIRM = {
    "firm_name": "示例代账有限公司",
    "firm_code": names.code(1),
    "firm_address": "示例市样本路 1 号",
    "firm_contact": "经办人",
    "firm_phone": "000-0000000",
}
_CONFIRMED = {
    "sinosure-domestic": {
        "insured_pct": "90",
        "vat_insured": "true",
        "retention_insured": "false",
        "mep_days": "60",
        "dcl_amount": "100000",
        "dcl_pct": "80",
        "trade_activity": "电子元件内销",
        "insurable_turnover_est": "20000000",
        "waiting_period": "NOTICE_SENT + 4 M",
    },
    "sinosure-st-export": {
        "insured_pct": "90",
        "trade_activity": "五金制品出口",
        "wording_version": "4.0版",
        "max_liability": "1000000",
        "minimum_premium": "20000",
        "waiting_period": "NOTICE_SENT + 4 M",
    },
    "picc-domestic": {
        "insured_pct": "80",
        "vat_insured": "false",
        "retention_insured": "false",
        "waiting_period": "DUE_DATE + 4 M",
    },
}


def build(
    path: Path, today: date | None = None, progress: Progress | None = None
) -> None:
    """Make the sample desk at `path`; it appears whole or not at all. Raises `DeskExists` rather than overwrite."""
    if path.exists():
        raise DeskExists(path=path)
    day = today or date.today()  # noqa: DTZ011 - the sample's deadlines lie around the person's day
    beside = path.with_name(path.name + ".building")
    _forget(beside)
    try:
        _build(beside, day, progress or Progress())
        put_in_place(beside, path)
    finally:
        _forget(beside)


def _build(path: Path, today: date, progress: Progress) -> None:
    create_desk(path)
    desk = open_desk(path)
    try:
        _fill(desk, today, progress)
    finally:
        desk.close()


def _forget(building: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        building.with_name(building.name + suffix).unlink(missing_ok=True)


def _fill(desk: Desk, today: date, progress: Progress) -> None:
    desk.move_to(today)
    desk.upkeep.set(_FIRM)
    for number, client in enumerate(names.CLIENTS, start=1):
        progress.step(
            Message.of(N_("Writing the books of {name}"), name=client.name),
            number,
            len(names.CLIENTS) + 1,
        )
        _client(desk, client, number, today)
    arrivals.take_in(desk, today)
    progress.step(
        Message(N_("Writing the sample claim")),
        len(names.CLIENTS),
        len(names.CLIENTS) + 1,
    )
    paid = after_loss.paid_claim(desk, today)
    _attach(desk, paid.id, PolicyId(paid.policy_id), BuyerId(paid.buyer_id), today)
    after_loss.news(desk, today)
    desk.do(partial(credit.files, desk, today))
    _claim(desk, today)


def _client(desk: Desk, client: SampleClient, number: int, today: date) -> None:
    owner = desk.clients.add(
        ClientCard(
            name=client.name,
            uscc=names.code(number * 100),
            currency=client.currency,
            address=client.address,
        )
    )
    desk.ledger.take_in(owner, ledgers.draft(client, number, today))
    start = today - timedelta(days=500)
    policy = desk.policies.add(
        NewPolicy(
            client_id=owner,
            template=client.template,
            number=client.policy_no,
            start=start,
            end=today + timedelta(days=80 + 20 * number),
            values=_CONFIRMED[client.template],
        )
    )
    declared.declare(desk, policy, today)
    declared.premium_notes(desk, policy, client.currency, today)

    def decided() -> None:
        for place, (name, _) in enumerate(client.buyers):
            buyer = desk.buyers.named(owner, name)
            _limits(desk, policy, buyer, client.currency, place, start, today)

    desk.do(decided)


def _limits(  # noqa: PLR0913, PLR0917 - whose, under what, from when
    desk: Desk,
    policy: PolicyId,
    buyer: BuyerId,
    currency: str,
    place: int,
    start: date,
    today: date,
) -> None:
    """Every state a limit can be in, with its history."""
    asked = Money(Decimal(200_000 + 100_000 * (place % 4)), currency)
    applied = start - timedelta(days=15)

    def decide(
        state: str, amount: Money, since: date, until: date | None = None
    ) -> None:
        desk.policies.decide(
            LimitDecision(
                policy_id=policy, buyer_id=buyer, state=state, start=since, end=until, amount=amount,
                requested=asked, applied_on=applied, decided_on=since, max_term_days=90,
                decision_no=f"XE-{policy}{buyer:03d}",
            )
        )  # fmt: skip

    if limits.undecided(desk, policy, buyer, asked, place, today):
        return
    if place == 11:
        decide(LimitState.REFUSED, Money.zero(currency), start)
        return
    decide(
        LimitState.APPROVED,
        asked if place % 3 else asked.times(Decimal("0.6")).rounded(),
        start,
    )
    if place == limits.RAISED:
        limits.raise_for_a_time(desk, policy, buyer, asked, today)
    if place == 1:
        decide(
            LimitState.INCREASED,
            asked.times(Decimal("1.5")).rounded(),
            start + timedelta(days=150),
        )
    if place == 3:
        decide(
            LimitState.REDUCED,
            asked.times(Decimal("0.4")).rounded(),
            today - timedelta(days=40),
        )
    if place == 10:
        decide(LimitState.CANCELLED, Money.zero(currency), today - timedelta(days=25))
    if place == 6:
        decide(
            LimitState.APPROVED,
            asked,
            start + timedelta(days=300),
            today + timedelta(days=18),
        )


def _claim(desk: Desk, today: date) -> None:
    """The first buyer of the first client: told the insurer in time, now being claimed."""
    owner = desk.clients.named(names.CLIENTS[0].name)
    buyer = desk.buyers.named(owner, names.CLIENTS[0].buyers[0][0])
    (policy,) = desk.policies.in_force(owner, today)
    notice = desk.watch.notice_draft(policy, buyer, today)
    oldest = notice.oldest_due or today
    sent = min(oldest + timedelta(days=52), today)
    desk.watch.record_notice(
        policy, notice, buyer, SentNotice(sent_on=sent, way="快递"), today
    )
    claim = desk.claims.open(
        NewClaim(
            client_id=owner,
            buyer_id=buyer,
            cause=Cause.PROTRACTED_DEFAULT,
            date_of_loss=today - timedelta(days=3),
            today=today,
        )
    )
    desk.claims.set_narrative(
        claim,
        "买方自停止付款以来多次承诺付款均未履行。被保险人已停止发货，先后以电话、函件催收，并按保单约定向保险人报告可能损失。",
    )
    for key, value in papers.FACTS.items():
        desk.particulars.set(desk.claims.owner_of(claim, key), key, value)
    _attach(desk, claim, policy, buyer, today)
    desk.claims.keep(claim, today)


def _attach(
    desk: Desk, claim: ClaimId, policy: PolicyId, buyer: BuyerId, today: date
) -> None:
    wanted = {row.code for row in desk.claims.file(claim, today).checklist}
    with private.folder() as folder:
        for paper in papers.write(
            folder, desk.watch.notice_draft(policy, buyer, today)
        ):
            if paper.item not in wanted:
                continue
            looked = evidence.inspect(paper.file)
            desk.claims.attach(claim, paper.item, looked, paper.file.read_bytes())
