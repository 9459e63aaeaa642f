"""What departments have to do."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base, Voidable


class Task(Voidable, Base):
    """Something a department does for a client, done with a word or a paper.

    `source`: the code of the checklist item or duty it comes from; empty: none. `due_on` empty: no day is set.
    """

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("text <> ''", "text_given"),
        CheckConstraint(
            "done_on IS NULL OR word <> '' OR document_id IS NOT NULL", "done_proven"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), index=True)
    buyer_id: Mapped[int | None] = mapped_column(ForeignKey("buyer.id"), index=True)
    text: Mapped[str]
    department: Mapped[str]
    owner: Mapped[str] = mapped_column(default="", server_default="")
    due_on: Mapped[date | None]
    origin: Mapped[str]
    source: Mapped[str] = mapped_column(default="", server_default="")
    done_on: Mapped[date | None]
    word: Mapped[str] = mapped_column(default="", server_default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]
