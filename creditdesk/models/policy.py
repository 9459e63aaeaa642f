"""Policies, their dated versions, and what the insurer decided on each buyer."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base, Voidable


class Policy(Voidable, Base):
    """A contract of credit insurance of one client."""

    __tablename__ = "policy"
    __table_args__ = (
        # The number of one entered by mistake is free again.
        Index(
            "uq_policy_client_id_number",
            "client_id",
            "number",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
        ),
        CheckConstraint("period_start <= period_end", "period_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    template: Mapped[str]
    number: Mapped[str]
    insurer: Mapped[str]
    currency: Mapped[str]
    period_start: Mapped[date]
    period_end: Mapped[date]
    created_at: Mapped[datetime]


class PolicyVersion(Base):
    """The terms from a day on: the schedule as signed, then one version an endorsement.

    `document_id`: the paper they stand on.
    """

    __tablename__ = "policy_version"
    __table_args__ = (
        Index(
            "ix_policy_version_policy_id_effective_from", "policy_id", "effective_from"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"))
    effective_from: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime]


class PolicyValue(Base):
    """One value of a schedule: a later row of the same field stands; earlier ones remain as history.

    `origin`: template or entered. `confirmed_on` empty: not yet checked against the paper; with an empty value: the
    paper says nothing of it. `document_id` and `area`: where on which paper it stands (`domain.base.areas`).
    """

    __tablename__ = "policy_value"
    __table_args__ = (
        Index("ix_policy_value_version_id_field", "version_id", "field"),
        CheckConstraint("origin IN ('template', 'entered')", "origin_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("policy_version.id"))
    field: Mapped[str]
    value: Mapped[str]
    origin: Mapped[str]
    confirmed_on: Mapped[date | None]
    page: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    area: Mapped[str] = mapped_column(default="", server_default="")
    recorded_at: Mapped[datetime]


class ReviewAnswer(Base):
    """What a person found about one question of the contract review; the newest counts, rows are never changed.

    `seen`: the texts of the values the question is about, as they stood then.
    """

    __tablename__ = "review_answer"
    __table_args__ = (
        CheckConstraint(
            "state IN ('OPEN', 'AS_NEEDED', 'ASK', 'NOT_APPLICABLE')", "state_known"
        ),
        Index("ix_review_answer_policy_id_item", "policy_id", "item"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("policy_version.id"))
    item: Mapped[str]
    state: Mapped[str]
    remark: Mapped[str]
    seen: Mapped[dict[str, Any]]
    answered_on: Mapped[date]
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class CreditLimit(Voidable, Base):
    """A decision on a buyer's limit, or an application for one; rows are never changed, only followed or voided.

    `state` is what the rules see, `stage` where the limit stands in detail (empty in rows that are older than the
    column). `edifact` holds the insurer's answer in codes, `4507:5/4509:12`. Up to `temporary_to` the temporary
    amount counts. From its start on a row takes the place of the one it `replaces`.
    """

    __tablename__ = "credit_limit"
    __table_args__ = (
        Index("ix_credit_limit_buyer_id_effective_from", "buyer_id", "effective_from"),
        CheckConstraint("amount_minor >= 0", "amount_not_negative"),
        CheckConstraint(
            "effective_to IS NULL OR effective_from <= effective_to", "dates_order"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"))
    state: Mapped[str]
    currency: Mapped[str]
    amount_minor: Mapped[int]
    requested_minor: Mapped[int | None]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    applied_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    payment_method: Mapped[str] = mapped_column(default="")
    max_term_days: Mapped[int | None]
    max_term: Mapped[str] = mapped_column(default="", server_default="")
    max_term_as: Mapped[str] = mapped_column(default="", server_default="")
    condition: Mapped[str] = mapped_column(default="")
    decision_no: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    who: Mapped[str]
    stage: Mapped[str] = mapped_column(default="")
    edifact: Mapped[str] = mapped_column(default="")
    insured_pct: Mapped[str] = mapped_column(default="")
    backdated_to: Mapped[date | None]
    temporary_minor: Mapped[int | None]
    temporary_to: Mapped[date | None]
    replaces: Mapped[int | None] = mapped_column(ForeignKey("credit_limit.id"))
