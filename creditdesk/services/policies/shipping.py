"""May we still ship to this buyer, for how much, under whose cover? (rules.md 3.2 to 3.5)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.longest_terms import longest_term
from creditdesk.domain.base.calendar import months_later
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import Rates, exact, rounded
from creditdesk.domain.cover.codes import METHOD_TITLES
from creditdesk.domain.cover.discretionary import MONTHS
from creditdesk.domain.cover.limits import Reason
from creditdesk.domain.cover.shipping import Cover, cover
from creditdesk.domain.ledger.term_texts import read_as
from creditdesk.domain.policy.terms import unconfirmed
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.models import Buyer, Policy
from creditdesk.readings.credit import stops_on
from creditdesk.readings.policies import Decision
from creditdesk.readings.shipping import ShipStanding, standing_of
from creditdesk.services.policies import obstacles, request_lines
from creditdesk.services.policies.ship_values import Obstacle, ShipAnswer, Verdict
from creditdesk.services.policies.trade_terms import beside

_DAY = timedelta(days=1)
_USED = frozenset({
    "mep_days", "stop_rule", "stop_variant", "stop_floor", "cancel_notice_days", "limit_mode", "allocation_rule",
    "allocation_switch",
    "max_payment_term_days", "max_payment_term", "eom_mode", "dcl_amount", "vat_insured", "retention_insured",
})  # fmt: skip
"""The fields the answer depends on."""


def may_ship(
    session: Session, buyer_id: int, on: date, amount: Money | None = None
) -> ShipAnswer:
    """The answer for a day with what differs between contract, invoices and limit; nothing against it is raised."""
    standing = standing_of(session, buyer_id, on)
    found = _answer(session, standing, buyer_id, on, amount)
    return replace(
        found, differences=beside(session, standing, buyer_id, on).differences
    )


def answer(session: Session, buyer_id: int, on: date) -> ShipAnswer:
    """The same without looking at the differences: for many buyers at once."""
    return _answer(session, standing_of(session, buyer_id, on), buyer_id, on, None)


def _answer(
    session: Session,
    standing: ShipStanding | None,
    buyer_id: int,
    on: date,
    amount: Money | None,
) -> ShipAnswer:
    """What is told. The client's own stop stands before all."""
    found = _by_policy(session, standing, buyer_id, on, amount)
    client = session.get_one(Buyer, buyer_id).client_id
    stop = stops_on(session, client, on, [buyer_id]).get(buyer_id)
    if stop is None:
        return found
    against = (obstacles.own_stop(stop), *found.obstacles)
    return replace(found, verdict=Verdict.NO, obstacles=against)


def _by_policy(
    session: Session,
    standing: ShipStanding | None,
    buyer_id: int,
    on: date,
    amount: Money | None,
) -> ShipAnswer:
    """What policy and limit say; without a standing no policy runs."""
    if standing is None:
        return _without_policy(session, buyer_id, on, amount)
    answer = _known(standing, buyer_id, amount)
    waiting = request_lines.waiting(session, on, standing.there.policy.client_id)
    asked = (line.sent_on for line in waiting if line.buyer_id == buyer_id)
    answer = replace(answer, asked_on=min(asked, default=None))
    try:
        found = cover(standing.case)
        wanted = _converted(standing, amount)
    except UserError as refused:
        return _in_part(standing, answer, refused)
    return _answered(standing, answer, found, wanted)


def _in_part(
    standing: ShipStanding, answer: ShipAnswer, refused: UserError
) -> ShipAnswer:
    """What can be said where a rate is missing: without a limit the answer is no, whatever is owed."""
    missing = Obstacle("NO_RATE", refused.said)
    try:
        found = cover(replace(standing.case, invoices=(), credits=()))
    except UserError:
        return replace(answer, verdict=Verdict.UNKNOWN, obstacles=(missing,))
    against = () if found.may_ship else tuple(obstacles.found(standing, found, None))
    verdict = Verdict.NO if against else Verdict.UNKNOWN
    return replace(answer, verdict=verdict, obstacles=(*against, missing))


