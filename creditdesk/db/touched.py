"""Which clients and buyers a write touched, told by the tables themselves, whatever statement wrote them.

Triggers of the connection's own note every row that duties and cover follow from; nothing of them is in the desk file.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from creditdesk.models import (
    AgedBalance,
    BankLine,
    Base,
    BillEnd,
    BillTransfer,
    Buyer,
    BuyerAlias,
    BuyerCover,
    BuyerEvent,
    BuyerFact,
    BuyerGrade,
    BuyerMerge,
    BuyersApart,
    ChecklistAddition,
    Claim,
    ClaimEvidence,
    ClaimGoods,
    ClaimInvoice,
    ClaimItem,
    ClaimPayment,
    ClaimQuestion,
    ClaimStep,
    Client,
    Contact,
    ControlFigure,
    CreditAuthority,
    CreditDecision,
    CreditLimit,
    CreditPolicy,
    Declaration,
    DeclarationLine,
    DeclarationTotal,
    DiscretionaryGround,
    Dispute,
    Document,
    Duty,
    FileContent,
    FinancialStatement,
    ImportAnswer,
    ImportBatch,
    ImportChange,
    ImportProfile,
    IndemnityRecord,
    InsurerEntry,
    InsurerQuote,
    Invoice,
    InvoiceCover,
    InvoiceDocument,
    JournalEntry,
    LimitRequest,
    Notice,
    OutlookNote,
    PackageRecord,
    Particular,
    PartyContact,
    Payment,
    Policy,
    PolicyValue,
    PolicyVersion,
    PremiumNote,
    Recovery,
    ReviewAnswer,
    ScoreRecord,
    Setting,
    Task,
    Trip,
    WarningAnswer,
)

WATCHED = "watched"
"""Where a connection remembers that it notes what its writes touch."""
MOST_BUYERS = 500
"""Of more than these at once a client is looked at as a whole: that is quicker than naming them."""
_WHOLE = "0"
_POLICY = "(SELECT client_id FROM policy WHERE id = {row}.policy_id)"
_CLAIM = "(SELECT client_id FROM claim WHERE id = {row}.claim_id)"
_CLAIMED = "(SELECT buyer_id FROM claim WHERE id = {row}.claim_id)"
_VERSION = (
    "(SELECT client_id FROM policy JOIN policy_version v ON v.policy_id = policy.id"
    " WHERE v.id = {row}.version_id)"
)
_DECLARED = "(SELECT client_id FROM declaration WHERE id = {row}.declaration_id)"
_INVOICED = "(SELECT {column} FROM invoice WHERE id = {{row}}.invoice_id)"
_OWN = "{row}.client_id"
_BUYER = "{row}.buyer_id"

FACTS: dict[type[Base], tuple[str, str]] = {
    BillEnd: (
        _INVOICED.format(column="client_id"),
        _INVOICED.format(column="buyer_id"),
    ),
    BillTransfer: (
        _INVOICED.format(column="client_id"),
        _INVOICED.format(column="buyer_id"),
    ),
    Buyer: (_OWN, "{row}.id"),
    BuyerEvent: (_OWN, _BUYER),
    BuyerFact: (_OWN, _BUYER),
    Claim: (_OWN, _BUYER),
    ClaimGoods: (_CLAIM, _CLAIMED),
    ClaimInvoice: (_CLAIM, _CLAIMED),
    ClaimPayment: (_CLAIM, _CLAIMED),
    ClaimQuestion: (_CLAIM, _CLAIMED),
    ClaimStep: (_CLAIM, _CLAIMED),
    Client: ("{row}.id", _WHOLE),
    CreditLimit: (_POLICY, _BUYER),
    CreditPolicy: (_OWN, _WHOLE),
    Declaration: (_OWN, _WHOLE),
    DeclarationLine: (_DECLARED, _WHOLE),
    DiscretionaryGround: (_POLICY, _BUYER),
    Dispute: (
        _INVOICED.format(column="client_id"),
        _INVOICED.format(column="buyer_id"),
    ),
    Duty: (_OWN, "coalesce({row}.buyer_id, 0)"),
    FinancialStatement: (_OWN, _BUYER),
    IndemnityRecord: (_CLAIM, _CLAIMED),
    Invoice: (_OWN, _BUYER),
    LimitRequest: (_POLICY, _BUYER),
    Notice: (_OWN, _BUYER),
    Particular: (_CLAIM, _CLAIMED),
    Payment: (_OWN, _BUYER),
    Policy: (_OWN, _WHOLE),
    PolicyValue: (_VERSION, _WHOLE),
    PolicyVersion: (_POLICY, _WHOLE),
    PremiumNote: (_OWN, _WHOLE),
    Recovery: (_CLAIM, _CLAIMED),
    ScoreRecord: (_OWN, _BUYER),
    Setting: (_WHOLE, _WHOLE),
    WarningAnswer: (_OWN, _BUYER),
}
"""Tables that duties and cover follow from: whose a row is, and of which buyer; 0 is everyone."""

NOTHING_FOLLOWS: dict[type[Base], str] = {
    AgedBalance: "debt without documents has no due date of its own: aged, never claimed",
    BankLine: "money waits here until a person says what it pays, and then it is a payment",
    BuyerAlias: "a name to find a buyer by",
    BuyerCover: "follows from the facts itself",
    BuyerGrade: "what others think of a buyer; no clock starts with it",
    BuyerMerge: "what moved is in the rows that moved",
    BuyersApart: "a question that is answered",
    ChecklistAddition: "papers that claims need",
    ClaimEvidence: "papers of a claim",
    ClaimItem: "papers of a claim",
    Contact: "what was said; what it brings about is reported as an event",
    ControlFigure: "held against the ledger, changes nothing in it",
    CreditAuthority: "who approves decisions",
    CreditDecision: "what the client decided; cover is the insurer's",
    DeclarationTotal: "comes and goes with its declaration",
    Document: "a paper",
    FileContent: "a paper",
    ImportAnswer: "how files are read; what follows from it is in the rows",
    ImportBatch: "what it brought is in its rows",
    ImportChange: "what it changed is in the rows",
    ImportProfile: "how files are read",
    InvoiceCover: "follows from the facts itself",
    InvoiceDocument: "papers of an invoice",
    JournalEntry: "who did what",
    OutlookNote: "of countries and sectors: its warning only asks for a look, no clock starts with it",
    PackageRecord: "papers of a claim",
    ReviewAnswer: "questions of a contract review",
    InsurerEntry: "what is known of an insurer; a policy says what it promises",
    InsurerQuote: "an offer is no policy",
    PartyContact: "what was said; the insurer's answer is entered as a decision",
    Task: "work that is given to somebody",
    Trip: "what came back of it is in the rows that came back",
}
"""Tables that nothing follows from, and why."""

_ONLY = {Duty: "voided_at"}
"""A duty follows from the facts itself; that it was not done after all is a fact."""
_COUNTED = {"open_fine"}
"""Columns that follow from others; writing them alone touches nobody."""
SETTINGS = ("fx_rates", "calendar_days")
"""Choices of the desk that dates and cover of all clients rest on."""
_BEARS: dict[type[Base], str] = {
    Setting: f"{{row}}.key IN {SETTINGS}",
    Particular: "{row}.claim_id IS NOT NULL",
}
"""Where not every row of a table bears on duties: those that do. Of particulars a claim's guarantor does."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a client has to be looked at again: these buyers and what the `tables` written bear on.

    `buyers` None: everything of it.
    """

    client_id: int
    buyers: frozenset[int] | None = None
    tables: frozenset[str] = frozenset()

    def has(self, buyer_id: int) -> bool:
        """Whether a buyer is to be looked at."""
        return self.buyers is None or buyer_id in self.buyers

    def bears_on(self, *tables: type[Base]) -> bool:
        """Whether what follows from one of these tables is to be looked at."""
        return self.buyers is None or any(
            table.__tablename__ in self.tables for table in tables
        )


def watch(connection: Any) -> None:  # noqa: ANN401 - sqlcipher3 has no types
    """From now on this connection notes what its writes touch."""
    connection.execute(
        "CREATE TEMP TABLE touched (name TEXT NOT NULL, client INTEGER NOT NULL, buyer INTEGER NOT NULL,"
        " PRIMARY KEY (name, client, buyer)) WITHOUT ROWID"
    )
    for table, (client, buyer) in FACTS.items():
        for event, rows in _EVENTS.items():
            if table not in _ONLY or event == "UPDATE":
                connection.execute(_trigger(table, event, rows, client, buyer))


_EVENTS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def _trigger(
    table: type[Base], event: str, rows: tuple[str, ...], client: str, buyer: str
) -> str:
    name = table.__tablename__
    columns = [each.name for each in table.__table__.columns if each.name not in _COUNTED]  # fmt: skip
    columns = [_ONLY[table]] if table in _ONLY else columns
    when = f"{event} OF {', '.join(columns)}" if event == "UPDATE" else event
    bears = _BEARS.get(table)
    told = " OR ".join(bears.format(row=row) for row in rows) if bears else ""
    condition = f"WHEN {told}" if bears else ""
    body = " ".join(
        f"INSERT OR IGNORE INTO touched VALUES ('{name}', {client.format(row=row)}, {buyer.format(row=row)});"  # noqa: S608 - our own words
        for row in rows
    )
    return (
        f"CREATE TEMP TRIGGER touched_{name}_{event.lower()} AFTER {when} ON main.{name}"
        f" {condition} BEGIN {body} END"
    )


@contextmanager
def told_at_once(
    session: Session, table: type[Base], columns: Mapping[str, Sequence[object]]
) -> Iterator[None]:
    """While many rows are added, given by columns: each client and buyer is noted once, not with every row of it.

    A trigger that runs for each of 50,000 rows takes as long as their five indexes.
    """
    connection = session.connection()
    if FACTS.get(table) != (_OWN, _BUYER) or not connection.info.get(WATCHED):
        yield
        return
    name = table.__tablename__
    connection.exec_driver_sql(f"DROP TRIGGER touched_{name}_insert")
    try:
        yield
    finally:
        made = _trigger(table, "INSERT", _EVENTS["INSERT"], *FACTS[table])
        connection.exec_driver_sql(made)
    whose = set(zip(columns["client_id"], columns["buyer_id"], strict=True))
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO touched VALUES (?, ?, ?)",
        [(name, client, buyer) for client, buyer in whose],
    )


def forget(session: Session) -> None:
    """What an earlier write touched is done with."""
    session.execute(text("DELETE FROM touched"))


def scopes(session: Session) -> tuple[Scope, ...]:
    """What the write of this session touched so far, client by client; everyone's facts touch every client."""
    found: dict[int, dict[int, set[str]]] = {}
    for name, client, buyer in session.execute(text("SELECT name, client, buyer FROM touched")):  # fmt: skip
        found.setdefault(client, {}).setdefault(buyer, set()).add(name)
    if 0 in found:
        return tuple(Scope(each) for each in session.scalars(select(Client.id)))
    return tuple(_scopes(found))


def _scopes(found: dict[int, dict[int, set[str]]]) -> Iterator[Scope]:
    for client, buyers in sorted(found.items()):
        if 0 in buyers or len(buyers) > MOST_BUYERS:
            yield Scope(client)
        else:
            tables = frozenset(name for names in buyers.values() for name in names)
            yield Scope(client, frozenset(buyers), tables)
