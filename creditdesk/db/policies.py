"""Policies and limits as the rules use them, for every service that asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.errors import RecordMissing
from creditdesk.domain.choices import LimitState, PaymentMethod
from creditdesk.domain.limits import Limit
from creditdesk.domain.money import Money
from creditdesk.domain.policy import PolicyTerms
from creditdesk.models import CreditLimit, Policy, PolicyValue, PolicyVersion

APPLIED = "APPLIED"
"""A limit that was asked for and not answered: no decision, so it covers nothing."""


@dataclass(frozen=True, slots=True)
class ValueInForce:
    """One field's text in a version, whose it is, and whether it was checked against the paper."""

    text: str
    origin: str
    confirmed_on: date | None
    page: str


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """The version of a policy in force on a day."""

    policy: Policy
    version_id: int
    values: Mapping[str, ValueInForce]

    @property
    def texts(self) -> dict[str, str]:
        """Each field's text."""
        return {key: value.text for key, value in self.values.items()}

    @property
    def terms(self) -> PolicyTerms:
        """The values as the rules use them."""
        return PolicyTerms.read(self.texts)

    @property
    def confirmed(self) -> frozenset[str]:
        """The fields that were checked against the paper."""
        return frozenset(
            key for key, value in self.values.items() if value.confirmed_on
        )


def the_policy(session: Session, policy_id: int) -> Policy:
    """The policy; raises `RecordMissing`."""
    found = session.get(Policy, policy_id)
    if found is None:
        raise RecordMissing(what=f"policy {policy_id}")
    return found


def version_on(session: Session, policy: Policy, day: date) -> PolicyVersion:
    """The version in force on a day; before the first one, the first."""
    versions = select(PolicyVersion).where(PolicyVersion.policy_id == policy.id)
    latest = versions.order_by(
        PolicyVersion.effective_from.desc(), PolicyVersion.id.desc()
    )
    found = session.scalars(
        latest.where(PolicyVersion.effective_from <= day).limit(1)
    ).first()
    return found or session.scalars(versions.order_by(PolicyVersion.id).limit(1)).one()


def values_of(session: Session, version_id: int) -> dict[str, ValueInForce]:
    """The values of a version: of each field the latest row."""
    rows = session.scalars(
        select(PolicyValue)
        .where(PolicyValue.version_id == version_id)
        .order_by(PolicyValue.id)
    )
    return {
        row.field: ValueInForce(row.value, row.origin, row.confirmed_on, row.page)
        for row in rows
    }


def policy_on(session: Session, policy_id: int, day: date) -> PolicyInForce:
    """What a policy said on a day; raises `RecordMissing`."""
    policy = the_policy(session, policy_id)
    version = version_on(session, policy, day)
    return PolicyInForce(policy, version.id, values_of(session, version.id))


def limits_of(session: Session, policy_id: int, buyer_id: int) -> tuple[Limit, ...]:
    """The decisions on a buyer, oldest first; applications are not decisions."""
    return limits_by_buyer(session, policy_id, buyer_id).get(buyer_id, ())


def limits_by_buyer(
    session: Session, policy_id: int, buyer_id: int | None = None
) -> dict[int, tuple[Limit, ...]]:
    """The decisions of a policy by buyer, oldest first."""
    statement = select(CreditLimit).where(
        CreditLimit.policy_id == policy_id, CreditLimit.state != APPLIED
    )
    if buyer_id is not None:
        statement = statement.where(CreditLimit.buyer_id == buyer_id)
    found: dict[int, tuple[Limit, ...]] = {}
    for row in session.scalars(
        statement.order_by(CreditLimit.effective_from, CreditLimit.id)
    ):
        found[row.buyer_id] = (*found.get(row.buyer_id, ()), _limit(row))
    return found


def _limit(row: CreditLimit) -> Limit:
    return Limit(
        start=row.effective_from,
        end=row.effective_to,
        amount=Money.of_minor(row.amount_minor, row.currency),
        state=LimitState(row.state),
        payment_method=PaymentMethod(row.payment_method)
        if row.payment_method
        else None,
        max_term_days=row.max_term_days,
    )
