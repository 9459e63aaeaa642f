"""What the firm knows of countries and sectors."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base, Voidable


class OutlookNote(Voidable, Base):
    """A dated note on a country or sector, of the firm; rows are added, a mistake is voided.

    `subject`: a country's two letters, or a sector in words. `move`: what became of the rating; `news`: it has none.
    """

    __tablename__ = "outlook_note"
    __table_args__ = (
        CheckConstraint("about IN ('country', 'sector')", "about_known"),
        CheckConstraint("move IN ('news', 'up', 'same', 'down')", "move_known"),
        CheckConstraint(
            "subject <> '' AND title <> '' AND source <> ''", "says_what_and_where"
        ),
        CheckConstraint("move = 'news' OR rating <> ''", "rating_given"),
        Index("ix_outlook_note_about_subject", "about", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str]
    subject: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="", server_default="")
    move: Mapped[str]
    rating: Mapped[str] = mapped_column(default="", server_default="")
    outlook: Mapped[str] = mapped_column(default="", server_default="")
    as_of: Mapped[date]
    source: Mapped[str]
    recorded_at: Mapped[datetime]
    who: Mapped[str]
