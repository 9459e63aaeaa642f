"""What is kept of insurers, and what they offer the clients."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base, Voidable


class InsurerEntry(Voidable, Base):
    """An entry of an insurer's file, by the name policies give it; rows are added, the newest day of a kind counts."""

    __tablename__ = "insurer_entry"
    __table_args__ = (
        CheckConstraint("insurer <> ''", "insurer_given"),
        CheckConstraint(
            "kind IN ('solvency', 'rating', 'contact', 'portal', 'wording')",
            "kind_known",
        ),
        Index("ix_insurer_entry_insurer_kind", "insurer", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    insurer: Mapped[str]
    kind: Mapped[str]
    as_of: Mapped[date]
    content: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(default="", server_default="")
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class InsurerQuote(Voidable, Base):
    """What an insurer offers a client for a year; `content`: its figures and scores, what isn't known is missing."""

    __tablename__ = "insurer_quote"
    __table_args__ = (
        CheckConstraint("insurer <> ''", "insurer_given"),
        CheckConstraint("turnover_minor >= 0", "turnover_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    insurer: Mapped[str]
    made_on: Mapped[date]
    currency: Mapped[str]
    turnover_minor: Mapped[int]
    content: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class PartyContact(Voidable, Base):
    """A call, visit or letter with an insurer or broker, and the answer that is expected.

    `client_id` empty: it was about no client alone. `follow_on` empty: no answer is expected; `answered_on`: it came.
    """

    __tablename__ = "party_contact"
    __table_args__ = (
        CheckConstraint("party <> ''", "party_given"),
        CheckConstraint("said <> ''", "said_given"),
        CheckConstraint("kind IN ('insurer', 'broker')", "kind_known"),
        CheckConstraint("course IN ('out', 'in')", "course_known"),
        CheckConstraint(
            "answered_on IS NULL OR follow_on IS NOT NULL", "answer_was_expected"
        ),
        Index("ix_party_contact_party", "party"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    party: Mapped[str]
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("policy.id"))
    buyer_id: Mapped[int | None] = mapped_column(ForeignKey("buyer.id"), index=True)
    way: Mapped[str]
    course: Mapped[str]
    happened_on: Mapped[date]
    person: Mapped[str] = mapped_column(default="", server_default="")
    said: Mapped[str]
    follow_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(default="", server_default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]
