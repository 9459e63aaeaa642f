"""The enterprises the firm works for."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base


class Client(Base):
    """A policyholder: the seller whose credit insurance the firm keeps in order."""

    __tablename__ = "client"
    __table_args__ = (CheckConstraint("length(currency) = 3", "currency_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    uscc: Mapped[str] = mapped_column(default="")
    currency: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
