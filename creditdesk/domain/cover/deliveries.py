"""Whether goods still leave for a buyer: stopped, about to stop, or going on (rules.md 2.3 D13)."""

from dataclasses import dataclass
from datetime import date

from creditdesk.domain.base.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """The stop under the policy beside what the ledger shows was shipped.

    `stop`: the last insured day for shipping of the stop in force, `next_stop` of the one that comes if nobody pays;
    None: there is none. `last`: the last day goods left, None: none ever did. `limit`: in force on the day.
    """

    on: date
    stop: date | None
    next_stop: date | None
    last: date | None
    limit: Money | None = None
    limit_no: str = ""

    @property
    def stopped_on(self) -> date | None:
        """Since when nothing was delivered that the stop forbids; None: none is in force, or goods left after it."""
        return None if self.delivered_on else self.stop

    @property
    def delivered_on(self) -> date | None:
        """The last delivery, where it was made although the stop was in force; None: none was."""
        late = self.stop and self.last and self.last > self.stop
        return self.last if late else None

    @property
    def stops_on(self) -> date | None:
        """The last day for deliveries if the arrears stay unpaid; None: they have stopped, or nothing tells."""
        return None if self.stop else self.next_stop

    @property
    def no_stop_on(self) -> date | None:
        """The day asked about, where no stop is in force or known to come."""
        return None if self.stop or self.next_stop else self.on
