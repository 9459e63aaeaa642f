"""Whom the clients sell to on credit."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base


class Buyer(Base):
    """A debtor of one client. `code` is the client's own, empty where its ledger has none."""

    __tablename__ = "buyer"
    __table_args__ = (
        Index(
            "uq_buyer_client_id_code",
            "client_id",
            "code",
            unique=True,
            sqlite_where=text("code <> ''"),
        ),
        Index("ix_buyer_client_id_name", "client_id", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    code: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    uscc: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="CN")
    address: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    batch_id: Mapped[int | None] = mapped_column(
        ForeignKey("import_batch.id"), index=True
    )
    created_at: Mapped[datetime]


class BuyerAlias(Base):
    """Another name the ledgers use for a buyer."""

    __tablename__ = "buyer_alias"
    __table_args__ = (
        UniqueConstraint("buyer_id", "name"),
        Index("ix_buyer_alias_name", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"))
    name: Mapped[str]
    batch_id: Mapped[int | None] = mapped_column(
        ForeignKey("import_batch.id"), index=True
    )
