"""To whom nothing may be shipped on a day: what “may we still ship?” answers, for every buyer of a client."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.parties import Party
from creditdesk.i18n import Message
from creditdesk.models import Buyer
from creditdesk.readings.parties import client_party, firm
from creditdesk.services.policies.ship_values import ShipAnswer, Verdict
from creditdesk.services.policies.shipping import answer


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedBuyer:
    """A buyer to whom nothing may be shipped, or of whom it can't be said (`is_open`).

    `reasons`: each with what lifts it, None: nothing does. `refusable`: the insurer may let it go on.
    """

    buyer_id: int
    name: str
    code: str
    is_open: bool
    reasons: tuple[tuple[Message, Message | None], ...]
    refusable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StopList:
    """The buyers of a client that get nothing on a day, by name. `asked`: how many buyers were looked at."""

    firm: Party
    client: Party
    on: date
    asked: int
    buyers: tuple[StoppedBuyer, ...]

    @property
    def stopped(self) -> tuple[StoppedBuyer, ...]:
        """Those to whom nothing may be shipped."""
        return tuple(each for each in self.buyers if not each.is_open)

    @property
    def open(self) -> tuple[StoppedBuyer, ...]:
        """Those of whom it can't be said yet."""
        return tuple(each for each in self.buyers if each.is_open)


def stop_list(session: Session, client_id: int, on: date) -> StopList:
    """Ask of every buyer. Raises `RecordMissing`."""
    found = session.execute(
        select(Buyer.id, Buyer.name, Buyer.code)
        .where(Buyer.client_id == client_id, Buyer.merged_into.is_(None))
        .order_by(Buyer.name, Buyer.id)
    ).all()
    answers = ((row, answer(session, row.id, on)) for row in found)
    return StopList(
        firm=firm(session),
        client=client_party(session, client_id),
        on=on,
        asked=len(found),
        buyers=tuple(
            _stopped(row.id, row.name, row.code, told)
            for row, told in answers
            if told.verdict in {Verdict.NO, Verdict.UNKNOWN}
        ),
    )


def _stopped(buyer: int, name: str, code: str, answer: ShipAnswer) -> StoppedBuyer:
    return StoppedBuyer(
        buyer_id=buyer,
        name=name,
        code=code,
        is_open=answer.verdict is Verdict.UNKNOWN,
        reasons=tuple((each.said, each.lifted_by) for each in answer.obstacles),
        refusable=answer.room_unless_refused is not None,
    )
