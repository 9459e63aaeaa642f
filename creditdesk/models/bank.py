"""What banks say came in, and what a person made of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base


class BankLine(Base):
    """Money received by a statement. Its payments stand in the ledger once a person has confirmed whose it is.

    `key` tells the line again in the next statement. `reason`: why it was set aside. `word`: what the person said when
    somebody else than the buyer paid.
    """

    __tablename__ = "bank_line"
    __table_args__ = (
        UniqueConstraint("client_id", "key"),
        CheckConstraint("amount_fine > 0", "amount_positive"),
        CheckConstraint("state IN ('open', 'matched', 'set_aside')", "state_known"),
        CheckConstraint(
            "(state = 'matched') = (buyer_id IS NOT NULL)", "matched_with_buyer"
        ),
        Index("ix_bank_line_client_id_state", "client_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    row: Mapped[int]
    key: Mapped[str]
    booked_on: Mapped[date]
    payer: Mapped[str]
    payer_account: Mapped[str]
    payer_bank: Mapped[str]
    text: Mapped[str]
    number: Mapped[str]
    currency: Mapped[str]
    amount_fine: Mapped[int]
    state: Mapped[str]
    reason: Mapped[str]
    decided_at: Mapped[datetime | None]
    who: Mapped[str]
    buyer_id: Mapped[int | None] = mapped_column(ForeignKey("buyer.id"), index=True)
    third_party: Mapped[bool]
    word: Mapped[str]
