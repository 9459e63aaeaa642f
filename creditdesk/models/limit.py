"""What stands around a credit limit: requests to the insurer, the client's own grounds, the cover invoices had."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base


class LimitRequest(Base):
    """A request to the insurer as it was sent. Only its state and the answer are added later.

    `amount_minor` empty: a cancellation, which asks for no amount. `answer` carries UN/EDIFACT codes.
    """

    __tablename__ = "limit_request"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('NEW', 'INCREASE', 'RENEWAL', 'REDUCTION', 'CANCELLATION')",
            "kind_known",
        ),
        CheckConstraint(
            "state IN ('APPLIED', 'INVESTIGATING', 'ANSWERED', 'WITHDRAWN')",
            "state_known",
        ),
        CheckConstraint(
            "amount_minor IS NULL OR amount_minor > 0", "amount_above_nothing"
        ),
        Index("ix_limit_request_policy_id_buyer_id", "policy_id", "buyer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"), index=True)
    kind: Mapped[str]
    currency: Mapped[str]
    amount_minor: Mapped[int | None]
    payment_method: Mapped[str] = mapped_column(default="")
    max_term_days: Mapped[int | None]
    wanted_from: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    sent_on: Mapped[date]
    way: Mapped[str]
    content: Mapped[dict[str, Any]]
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    state: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("credit_limit.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class DiscretionaryGround(Base):
    """Why a client may give a buyer a limit by itself, frozen with its evidence; rows are added, never changed."""

    __tablename__ = "discretionary_ground"
    __table_args__ = (
        CheckConstraint(
            "basis IN ('EXPERIENCE', 'REPORT', 'INSURER_CHECK')", "basis_known"
        ),
        CheckConstraint("amount_minor > 0", "amount_above_nothing"),
        Index("ix_discretionary_ground_policy_id_buyer_id", "policy_id", "buyer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"), index=True)
    basis: Mapped[str]
    currency: Mapped[str]
    amount_minor: Mapped[int]
    insured_pct: Mapped[str] = mapped_column(default="")
    evidence_date: Mapped[date]
    figures: Mapped[dict[str, Any]]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    note: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class InvoiceCover(Base):
    """The cover an invoice had on the day its goods left; what is learned later adds a row.

    `policy_id` empty: no policy ran on the day. Rows go only with an invoice whose import is taken back.
    """

    __tablename__ = "invoice_cover"
    __table_args__ = (
        CheckConstraint("insured_minor >= 0", "insured_not_negative"),
        Index("ix_invoice_cover_invoice_id", "invoice_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(
        ForeignKey("invoice.id", ondelete="CASCADE")
    )
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("policy.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("policy_version.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("credit_limit.id"))
    ground_id: Mapped[int | None] = mapped_column(ForeignKey("discretionary_ground.id"))
    reasons: Mapped[list[Any]]
    currency: Mapped[str]
    insured_minor: Mapped[int]
    computed_at: Mapped[datetime]


class BuyerCover(Base):
    """From what the covers of a buyer's invoices were last worked out, so that only what changed is done again."""

    __tablename__ = "buyer_cover"

    buyer_id: Mapped[int] = mapped_column(
        ForeignKey("buyer.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[str]
    computed_at: Mapped[datetime]
