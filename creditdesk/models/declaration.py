"""What was declared to the insurers, and the premium notes that came of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base, Voidable


class Declaration(Base):
    """A declaration that went to the insurer. Rows are added, never changed (the desk refuses).

    `corrects` names the one it takes the place of; without it, it stands beside earlier ones of the same time. A
    `withdrawal` puts nothing in that place: the entry was a mistake, and nothing was sent.
    """

    __tablename__ = "declaration"
    __table_args__ = (
        CheckConstraint("kind IN ('turnover', 'balance', 'year')", "kind_known"),
        CheckConstraint("period_from <= period_to", "period_order"),
        CheckConstraint(
            "NOT withdrawal OR corrects IS NOT NULL", "withdrawal_names_one"
        ),
        Index(
            "ix_declaration_policy_id_period_from",
            "policy_id",
            "period_from",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"))
    kind: Mapped[str]
    period_from: Mapped[date]
    period_to: Mapped[date]
    declared_on: Mapped[date]
    way: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    corrects: Mapped[int | None] = mapped_column(ForeignKey("declaration.id"))
    withdrawal: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class DeclarationTotal(Base):
    """What a declaration says in one currency, as it stands on the paper. Never changed."""

    __tablename__ = "declaration_total"

    declaration_id: Mapped[int] = mapped_column(
        ForeignKey("declaration.id"), primary_key=True
    )
    currency: Mapped[str] = mapped_column(primary_key=True)
    amount_minor: Mapped[int]


class DeclarationLine(Base):
    """A document a declaration holds, by what names it in the ledger: a take-in may be taken back. Never changed."""

    __tablename__ = "declaration_line"
    __table_args__ = (
        Index("ix_declaration_line_buyer_id_number", "buyer_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(
        ForeignKey("declaration.id"), index=True
    )
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"))
    number: Mapped[str]
    kind: Mapped[str]
    currency: Mapped[str]
    amount_minor: Mapped[int]


class PremiumNote(Voidable, Base):
    """What the insurer asks for: a deposit, an instalment, an adjustment (also to the client's favour), a fee.

    `paid_on` empty: owed. Voided: the entry was a mistake, or the insurer took the note back.
    """

    __tablename__ = "premium_note"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('deposit', 'instalment', 'adjustment', 'fee')", "kind_known"
        ),
        Index("ix_premium_note_policy_id_due_on", "policy_id", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"))
    kind: Mapped[str]
    currency: Mapped[str]
    amount_minor: Mapped[int]
    due_on: Mapped[date]
    reference: Mapped[str] = mapped_column(default="")
    paid_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]
