"""A bank's statement as a file tells it: the money that came in, and what the file says of itself."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.asked import Answers
from creditdesk.domain.ledger.documents import LedgerSource
from creditdesk.errors import Problem

BANK_VIEW = "bank.view:"
"""How the id of a question about debit and credit begins."""


class Side(StrEnum):
    """Which lines of a statement a sum is of."""

    IN = "in"
    OUT = "out"
    NEUTRAL = "neutral"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLine:
    """Money received. `amount` is positive; whatever the bank does not say is empty.

    `text`: everything the bank and the payer wrote about it. `number`: the bank's own for the transaction.
    """

    row: int
    booked_on: date
    amount: Money
    time: str = ""
    payer: str = ""
    payer_account: str = ""
    payer_bank: str = ""
    text: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTotal:
    """What the file says of itself, beside what was read from it. None: it names no count, or no sum."""

    row: int
    side: Side
    count: int | None
    amount: Money | None
    read_count: int
    read_amount: Money

    @property
    def agrees(self) -> bool:
        """Whether count and sum are what was read."""
        return self.count in (None, self.read_count) and self.amount in (
            None,
            self.read_amount,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BankStatement:
    """Everything one statement says, before anything is written.

    `account`: our own, empty where the file names none. `left_out` rows are no money from a customer, each with its
    reason; `rejected` rows could not be read; `notes` are about the whole file. `spent` and `spent_count`: what went
    out; it is counted and told, never taken in. `answers`: what was said about it, to be kept.
    """

    source: LedgerSource
    account: str = ""
    lines: tuple[BankLine, ...] = ()
    left_out: tuple[Problem, ...] = ()
    rejected: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    own_totals: tuple[OwnTotal, ...] = ()
    spent_count: int = 0
    spent: Mapping[str, Money] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    rows_read: int = 0
    answers: Answers = field(default_factory=dict)

    @property
    def received(self) -> dict[str, Money]:
        """What came in, by currency."""
        codes = dict.fromkeys(line.amount.currency for line in self.lines)
        return {
            code: Money.total(
                (line.amount for line in self.lines if line.amount.currency == code),
                code,
            )
            for code in codes
        }


def keys(statement: BankStatement) -> tuple[str, ...]:
    """What tells each line again in the next statement; lines alike in everything are told apart by their order."""
    seen: Counter[str] = Counter()
    found = []
    for line in statement.lines:
        parts = (
            statement.account, line.booked_on.isoformat(), line.time, line.number, line.amount.currency,
            str(line.amount.fine), line.payer, line.payer_account, line.text,
        )  # fmt: skip
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
        seen[digest] += 1
        found.append(f"{digest}-{seen[digest]}")
    return tuple(found)
