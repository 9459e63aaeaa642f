"""Duties with their clocks, and the notices that were sent."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base, Voidable


class Duty(Voidable, Base):
    """Something the policy asks by a date. A moved anchor makes a new row; the old one stays, superseded.

    `closed_note` and `document_id`: what proves that it was done or waived. Voided: it was closed by mistake.
    """

    __tablename__ = "duty"
    __table_args__ = (
        # A moved anchor supersedes: any number of closed rows, one open.
        Index(
            "uq_duty_open",
            "policy_id",
            "code",
            "subject",
            unique=True,
            sqlite_where=text("state = 'open'"),
        ),
        CheckConstraint(
            "state IN ('open', 'done', 'superseded', 'waived')", "state_known"
        ),
        CheckConstraint("safe <= legal", "safe_not_after_legal"),
        Index("ix_duty_state_safe", "state", "safe"),
        # Holds all that Today groups by and sums, so a million invoices are no wait.
        Index(
            "ix_duty_groups",
            "state",
            "policy_id",
            "code",
            "buyer_id",
            "currency",
            "safe",
            "amount_minor",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("policy_version.id"))
    code: Mapped[str]
    subject: Mapped[str]
    buyer_id: Mapped[int | None] = mapped_column(
        ForeignKey("buyer.id", ondelete="SET NULL"), index=True
    )
    invoice_id: Mapped[int | None] = mapped_column(
        ForeignKey("invoice.id", ondelete="SET NULL"), index=True
    )
    anchor: Mapped[str]
    anchor_on: Mapped[date]
    legal: Mapped[date]
    safe: Mapped[date]
    opens_on: Mapped[date | None]
    rule: Mapped[str]
    provisional: Mapped[bool] = mapped_column(default=False)
    calendar_known: Mapped[bool] = mapped_column(default=True)
    currency: Mapped[str]
    amount_minor: Mapped[int]
    state: Mapped[str]
    closed_on: Mapped[date | None]
    closed_note: Mapped[str | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    superseded_by: Mapped[int | None] = mapped_column(ForeignKey("duty.id"))
    recorded_at: Mapped[datetime]


class Notice(Voidable, Base):
    """A notice that went to the insurer: what it said, when and by which way."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"), index=True)
    code: Mapped[str]
    sent_on: Mapped[date]
    way: Mapped[str]
    content: Mapped[dict[str, Any]]
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class BuyerEvent(Base):
    """What somebody learned about a buyer: it stops or lifts cover and starts clocks. Rows are added, never changed.

    `happened_on` is the day of the event, `known_on` the day the insured learned of it. `withdraws` names an entry
    that was a mistake.
    """

    __tablename__ = "buyer_event"
    __table_args__ = (
        CheckConstraint("happened_on <= known_on", "known_after_it_happened"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"), index=True)
    kind: Mapped[str]
    happened_on: Mapped[date]
    known_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    withdraws: Mapped[int | None] = mapped_column(ForeignKey("buyer_event.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]
