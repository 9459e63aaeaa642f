"""What forms ask about clients, buyers, insurers and claims beside their cards."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base

_OWNERS = ("client_id", "buyer_id", "claim_id", "insurer")


class Particular(Base):
    """One fact, in a person's words, under its key of `resources/claim_facts.toml`; entered once for its owner.

    Whose it is: exactly one of a client, a buyer, a claim, or an insurer by its name.
    """

    __tablename__ = "particular"
    __table_args__ = (
        CheckConstraint(
            "(client_id IS NOT NULL) + (buyer_id IS NOT NULL) + (claim_id IS NOT NULL) + (insurer <> '') = 1",
            "one_owner",
        ),
        *(
            Index(
                f"uq_particular_{owner}",
                owner,
                "key",
                unique=True,
                sqlite_where=text(
                    "insurer <> ''" if owner == "insurer" else f"{owner} IS NOT NULL"
                ),
            )
            for owner in _OWNERS
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    buyer_id: Mapped[int | None] = mapped_column(ForeignKey("buyer.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"))
    insurer: Mapped[str] = mapped_column(default="", server_default="")
    key: Mapped[str]
    value: Mapped[str]
    changed_at: Mapped[datetime]
    who: Mapped[str]
