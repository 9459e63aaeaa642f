"""Clients that were taken out of the office, and what came back of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base


class Trip(Base):
    """Some clients taken out into a desk of their own, which both desks know: here at home, and away.

    `code` names it in both; `desk` is the id of the desk at home. `clients`: their numbers, the same in both.
    `back_by`: when it is expected, None: no day was said. `brought_number`: the number of the newest write that was
    brought back, 0: nothing was. `given_up_at`: since when it isn't expected any more, at home. `seen`: the away rows
    as of then, at home; away, the rows that were taken out.
    """

    __tablename__ = "trip"
    __table_args__ = (
        CheckConstraint("place IN ('home', 'away')", "place_known"),
        CheckConstraint("brought_number >= 0", "number_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    place: Mapped[str]
    desk: Mapped[str]
    clients: Mapped[list[Any]]
    taken_at: Mapped[datetime]
    who: Mapped[str]
    back_by: Mapped[date | None]
    brought_at: Mapped[datetime | None]
    brought_number: Mapped[int] = mapped_column(default=0, server_default="0")
    given_up_at: Mapped[datetime | None]
    given_up_why: Mapped[str] = mapped_column(default="", server_default="")
    seen: Mapped[bytes] = mapped_column(LargeBinary, default=b"", server_default="")
