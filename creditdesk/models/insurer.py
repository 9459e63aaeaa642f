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
