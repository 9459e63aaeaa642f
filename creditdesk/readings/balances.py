"""Aging by buyer and currency, summed in the database: `domain/ledger/aging` says what is right, and tests hold both.

What the desk keeps as open counts everything known. Buyers with nothing dated after the day are summed from that. Where
all that was received names an invoice and found room there, what came after the day is put back on its invoices. For
any other buyer, payments and credit notes up to the day are set against the invoices anew, by the domain itself where
numbers are shared by several invoices.
Nothing received is lost: what was set against no invoice is everything received less what the invoices have lost.
"""

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from creditdesk.domain.ledger.aging import AgingSums, OpenSums, age, summed
from creditdesk.domain.ledger.brackets import STANDARD_BRACKETS, column_names
from creditdesk.readings.queries import ledger_items

_Key = tuple[int, str]
"""A buyer, and a currency."""

_INVOICED = """
SELECT buyer_id, currency, min(issued), max(issued), sum(iif(kind = 'credit_note', -amount_fine, amount_fine))
FROM invoice WHERE {scope} GROUP BY buyer_id, currency
"""
_RECEIVED = """
SELECT buyer_id, currency, min(paid_on), max(paid_on), -sum(amount_fine)
FROM payment WHERE {scope} GROUP BY buyer_id, currency
"""
_LATER = """
SELECT buyer_id, currency, sum(fine) FROM (
    SELECT buyer_id, currency, iif(kind = 'credit_note', -amount_fine, amount_fine) AS fine FROM invoice
    WHERE issued > :day AND {scope}
    UNION ALL
    SELECT buyer_id, currency, -amount_fine FROM payment WHERE paid_on > :day AND {scope}
) GROUP BY buyer_id, currency
"""
_LOOSE = """
SELECT DISTINCT buyer_id FROM payment WHERE against = '' AND {scope}
"""
_SHARED = """
SELECT buyer_id FROM invoice WHERE doc_no <> '' AND {scope}
UNION SELECT buyer_id FROM invoice WHERE kind = 'credit_note' AND instr(against, char(10)) > 0 AND {scope}
UNION SELECT buyer_id FROM payment WHERE instr(against, char(10)) > 0 AND {scope}
"""
_LEFT = """
SELECT buyer_id, currency, sum(open_fine) FROM invoice
WHERE kind <> 'credit_note' AND open_fine > 0 AND {scope} GROUP BY buyer_id, currency
"""
_KEPT = """
SELECT buyer_id, currency, coalesce(due, issued) AS aged, due, kind, open_fine AS fine, 1 AS counted
FROM invoice WHERE kind <> 'credit_note' AND open_fine > 0 AND issued <= :day AND {scope}
"""
_PUT_BACK = """
SELECT buyer_id, currency, coalesce(due, issued) AS aged, due, kind, open_fine AS fine, 1 AS counted
FROM invoice WHERE kind <> 'credit_note' AND open_fine > 0 AND issued <= :day AND {scope}
UNION ALL
SELECT i.buyer_id, i.currency, coalesce(i.due, i.issued), i.due, i.kind, later.fine, i.open_fine = 0 FROM (
    SELECT client_id, buyer_id, currency, against, sum(fine) AS fine FROM (
        SELECT client_id, buyer_id, currency, against, amount_fine AS fine FROM payment
        WHERE paid_on > :day AND {scope}
        UNION ALL
        SELECT client_id, buyer_id, currency, against, amount_fine FROM invoice
        WHERE issued > :day AND kind = 'credit_note' AND {scope}
    ) GROUP BY client_id, buyer_id, currency, against
) later JOIN invoice i ON i.client_id = later.client_id AND i.buyer_id = later.buyer_id
    AND i.number = later.against AND i.kind = 'invoice'
WHERE i.issued <= :day AND later.fine > 0
"""
_ANEW = """
WITH named AS MATERIALIZED (
    SELECT buyer_id, currency, against, sum(fine) AS fine FROM (
        SELECT buyer_id, currency, against, amount_fine AS fine FROM payment
        WHERE paid_on <= :day AND against <> '' AND {scope}
        UNION ALL
        SELECT buyer_id, currency, against, amount_fine FROM invoice
        WHERE issued <= :day AND kind = 'credit_note' AND against <> '' AND {scope}
    ) GROUP BY buyer_id, currency, against
), loose AS MATERIALIZED (
    SELECT buyer_id, currency, sum(amount_fine) AS fine FROM payment
    WHERE paid_on <= :day AND against = '' AND {scope} GROUP BY buyer_id, currency
), invoiced AS (
    SELECT buyer_id, currency, coalesce(due, issued) AS aged, due, issued, number, kind, amount_fine FROM invoice
    WHERE kind <> 'credit_note' AND issued <= :day AND {scope}
), rest AS MATERIALIZED (
    SELECT i.buyer_id, i.currency, i.aged, i.due, i.issued, i.number, i.kind, l.fine AS loose,
        i.amount_fine - coalesce(n.fine, 0) AS fine
    FROM invoiced i
    LEFT JOIN named n ON n.buyer_id = i.buyer_id AND n.currency = i.currency AND n.against = i.number
        AND i.kind = 'invoice'
    LEFT JOIN loose l ON l.buyer_id = i.buyer_id AND l.currency = i.currency
    WHERE i.amount_fine > coalesce(n.fine, 0)
)
SELECT buyer_id, currency, aged, due, kind, fine, 1 AS counted FROM rest WHERE loose IS NULL
UNION ALL
SELECT buyer_id, currency, aged, due, kind, min(fine, reached - loose), 1 FROM (
    SELECT *, sum(fine) OVER (
        PARTITION BY buyer_id, currency
        ORDER BY kind <> 'opening', aged, issued, iif(number = '', '(' || buyer_id || ', '''', ''invoice'')', number)
        ROWS UNBOUNDED PRECEDING
    ) AS reached
    FROM rest WHERE loose IS NOT NULL
) WHERE reached > loose
"""
_SUMS = """
SELECT buyer_id, currency, sum(counted), min(due), sum(iif(due IS NULL AND kind = 'invoice', fine, 0)), {columns}
FROM ({source}) GROUP BY buyer_id, currency
"""


