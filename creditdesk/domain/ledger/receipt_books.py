"""A client's open invoices and buyers, to be found by what a bank writes: numbers, amounts, names, accounts."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.payers import core, heads, plain
from creditdesk.domain.ledger.receipt_amounts import OpenItem

_RUN = re.compile(r"[a-z0-9]+(?:[-_/.#][a-z0-9]+)*")
_SHORTEST_MIXED = 2
_SIGNS = re.compile(r"[^a-z0-9]+")
_DIGITS = re.compile(r"\d{5,}")
_SHORTEST, _LONGEST_TAIL = 4, 9
SHORTEST_NAME = 3
"""A name of fewer signs says nothing when it stands in a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankReceipt:
    """Money a bank says came in. Whatever the bank does not say is empty."""

    on: date
    amount: Money
    payer: str = ""
    account: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBuyer:
    """A buyer with its other names, the accounts it paid from, and who else paid for it before."""

    id: int
    name: str
    aliases: tuple[str, ...] = ()
    accounts: frozenset[str] = frozenset()
    payers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KnownPayment:
    """A payment the ledger tells of already."""

    buyer: int
    on: date
    amount: Money


class ReceiptBooks:
    """Open invoices, buyers and payments known already, each by what it is looked for."""

    def __init__(
        self,
        items: Iterable[OpenItem],
        buyers: Iterable[KnownBuyer],
        payments: Iterable[KnownPayment] = (),
    ) -> None:
        self.buyers = {buyer.id: buyer for buyer in buyers}
        self.items = {item.id: item for item in items if item.open}
        self.of_buyer: defaultdict[tuple[int, str], list[OpenItem]] = defaultdict(list)
        self.of_amount: defaultdict[Money, list[OpenItem]] = defaultdict(list)
        self.payments: defaultdict[tuple[int, Money], list[date]] = defaultdict(list)
        self._numbers: defaultdict[str, list[OpenItem]] = defaultdict(list)
        self._cores: defaultdict[str, set[int]] = defaultdict(set)
        self._others: defaultdict[str, set[int]] = defaultdict(set)
        self._keep_items()
        for buyer in self.buyers.values():
            self._keep_names(buyer)
        self._lengths = {len(name) for name in self._cores}
        for payment in payments:
            self.payments[payment.buyer, payment.amount].append(payment.on)

    def named(self, text: str, currency: str) -> list[OpenItem]:
        """The open invoices whose number, last digits or contract stand in a text, in the order it names them."""
        found = {
            item.id: item
            for name in _mentioned(text)
            for item in sorted(self._numbers.get(name, ()), key=lambda each: each.order)
            if item.open.currency == currency
        }
        return list(found.values())

    def may_have_paid(self, receipt: BankReceipt) -> set[int]:
        """The buyers that payer, account or text point to, by whatever relation."""
        found = set(self._others.get(receipt.account, ())) if receipt.account else set()
        if not receipt.payer:
            return found.union(
                *(self._cores[name] for name in self._within(receipt.text))
            )
        shown = plain(receipt.payer)
        found |= self._cores.get(core(receipt.payer), set())
        found |= self._others.get(shown, set())
        for head in heads(receipt.payer):
            found |= self._cores.get(core(head), set())
        return found

    def _keep_items(self) -> None:
        for item in self.items.values():
            self.of_buyer[item.buyer, item.open.currency].append(item)
            self.of_amount[item.open].append(item)
            for name in _numbers(item):
                self._numbers[name].append(item)

    def _keep_names(self, buyer: KnownBuyer) -> None:
        for name in (buyer.name, *buyer.aliases):
            self._cores[core(name)].add(buyer.id)
            for head in heads(name):
                self._others[head].add(buyer.id)
        for other in (*buyer.accounts, *buyer.payers):
            self._others[other].add(buyer.id)

    def _within(self, text: str) -> Iterator[str]:
        """The names a text carries."""
        shown = plain(text)
        for length in self._lengths:
            if length < SHORTEST_NAME:
                continue
            for start in range(len(shown) - length + 1):
                if shown[start : start + length] in self._cores:
                    yield shown[start : start + length]


def _numbers(item: OpenItem) -> set[str]:
    """What of an invoice may stand in a text: its numbers whole and by their last digits, its contract."""
    given = [_SIGNS.sub("", _folded(each)) for each in (item.number, item.invoice_no)]
    tails = {
        digits[-length:]
        for each in given
        for digits in _DIGITS.findall(each)
        for length in range(5, min(len(digits), _LONGEST_TAIL) + 1)
    }
    names = {*given, _SIGNS.sub("", _folded(item.contract)), *tails}
    return {name for name in names if _is_number(name) and any(map(str.isdigit, name))}


def _mentioned(text: str) -> list[str]:
    """The numbers a text may mean, in its order: each run of letters and digits, whole and in its pieces."""
    found: list[str] = []
    for run in _RUN.findall(_folded(text)):
        parts = (_SIGNS.sub("", part) for part in run.split("/"))
        found += (_SIGNS.sub("", run), *parts, *_SIGNS.split(run), *_DIGITS.findall(run))  # fmt: skip
    return [name for name in dict.fromkeys(found) if _is_number(name)]


def _is_number(name: str) -> bool:
    """Whether it is long enough to be told from other words; a short one has a letter and a digit, as I1 has."""
    short = any(map(str.isdigit, name)) and any(map(str.isalpha, name))
    return len(name) >= _SHORTEST or (len(name) >= _SHORTEST_MIXED and short)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
