"""Buyers that turned out to be others: which number stands for them now."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.models import Buyer


@dataclass(frozen=True, slots=True)
class Merged:
    """Merged buyers and what each went into, which may have been merged itself. `codes` are their own codes."""

    into: Mapping[int, int]
    codes: Mapping[int, str]

    def of(self, buyer: int) -> int:
        """The buyer that stands for this one now."""
        while buyer in self.into:
            buyer = self.into[buyer]
        return buyer

    def codes_of(self, buyer: int) -> tuple[str, ...]:
        """The codes of those that were merged into this one."""
        return tuple(
            code for gone, code in self.codes.items() if code and self.of(gone) == buyer
        )


def standing(session: Session, client_id: int | None = None) -> Merged:
    """The merged buyers of one client, or of all."""
    statement = select(Buyer.id, Buyer.merged_into, Buyer.code).where(
        Buyer.merged_into.is_not(None)
    )
    if client_id is not None:
        statement = statement.where(Buyer.client_id == client_id)
    rows = session.execute(statement.order_by(Buyer.id)).all()
    into = {gone: kept for gone, kept, _ in rows if kept is not None}
    return Merged(into, {gone: code for gone, _, code in rows})
