"""Two buyers side by side: what each is called, owes, is covered for, and where it comes from."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import Row, func, select, union
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limits import IN_FORCE
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.models import (
    AgedBalance,
    Buyer,
    BuyerAlias,
    Claim,
    CreditLimit,
    ImportBatch,
    Invoice,
    Payment,
    Policy,
)
from creditdesk.readings.merged import standing
from creditdesk.readings.policies import APPLIED
from creditdesk.readings.recounting import portions
from creditdesk.services.buyers.double_values import DoubleSide, LimitFact
from creditdesk.services.buyers.values import BuyerId


def sides(session: Session, numbers: Collection[int]) -> dict[int, DoubleSide]:
    """What a person compares, for each of these buyers."""
    found: dict[int, DoubleSide] = {}
    for portion in portions(sorted(numbers)):
        found |= {side.id: side for side in _sides(session, portion)}
    return found


def _sides(session: Session, numbers: Sequence[int]) -> Iterator[DoubleSide]:
    open_, documents = _debts(session, numbers)
    payments = _counted(session, numbers)
    aliases = _by_buyer(session.execute(
        select(BuyerAlias.buyer_id, BuyerAlias.name)
        .where(BuyerAlias.buyer_id.in_(numbers)).order_by(BuyerAlias.name)
    ))  # fmt: skip
    claims = _by_buyer(session.execute(
        select(Claim.buyer_id, Claim.number)
        .where(Claim.buyer_id.in_(numbers)).order_by(Claim.id)
    ))  # fmt: skip
    files = _files(session, numbers)
    limits = _limits(session, numbers)
    there = standing(session)
    for buyer in session.scalars(select(Buyer).where(Buyer.id.in_(numbers))):
        own = (buyer.code, *there.codes_of(buyer.id))
        yield DoubleSide(
            id=BuyerId(buyer.id),
            client_id=buyer.client_id,
            name=buyer.name,
            codes=tuple(code for code in own if code),
            aliases=tuple(name for name in aliases[buyer.id] if name != buyer.name),
            tax_id=buyer.uscc,
            country=buyer.country,
            open=tuple(open_[buyer.id]),
            documents=documents[buyer.id],
            payments=payments.get(buyer.id, 0),
            limits=tuple(limits[buyer.id]),
            claims=tuple(claims[buyer.id]),
            files=tuple(files[buyer.id]),
        )


def _by_buyer(rows: Iterable[Row[int, str]]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for buyer, text in rows:
        found[buyer].append(text)
    return found


def _debts(
    session: Session, numbers: Sequence[int]
) -> tuple[defaultdict[int, list[Money]], defaultdict[int, int]]:
    open_: defaultdict[int, list[Money]] = defaultdict(list)
    documents: defaultdict[int, int] = defaultdict(int)
    rows = session.execute(
        select(
            Invoice.buyer_id,
            Invoice.currency,
            func.sum(Invoice.open_fine).filter(
                Invoice.kind != DocumentKind.CREDIT_NOTE.value
            ),
            func.count(),
        )
        .where(Invoice.buyer_id.in_(numbers))
        .group_by(Invoice.buyer_id, Invoice.currency)
        .order_by(Invoice.buyer_id, Invoice.currency)
    )
    for buyer, currency, fine, count in rows:
        documents[buyer] += count
        if fine:
            open_[buyer].append(Money.of_fine(fine, currency))
    return open_, documents


def _counted(session: Session, numbers: Sequence[int]) -> dict[int, int]:
    rows = session.execute(
        select(Payment.buyer_id, func.count())
        .where(Payment.buyer_id.in_(numbers))
        .group_by(Payment.buyer_id)
    )
    return {buyer: count for buyer, count in rows}  # noqa: C416 - a result is no list of pairs


def _limits(
    session: Session, numbers: Sequence[int]
) -> defaultdict[int, list[LimitFact]]:
    """The newest decision of each policy."""
    newest: dict[tuple[int, str], LimitFact] = {}
    rows = session.execute(
        select(CreditLimit, Policy.number)
        .join(Policy, Policy.id == CreditLimit.policy_id)
        .where(CreditLimit.buyer_id.in_(numbers), CreditLimit.state != APPLIED)
        .order_by(CreditLimit.effective_from, CreditLimit.id)
    )
    for row, policy in rows:
        amount = Money.of_minor(
            row.amount_minor if row.state in IN_FORCE else 0, row.currency
        )
        newest[row.buyer_id, policy] = LimitFact(policy, row.state, amount)
    found: defaultdict[int, list[LimitFact]] = defaultdict(list)
    for (buyer, _), fact in newest.items():
        found[buyer].append(fact)
    return found


def _files(session: Session, numbers: Sequence[int]) -> defaultdict[int, list[str]]:
    """The files that tell of each buyer, oldest import first."""
    told = union(
        *(
            select(table.buyer_id, table.batch_id).where(table.buyer_id.in_(numbers))
            for table in (Invoice, Payment, AgedBalance)
        )
    ).subquery()
    rows = session.execute(
        select(told.c.buyer_id, ImportBatch.file_name)
        .join(ImportBatch, ImportBatch.id == told.c.batch_id)
        .order_by(ImportBatch.id)
    )
    found = _by_buyer(rows)
    return defaultdict(
        list, {buyer: list(dict.fromkeys(names)) for buyer, names in found.items()}
    )
