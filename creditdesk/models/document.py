"""Files kept in the desk: the bytes once, by digest, apart from their descriptions."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base


class FileContent(Base):
    """The bytes of a file, kept once whatever the number of places that name it."""

    __tablename__ = "file_content"

    digest: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Document(Base):
    """A file as somebody added it. `pages` is empty where it can't be told."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    digest: Mapped[str] = mapped_column(ForeignKey("file_content.digest"), index=True)
    file_name: Mapped[str]
    media: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    pages: Mapped[int | None]
    added_at: Mapped[datetime]
    who: Mapped[str]