def _known(standing: ShipStanding, buyer_id: int, amount: Money | None) -> ShipAnswer:
    """What is known before anything is worked out."""
    there, decision, ground = standing.there, standing.decision, standing.ground
    fields = unconfirmed(there.texts, there.confirmed)
    answer = ShipAnswer(
        buyer_id=buyer_id,
        on=standing.on,
        verdict=Verdict.NO,
        policy_id=there.policy.id,
        policy=there.policy.number,
        currency=there.terms.currency,
        insurer=there.policy.insurer,
        version_from=standing.version_from,
        conditions=tuple(_conditions(standing)),
        unconfirmed=tuple(field for field in fields if field.key in _USED),
        asked=amount,
    )
    if decision is not None:
        return replace(
            answer,
            decision_id=decision.id,
            decision_no=decision.number,
            stage=decision.stage,
        )
    if ground is not None:
        return replace(
            answer,
            ground_id=ground.id,
            basis=ground.basis,
            evidence_date=ground.evidence_date,
        )
    return answer


def _answered(
    standing: ShipStanding, answer: ShipAnswer, found: Cover, wanted: Money | None
) -> ShipAnswer:
    currency = found.limit.currency
    used = Money.total((row.covered for row in found.rows), currency)
    may = found.may_ship and standing.left_out is None
    room = found.headroom if may else Money.zero(currency)
    against = tuple(obstacles.found(standing, found, wanted))
    until, why = _until(standing, found) if room else (None, None)
    refusable = _unless_refused(standing, found)
    insured = None
    if wanted is not None:
        insured = min(wanted, room, key=lambda each: each.amount)
    return replace(
        answer,
        conditions=(*answer.conditions, *_unsaid(found, standing)),
        verdict=_verdict(room, wanted),
        limit=found.limit or None,
        used=used,
        uncovered=Money.total((row.uncovered for row in found.rows), currency) or None,
        room=room,
        until=until,
        until_why=why,
        obstacles=against,
        insured=insured,
        room_unless_refused=refusable,
        used_unless_refused=_if_other(used, (row.unless_refused for row in found.rows)),
        used_if_declared=_if_other(used, (row.if_declared for row in found.rows)),
    )


def _unsaid(found: Cover, standing: ShipStanding) -> Iterator[Message]:
    """What counts as not covered only because nobody entered what the policy says of it (rules.md 14.2)."""
    names = standing.case.names
    kept_back = tuple(
        names[row.id]
        for row in found.rows
        if Reason.RETENTION_UNSAID in row.reasons and row.open
    )
    if kept_back:
        text = N_(
            "Whether the policy insures retention is not entered: {invoices} count as not covered until it is."
        )
        yield Message.of(text, invoices=kept_back)


def _unless_refused(standing: ShipStanding, found: Cover) -> Money | None:
    """What might leave under cover if the insurer doesn't refuse it; None where the known risk isn't all there is."""
    if Reason.KNOWN_RISK not in found.reasons or standing.left_out is not None:
        return None
    other = cover(replace(standing.case, waived=frozenset({Reason.KNOWN_RISK})))
    return other.headroom if other.may_ship else None


def _if_other(used: Money, amounts: Iterable[Money]) -> Money | None:
    total = Money.total(amounts, used.currency)
    return total if total != used else None


def _verdict(room: Money, wanted: Money | None) -> Verdict:
    if not room:
        return Verdict.NO
    if wanted is None or wanted.amount <= room.amount:
        return Verdict.YES
    return Verdict.PART


def _without_policy(
    session: Session, buyer_id: int, on: date, amount: Money | None
) -> ShipAnswer:
    buyer = session.get_one(Buyer, buyer_id)
    ended = session.scalars(
        select(Policy)
        .where(Policy.client_id == buyer.client_id, Policy.period_end < on)
        .order_by(Policy.period_end.desc())
    ).first()
    return ShipAnswer(
        buyer_id=buyer_id,
        on=on,
        verdict=Verdict.NO,
        obstacles=(obstacles.no_policy(on, ended),),
        asked=amount,
    )


