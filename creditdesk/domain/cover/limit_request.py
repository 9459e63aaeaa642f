"""What the insurer is asked about a buyer's limit, as the letter says it (rules.md 2.3, D02 to D04; 3.1)."""

from dataclasses import dataclass
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.cover.codes import RequestKind


@dataclass(frozen=True, slots=True)
class RequestFigures:
    """What the client's ledger says of a buyer on a day; one amount a currency. `oldest_days` None: nothing is late.

    `longest_term`: days between date and due date of the last twelve months' invoices, None without any.
    """

    balance: tuple[Money, ...] = ()
    overdue: tuple[Money, ...] = ()
    turnover: tuple[Money, ...] = ()
    oldest_days: int | None = None
    longest_term: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRequestDraft:
    """Everything the letter says. `in_force` None: no limit is; `amount` None: a cancellation asks for none."""

    kind: RequestKind
    on: date
    firm: Party
    insurer: Party
    policyholder: Party
    buyer: Party
    policy_no: str
    policy_start: date
    policy_end: date
    currency: str
    figures: RequestFigures
    in_force: Money | None = None
    in_force_until: date | None = None
    decision_no: str = ""
    amount: Money | None = None
    payment_method: str = ""
    max_term_days: int | None = None
    wanted_from: date | None = None
    reason: str = ""

    @property
    def content(self) -> dict[str, object]:
        """What was sent, as plain values that are kept for ever."""
        return {
            "kind": self.kind.value,
            "code": f"4505:{self.kind.code}",
            "on": self.on.isoformat(),
            "insurer": self.insurer.name,
            "policyholder": self.policyholder.name,
            "buyer": {
                "name": self.buyer.name,
                "code": self.buyer.code,
                "address": self.buyer.address,
                "country": self.buyer.country,
            },
            "policy_no": self.policy_no,
            "in_force": _plain(self.in_force),
            "decision_no": self.decision_no,
            "amount": _plain(self.amount),
            "payment_method": self.payment_method,
            "max_term_days": self.max_term_days,
            "wanted_from": self.wanted_from.isoformat() if self.wanted_from else None,
            "reason": self.reason,
            "balance": [_plain(each) for each in self.figures.balance],
            "overdue": [_plain(each) for each in self.figures.overdue],
            "turnover": [_plain(each) for each in self.figures.turnover],
            "oldest_days": self.figures.oldest_days,
        }


def changes(kind: RequestKind, in_force: Money | None, amount: Money) -> bool:
    """Whether the amount is the change its kind says: an increase grows, a reduction shrinks."""
    if in_force is None or in_force.currency != amount.currency:
        return True
    return {
        RequestKind.INCREASE: amount.amount > in_force.amount,
        RequestKind.REDUCTION: amount.amount < in_force.amount,
    }.get(kind, True)


def _plain(amount: Money | None) -> list[str] | None:
    return [amount.plain, amount.currency] if amount is not None else None
