"""Who changed what, when; and the desk's own settings."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base


class JournalEntry(Base):
    """One change worth disputing. Entries are added, never changed (the desk refuses)."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        Index("ix_journal_entry_subject_subject_id", "subject", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str]
    what: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[int | None]
    client_id: Mapped[int | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


class Setting(Base):
    """A choice that belongs to the desk: the firm's letterhead, thresholds, the place of backups."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