@dataclass(frozen=True, slots=True)
class Balances:
    """An aging without its documents. `late`: days of the oldest debt of who is overdue by a due date that is known."""

    aging: AgingSums[int]
    late: Mapping[int, int]


def balances(
    session: Session,
    as_of: date,
    *,
    client_id: int | None = None,
    buyer_id: int | None = None,
    brackets: Sequence[int] = STANDARD_BRACKETS,
) -> Balances:
    """What is owed on a day, as `domain.ledger.aging.age` has it."""
    asked = _Asked(session, as_of.isoformat(), client_id, buyer_id)
    accounts = _accounts(asked)
    _find_open(asked, accounts, as_of, brackets)
    _settle_shared(asked, accounts, as_of, brackets)
    accounts = {key: account for key, account in accounts.items() if account.known}
    columns = len(column_names(brackets))
    late: dict[int, int] = {}
    for (buyer, _), account in accounts.items():
        if account.oldest and account.oldest < asked.day:
            days = (as_of - date.fromisoformat(account.oldest)).days
            late[buyer] = max(days, late.get(buyer, 0))
    sums = {key: account.sums(columns) for key, account in accounts.items()}
    return Balances(summed(sums, as_of, brackets), late)


@dataclass(slots=True)
class _Account:
    """What one account has up to the day, in fine units.

    `known`: something is dated up to the day; `moves`: something after it. `whole`: invoices less credit notes and
    payments, of the whole ledger; `balance`: the same up to the day.
    """

    known: bool = False
    moves: bool = False
    whole: int = 0
    balance: int = 0
    open_count: int = 0
    columns: tuple[int, ...] = ()
    due_open: int = 0
    oldest: str = ""

    def sums(self, columns: int) -> OpenSums:
        unapplied = sum(self.columns) - self.balance
        return OpenSums(
            self.open_count, self.columns or (0,) * columns, unapplied, self.due_open
        )


def _accounts(asked: "_Asked") -> dict[_Key, _Account]:
    """Every account there is."""
    found: dict[_Key, _Account] = {}
    for question in (_INVOICED, _RECEIVED):
        for buyer, currency, first, last, fine in asked.rows(question):
            account = found.setdefault((buyer, currency), _Account())
            account.known = account.known or first <= asked.day
            account.moves = account.moves or last > asked.day
            account.whole += fine
            account.balance += fine
    if any(account.moves for account in found.values()):
        for buyer, currency, fine in asked.rows(_LATER):
            found[buyer, currency].balance -= fine
    return found


