"""The enterprises the firm works for."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base, Voidable


class Client(Voidable, Base):
    """A policyholder: the seller whose credit insurance the firm keeps in order."""

    __tablename__ = "client"
    __table_args__ = (
        CheckConstraint("length(currency) = 3", "currency_code"),
        # The name of one entered by mistake is free again.
        Index(
            "uq_client_name",
            "name",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    uscc: Mapped[str] = mapped_column(default="")
    currency: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