def _converted(standing: ShipStanding, amount: Money | None) -> Money | None:
    """The amount asked about, in policy currency at the day's rate."""
    if amount is None:
        return None
    target = standing.there.terms.currency
    rate = Rates(target, standing.rates).on(amount.currency, standing.on)
    return rounded(Fraction(exact(amount)) * rate, target)


def _life(standing: ShipStanding) -> date | None:
    """By when the policy wants a limit without an end to be renewed; None: it doesn't."""
    decision, months = standing.decision, standing.there.terms.limit_life_months
    if decision is None or decision.limit.end is not None or months is None:
        return None
    return months_later(decision.limit.start, months)


def _conditions(standing: ShipStanding) -> Iterator[Message]:
    """What a shipment must keep to under the decision."""
    decision = standing.decision
    life = _life(standing)
    if life is not None and life < standing.on:
        yield Message.of(
            N_("By the policy this limit had to be renewed by {on}; ask the insurer whether it still holds."),
            on=life,
        )  # fmt: skip
    terms = standing.there.terms
    limit = decision.limit if decision else None
    method = limit.payment_method if limit else None
    if method is not None:
        yield Message.of(
            N_("Payment by {method}, or a safer way."),
            method=Message(METHOD_TITLES[method]),
        )
    days = [
        each
        for each in (
            terms.max_payment_term_days,
            limit.max_term_days if limit else None,
        )
        if each is not None
    ]
    if days:
        yield Message.of(N_("Payment term of at most {days} days."), days=min(days))
    in_words = (longest_term(terms), limit.max_term if limit else None)
    for term in filter(None, in_words):
        yield Message.of(N_("Payment term no longer than: {term}."), term=read_as(term))
    if decision is not None and decision.condition:
        yield Message.of(
            N_("Condition of the decision: {condition}"), condition=decision.condition
        )
    if decision is not None and decision.pct is not None:
        yield Message.of(
            N_("This decision insures {pct} %."), pct=f"{decision.pct.normalize():f}"
        )


def _until(standing: ShipStanding, found: Cover) -> tuple[date | None, Message | None]:
    """The first day that ends the answer, that day included, and why."""
    ends = sorted(_ends(standing, found), key=lambda pair: pair[0])
    return ends[0] if ends else (None, None)


def _ends(standing: ShipStanding, found: Cover) -> Iterator[tuple[date, Message]]:
    decision = standing.decision
    policy = standing.there.policy
    yield policy.period_end, Message(N_("the policy ends"))
    if decision is not None:
        if decision.limit.end is not None:
            yield decision.limit.end, Message(N_("the limit ends"))
        life = _life(standing)
        if life is not None and life >= standing.on:
            yield life, Message(N_("the limit has to be renewed by then"))
        yield from _next_decisions(standing, decision)
    elif standing.ground is not None:
        evidence = standing.ground.evidence_date
        last = months_later(evidence, MONTHS)
        yield last, Message(N_("the evidence of the discretionary limit is twelve months old"))  # fmt: skip
    stop = found.next_stop
    days = standing.case.terms.mep_days
    if stop is not None and days is not None:
        text = N_("invoice {number}, due {due}, is then {days} days past due")
        if standing.there.terms.stops_at_extension:
            text = N_("invoice {number}, due {due}, reaches the end of its extension")
        due = stop - timedelta(days=days)
        yield stop, Message.of(text, number=found.stopping, due=due, days=days)


def _next_decisions(
    standing: ShipStanding, decision: Decision
) -> Iterator[tuple[date, Message]]:
    """Decisions that are made and begin later, as a cut whose notice runs."""
    wait = standing.there.terms.cancel_notice_days
    for other in standing.decisions:
        begins = other.limit.begins(wait)
        changes = other.limit.start >= decision.limit.start and other is not decision
        if begins > standing.on and changes:
            yield begins - _DAY, Message.of(N_("another decision begins on {on}"), on=begins)  # fmt: skip
