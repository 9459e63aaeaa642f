"""Aging summed in the database, held against the rule on ledgers of every kind."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.domain.ledger.aging import age, open_amounts
from creditdesk.models import Buyer, Client, Invoice, Payment
from creditdesk.readings.balances import balances
from creditdesk.readings.queries import ledger_items
from creditdesk.workspace import create_desk, open_desk

DAY = date(2026, 3, 31)
NOW = datetime(2026, 3, 31)  # noqa: DTZ001 - the desk keeps local time
BUYERS = {1: 1, 2: 1, 3: 2}
"""The buyers, and whose they are."""

Document = tuple[int, str, str, date, date | None, str, int, str, tuple[str, int]]
Received = tuple[int, str, date, str, int, str]
days = st.integers(-80, 80).map(lambda off: DAY + timedelta(days=off))
names = st.sampled_from(["", "A", "B", "Ä", "10", "9"])
against = names | st.sampled_from(["A\nB", "9\n10"])
currencies = st.sampled_from(["CNY", "CNY", "USD"])
amounts = st.sampled_from([0, 1, 5, 10, 100])
documents = st.lists(
    st.tuples(
        st.sampled_from([*BUYERS]),
        st.sampled_from(["invoice", "invoice", "credit_note", "opening", "refund"]), names, days,
        st.none() | days, currencies, amounts, against, st.sampled_from([("", 0), ("", 0), ("A", 1), ("B", 2)]),
    ),
    max_size=12,
    unique_by=lambda row: (row[0], row[1], row[2]),
)  # fmt: skip
payments = st.lists(
    st.tuples(
        st.sampled_from([*BUYERS]), against, days, currencies, amounts, st.sampled_from(["receipt", "paid"])
    ),
    max_size=10,
)  # fmt: skip


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = Path(tmp_path_factory.mktemp("desk"), "a.creditdesk")
    create_desk(path)
    desk = open_desk(path)
    yield desk._database
    desk.close()


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.tuples(documents, payments),
    days,
    st.sampled_from([(30, 60, 90), (7,)]),
    st.sampled_from([{}, {"client_id": 1}, {"client_id": 2}, {"buyer_id": 1}]),
)
@example(  # a receipt that names an opening balance is for nobody by name, also with something dated later
    (
        [(1, "opening", "A", DAY, None, "CNY", 1, "", ("", 0))],
        [(1, "", DAY + timedelta(days=1), "CNY", 0, "receipt"), (1, "A", DAY, "CNY", 1, "receipt")],
    ),
    DAY, (30, 60, 90), {},
)  # fmt: skip
@example(  # a credit note that names several, dated later
    (
        [
            (2, "invoice", "10", DAY, None, "CNY", 1, "", ("", 0)),
            (2, "credit_note", "", DAY + timedelta(days=1), None, "CNY", 1, "9\n10", ("", 0)),
        ],
        [],
    ),
    DAY, (30, 60, 90), {},
)  # fmt: skip
def test_the_sums_of_the_database_are_those_of_the_rule(
    database: Database,
    ledger: tuple[list[Document], list[Received]],
    as_of: date,
    brackets: tuple[int, ...],
    scope: dict[str, int],
) -> None:
    with _taken_back(database) as session:
        _keep(session, *ledger)
        buyer = scope.get("buyer_id")
        items = ledger_items(
            session,
            client_id=scope.get("client_id"),
            buyer_ids=None if buyer is None else [buyer],
        )
        right = age(items.documents, items.receipts, as_of, brackets)
        found = balances(session, as_of, brackets=brackets, **scope)
    assert found.aging.names == right.names
    assert found.aging.by_currency == right.by_currency
    assert found.aging.by_buyer == right.by_buyer
    late: dict[int, int] = {}
    for row in right.rows:
        if row.is_overdue:
            late[row.buyer] = max(row.days_overdue, late.get(row.buyer, 0))
    assert found.late == late


class _Enough(Exception):
    pass


@contextmanager
def _taken_back(database: Database) -> Iterator[Session]:
    """A session of which nothing stays."""
    with suppress(_Enough), database.write() as session:
        yield session
        raise _Enough


def _keep(
    session: Session,
    documents: list[Document],
    payments: list[Received],
) -> None:
    """The rows as the desk keeps them, with what is open of each by the rule."""
    for client in sorted(set(BUYERS.values())):
        session.add(
            Client(id=client, name=f"client {client}", currency="CNY", created_at=NOW)
        )
    session.flush()  # the buyers name them
    for buyer, client in BUYERS.items():
        session.add(
            Buyer(id=buyer, client_id=client, name=f"buyer {buyer}", created_at=NOW)
        )
    session.flush()  # the documents name them
    for buyer, kind, number, issued, due, currency, amount, named, paper in documents:
        credit = kind == "credit_note"
        session.add(
            Invoice(
                client_id=BUYERS[buyer], buyer_id=buyer, kind=kind, number=number, issued=issued, due=due,
                currency=currency, amount_fine=amount, open_fine=0, against=named if credit else "",
                doc_no=paper[0], part=paper[1],
            )
        )  # fmt: skip
    for place, (buyer, named, paid_on, currency, amount, told) in enumerate(payments):
        session.add(
            Payment(
                client_id=BUYERS[buyer], buyer_id=buyer, key=f"{told}:{place}", against=named, paid_on=paid_on,
                currency=currency, amount_fine=amount,
            )
        )  # fmt: skip
    session.flush()  # the rule reads them as they are kept
    items = ledger_items(session)
    open_ = open_amounts(items.documents, items.receipts)
    for row in session.query(Invoice):
        row.open_fine = open_[row.buyer_id, row.number, row.kind].fine
    session.flush()  # the sums are read from it
