"""Whom the clients sell to on credit."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base


class Buyer(Base):
    """A debtor of one client. `code` is the client's own, empty where its ledger has none.

    `merged_into`: the buyer this one turned out to be. Such a row names nothing any more and is in no list; it stays,
    so that its number is never given again, its code still leads to the other, and the merge can be undone.
    `term`: the payment term agreed, in words; `term_dates`: a person said that documents which give neither a due date
    nor a term fall due by it. rules.md 14.1.
    """

    __tablename__ = "buyer"
    __table_args__ = (
        Index(
            "uq_buyer_client_id_code",
            "client_id",
            "code",
            unique=True,
            sqlite_where=text("code <> '' AND merged_into IS NULL"),
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
    term: Mapped[str] = mapped_column(default="", server_default="")
    term_dates: Mapped[bool] = mapped_column(default=False, server_default="0")
    batch_id: Mapped[int | None] = mapped_column(
        ForeignKey("import_batch.id"), index=True
    )
    created_at: Mapped[datetime]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("buyer.id"), index=True)


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


class BuyerMerge(Base):
    """Two buyers that were found to be one: `gone` is now `keep`.

    `moved`: what belongs to `keep` since, by table, as numbers of records; with it the merge is undone. `card`: who
    `gone` was. A merge that was undone stays, with its day.
    """

    __tablename__ = "buyer_merge"
    __table_args__ = (CheckConstraint("keep_id <> gone_id", "two_buyers"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    keep_id: Mapped[int] = mapped_column(
        ForeignKey("buyer.id", ondelete="CASCADE"), index=True
    )
    gone_id: Mapped[int] = mapped_column(
        ForeignKey("buyer.id", ondelete="CASCADE"), index=True
    )
    card: Mapped[dict[str, Any]]
    moved: Mapped[dict[str, Any]]
    merged_at: Mapped[datetime]
    who: Mapped[str]
    undone_at: Mapped[datetime | None]


class BuyersApart(Base):
    """Somebody said that these two are two: they are not proposed again. `one_id` is the smaller number."""

    __tablename__ = "buyers_apart"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        CheckConstraint("one_id < other_id", "smaller_first"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("buyer.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(
        ForeignKey("buyer.id", ondelete="CASCADE"), index=True
    )
    said_at: Mapped[datetime]
    who: Mapped[str]
