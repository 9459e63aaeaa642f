"""What the ledger service says about the control account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.control import Explanation
from creditdesk.errors import UserError
from creditdesk.i18n import N_

RECEIVABLES = "1122"
"""应收账款 in the Chinese chart of accounts."""


class FigureInFuture(UserError):
    """Books of a day to come."""

    message = N_("{day} has not come yet: the books can't show a balance of that day.")


@dataclass(frozen=True, slots=True)
class ControlFigure:
    """What the books show on a day, as a person typed it. `amount` None: the figure was taken away again."""

    account: str
    amount: Money | None
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlBalance:
    """One currency: the ledger's balance with its parts, the books' figure, and what may lie between them.

    `balance` = `invoices` − `credit_notes` − `unapplied`. `aged_only` stands apart: it is in no document. `difference`
    is figure − balance, None without a figure. `explained`: places in `rows` that make the difference exactly.
    """

    currency: str
    invoices: Money
    credit_notes: Money
    unapplied: Money
    balance: Money
    aged_only: Money
    figure: ControlFigure | None
    difference: Money | None
    rows: tuple[Explanation, ...]
    explained: frozenset[int]

    @property
    def unexplained(self) -> Money | None:
        """What no rows make exactly; None without a figure."""
        if self.difference is None or not self.explained:
            return self.difference
        return Money.zero(self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlAccount:
    """The control account of one client on a day."""

    client_id: int
    client: str
    as_of: date
    account: str
    balances: tuple[ControlBalance, ...]


@dataclass(frozen=True, slots=True)
class Untaken:
    """A row of an import that was not taken, with its figure as read again. `refused`: else it was skipped."""

    row: int
    amount: Money
    refused: bool


UntakenRows = Mapping[int, Sequence[Untaken]]
"""By import; of imports that are not named only the refused rows are known, without figures."""
