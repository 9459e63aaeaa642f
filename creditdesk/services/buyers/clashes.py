"""Why two buyers can't be one as they stand: told before anything is written."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limits import IN_FORCE, Limit
from creditdesk.domain.credit.buyer_identity import differ_in_tax_id
from creditdesk.i18n import N_, Message
from creditdesk.models import (
    AgedBalance,
    Buyer,
    Claim,
    CreditLimit,
    ImportBatch,
    Invoice,
    Payment,
    Policy,
)
from creditdesk.readings.policies import limits_by_buyer
from creditdesk.readings.queries import name_of

_DAY = timedelta(days=1)
_NAMED = 5
"""Clashing documents named one by one; the others are counted."""


def of(session: Session, keep: Buyer, gone: Buyer) -> tuple[Message, ...]:
    """Every reason against a merge; none: it can be made."""
    return (
        *_tax_ids(keep, gone),
        *_few(list(_documents(session, keep.id, gone.id))),
        *_few(list(_payments(session, keep.id, gone.id))),
        *_summaries(session, keep.id, gone.id),
        *_limits(session, keep.id, gone.id),
        *_claims(session, keep.id, gone.id),
    )


def _few(found: list[Message]) -> list[Message]:
    more = len(found) - _NAMED
    if more <= 0:
        return found
    told = N_("{count} more of the same kind")
    return [*found[:_NAMED], Message.of(told, count=more)]


def _tax_ids(keep: Buyer, gone: Buyer) -> Iterator[Message]:
    if differ_in_tax_id(keep.uscc, gone.uscc):
        told = N_(
            "Their tax ids are {one} and {other}, so they are two companies; if one is wrong, correct it first."
        )
        yield Message.of(told, one=keep.uscc, other=gone.uscc)


def _documents(session: Session, keep: int, gone: int) -> Iterator[Message]:
    """The same number on both would be one document afterwards: a person has to say which counts."""
    mine, theirs = aliased(Invoice), aliased(Invoice)
    found = session.execute(
        select(mine, theirs)
        .join(theirs, (theirs.number == mine.number) & (theirs.kind == mine.kind))
        .where(mine.buyer_id == keep, theirs.buyer_id == gone)
        .order_by(mine.number, mine.kind)
    )
    for one, other in found:
        same = (one.amount_fine, one.currency, one.issued) == (
            other.amount_fine, other.currency, other.issued,
        )  # fmt: skip
        if same:
            told = N_(
                "Both have document {number} over {one}: it was taken in twice. Take one of the two imports back first."
            )
        else:
            told = N_(
                "Both have a document {number}, over {one} and over {other}. Take the import of the wrong back first."
            )
        yield Message.of(
            told,
            number=name_of(one),
            one=Money.of_fine(one.amount_fine, one.currency),
            other=Money.of_fine(other.amount_fine, other.currency),
        )


def _payments(session: Session, keep: int, gone: int) -> Iterator[Message]:
    mine, theirs = aliased(Payment), aliased(Payment)
    found = session.execute(
        select(mine.paid_on, mine.amount_fine, mine.currency)
        .join(theirs, theirs.key == mine.key)
        .where(mine.buyer_id == keep, theirs.buyer_id == gone)
        .order_by(mine.paid_on, mine.id)
    )
    told = N_(
        "The payment of {amount} on {day} stands with both under one number. Take one of the two imports back first."
    )
    for on, fine, currency in found:
        amount = Money.of_fine(fine, currency)
        yield Message.of(told, amount=amount, day=on.isoformat())


def _summaries(session: Session, keep: int, gone: int) -> Iterator[Message]:
    mine, theirs = aliased(AgedBalance), aliased(AgedBalance)
    found = session.scalars(
        select(ImportBatch.file_name)
        .join(mine, mine.batch_id == ImportBatch.id)
        .join(
            theirs,
            (theirs.batch_id == mine.batch_id)
            & (theirs.currency == mine.currency)
            & (theirs.place == mine.place),
        )
        .where(mine.buyer_id == keep, theirs.buyer_id == gone)
        .distinct()
    )
    told = N_(
        "Both stand in the aged summary {file}. Take it back, merge, and import it again: their figures are added then."
    )
    for name in found:
        yield Message.of(told, file=name)


def _limits(session: Session, keep: int, gone: int) -> Iterator[Message]:
    """Decisions on both for the same days: as one buyer's history, the later would take the place of the other."""
    policies = session.execute(
        select(Policy.id, Policy.number)
        .join(CreditLimit, CreditLimit.policy_id == Policy.id)
        .where(CreditLimit.buyer_id.in_((keep, gone)))
        .distinct()
        .order_by(Policy.id)
    ).all()
    told = N_(
        "The insurer decided on both under policy {policy}, from {day} on: as one buyer their cover would change."
    )
    for policy, number in policies:
        limits = limits_by_buyer(session, policy)
        day = _overlap(limits.get(keep, ()), limits.get(gone, ()))
        if day is not None:
            yield Message.of(told, policy=number, day=day.isoformat())


def _overlap(mine: Sequence[Limit], theirs: Sequence[Limit]) -> date | None:
    """The first day on which both are decided on and at least one is covered; None: there is none."""
    days = [
        max(start, other_start)
        for start, end, covered in _spans(mine)
        for other_start, other_end, other_covered in _spans(theirs)
        if (covered or other_covered) and start <= other_end and other_start <= end
    ]
    return min(days, default=None)


def _spans(limits: Sequence[Limit]) -> Iterator[tuple[date, date, bool]]:
    """From when to when each decision may count, and whether it covers anything. A later one without end ends it."""
    for place, limit in enumerate(limits):
        followed = [each.start for each in limits[place + 1 :] if each.end is None]
        end = min((limit.end or date.max, *(start - _DAY for start in followed)))
        if limit.start <= end:
            yield limit.start, end, limit.state in IN_FORCE


def _claims(session: Session, keep: int, gone: int) -> Iterator[Message]:
    numbers = {
        buyer: tuple(
            session.scalars(
                select(Claim.number).where(Claim.buyer_id == buyer).order_by(Claim.id)
            )
        )
        for buyer in (keep, gone)
    }
    if all(numbers.values()):
        told = N_(
            "Both have claims ({one} and {other}): they were made on two debtors."
        )
        yield Message.of(told, one=numbers[keep], other=numbers[gone])