def _find_open(
    asked: "_Asked",
    accounts: Mapping[_Key, _Account],
    as_of: date,
    brackets: Sequence[int],
) -> None:
    moving = {buyer for (buyer, _), account in accounts.items() if account.moves}
    shared = asked.shared & moving
    anew = moving & _clipped(asked, accounts) if moving else moving
    source = {
        _KEPT: {buyer for buyer, _ in accounts} - moving,
        _PUT_BACK: moving - anew - shared,
        _ANEW: anew - shared,
    }
    columns = _columns(as_of, brackets)
    for rows, buyers in source.items():
        if not buyers:
            continue
        question = _SUMS.format(columns=columns, source=rows)
        for buyer, currency, *sums in asked.rows(question, buyers):
            account = accounts[buyer, currency]
            account.open_count, oldest, account.due_open, *fine = sums
            account.oldest = oldest or ""
            account.columns = tuple(fine)


def _settle_shared(
    asked: "_Asked",
    accounts: Mapping[_Key, _Account],
    as_of: date,
    brackets: Sequence[int],
) -> None:
    """Accounts with numbers that several invoices share, as the domain has them; the others know theirs."""
    moving = {
        buyer
        for (buyer, _), account in accounts.items()
        if account.moves and buyer in asked.shared
    }
    if not moving:
        return
    items = ledger_items(asked.session, buyer_ids=sorted(moving))
    aging = age(items.documents, items.receipts, as_of, brackets)
    for buyer, figures in aging.by_buyer.items():
        for currency, sums in figures.items():
            account = accounts[buyer, currency]
            account.open_count = sums.open_count
            account.columns = tuple(each.fine for each in sums.columns)
            account.due_open = sums.due_open.fine
    for row in aging.rows:
        account = accounts[row.buyer, row.open.currency]
        if row.due and (not account.oldest or row.due.isoformat() < account.oldest):
            account.oldest = row.due.isoformat()


def _clipped(asked: "_Asked", accounts: Mapping[_Key, _Account]) -> set[int]:
    """Buyers with payments that name no invoice, or with more received than the invoices named could take."""
    left = {(buyer, code): fine for buyer, code, fine in asked.rows(_LEFT)}
    found = {buyer for (buyer,) in asked.rows(_LOOSE)}
    return found | {
        key[0] for key, account in accounts.items() if account.whole != left.get(key, 0)
    }


def _columns(as_of: date, brackets: Sequence[int]) -> str:
    """The columns of an aging, as sums of what falls between the days that part them; `{scope}` stays to be said."""
    days = [(as_of - timedelta(days=each)).isoformat() for each in (0, *brackets)]
    spans = [f"aged >= '{days[0]}'"]
    spans += [
        f"aged < '{late}' AND aged >= '{early}'" for late, early in pairwise(days)
    ]
    spans += [f"aged < '{days[-1]}'"]
    return ", ".join(f"sum(iif({span}, fine, 0))" for span in spans)


class _Asked:
    """Asks the desk; knows whose ledger is meant, and up to which day."""

    def __init__(
        self, session: Session, day: str, client_id: int | None, buyer_id: int | None
    ) -> None:
        self.session = session
        self._values = {"day": day, "client": client_id, "buyer": buyer_id}
        self.day = day
        if buyer_id is not None:
            self._scope = "buyer_id = :buyer"
        elif client_id is not None:
            self._scope = "buyer_id IN (SELECT id FROM buyer WHERE client_id = :client)"
        else:
            self._scope = "TRUE"

    def rows(self, question: str, buyers: AbstractSet[int] | None = None) -> list[Any]:
        """The answer; `buyers`: of these alone."""
        scope = self._scope
        values: dict[str, Any] = dict(self._values)
        if buyers is not None:
            scope = "buyer_id IN (SELECT value FROM json_each(:buyers))"
            values["buyers"] = json.dumps(sorted(buyers))
        asked = text(question.replace("{scope}", scope))
        wanted = {name: values[name] for name in asked.compile().params}
        return list(self.session.execute(asked, wanted))

    @cached_property
    def shared(self) -> set[int]:
        """Buyers with numbers that several invoices share, or payments or credit notes that name several."""
        return {buyer for (buyer,) in self.rows(_SHARED)}
