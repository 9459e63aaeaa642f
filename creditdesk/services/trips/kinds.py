"""How the rows of each table come back from a trip: whose they are, and what makes two of them the same fact.

Two desks number new rows by themselves, so that rows are compared by what they say. A row both desks had keeps its
number. Of two new ones, those of equal `KEY` are about the same thing: they are one where they say the same, else a
question. Rows without a key are one where all they say is the same.
"""

from collections.abc import Mapping
from enum import Enum, auto

from sqlalchemy import Column, Table

from creditdesk.db.automatic import FOLDER, OWN_SETTINGS, SECOND_PLACE
from creditdesk.models import (
    AgedBalance,
    BankLine,
    Base,
    BillEnd,
    BillTransfer,
    Buyer,
    BuyerAlias,
    BuyerCover,
    BuyerMerge,
    BuyersApart,
    ChecklistAddition,
    Claim,
    ClaimEvidence,
    ClaimInvoice,
    ClaimItem,
    ClaimStep,
    Client,
    ControlFigure,
    CreditAuthority,
    CreditLimit,
    CreditPolicy,
    Declaration,
    DeclarationLine,
    DeclarationTotal,
    Document,
    Duty,
    FileContent,
    FinancialStatement,
    ImportAnswer,
    ImportBatch,
    ImportProfile,
    InsurerEntry,
    Invoice,
    InvoiceCover,
    InvoiceDocument,
    JournalEntry,
    OutlookNote,
    Particular,
    PartyContact,
    Payment,
    Policy,
    PolicyValue,
    PolicyVersion,
    PremiumNote,
    ReviewAnswer,
    Setting,
    Trip,
)


class Way(Enum):
    """How a table comes back."""

    ROWS = auto()
    CARD = auto()
    """Column by column: what one desk changed and the other didn't is no question."""
    FOLLOWS = auto()
    """Counted anew from the facts."""
    APART = auto()
    """By a step of its own: duties that were closed, merges that are made again, the journal, bytes of files."""


WAYS: Mapping[type[Base], Way] = {
    Client: Way.CARD,
    Buyer: Way.CARD,
    InvoiceCover: Way.FOLLOWS,
    BuyerCover: Way.FOLLOWS,
    Duty: Way.APART,
    BuyerMerge: Way.APART,
    JournalEntry: Way.APART,
    FileContent: Way.APART,
    Trip: Way.APART,
}
"""Tables that don't come back row by row."""

KEYS: Mapping[type[Base], tuple[str, ...]] = {
    AgedBalance: ("batch_id", "buyer_id", "currency", "place"),
    BankLine: ("client_id", "key"),
    BillEnd: ("invoice_id",),
    BillTransfer: ("invoice_id",),
    BuyerAlias: ("buyer_id", "name"),
    BuyersApart: ("one_id", "other_id"),
    Claim: ("client_id", "buyer_id", "policy_id", "date_of_loss", "cause"),
    ClaimEvidence: ("item_id", "document_id"),
    ClaimInvoice: ("claim_id", "invoice_id"),
    ClaimItem: ("claim_id", "code"),
    Client: ("name",),
    ControlFigure: ("client_id", "as_of", "currency", "account"),
    CreditAuthority: ("client_id", "since"),
    CreditPolicy: ("client_id", "since"),
    CreditLimit: ("policy_id", "buyer_id", "effective_from"),
    Declaration: ("policy_id", "kind", "period_from", "period_to"),
    DeclarationLine: ("declaration_id", "buyer_id", "kind", "number"),
    DeclarationTotal: ("declaration_id", "currency"),
    Document: ("client_id", "digest", "file_name"),
    FinancialStatement: ("buyer_id", "period_end", "months", "scheme"),
    ImportAnswer: ("client_id", "question"),
    ImportBatch: ("client_id", "kind", "digest", "sheet"),
    ImportProfile: ("client_id", "name"),
    Invoice: ("client_id", "buyer_id", "kind", "number"),
    InvoiceDocument: ("invoice_id", "document_id"),
    Particular: ("client_id", "buyer_id", "claim_id", "insurer", "key"),
    Payment: ("client_id", "buyer_id", "key"),
    Policy: ("client_id", "number"),
    PolicyValue: ("version_id", "field"),
    PolicyVersion: ("policy_id", "effective_from"),
    PremiumNote: ("policy_id", "kind", "due_on", "reference"),
    ReviewAnswer: ("policy_id", "item"),
    Setting: ("key",),
}
"""What a row is about, where it can be said; of a buyer its code, else its name."""

ONE_OF_A_KIND = frozenset(
    {
        AgedBalance, BankLine, Buyer, BuyerAlias, BuyersApart, ClaimEvidence, ClaimInvoice, ClaimItem, Client,
        DeclarationTotal, Document, ImportAnswer, ImportBatch, ImportProfile, Invoice, InvoiceDocument, Particular,
        Payment, Policy, Setting,
    }
)  # fmt: skip
"""Of these a desk holds one of each key: what comes back takes the place of what is here, or nothing."""

PROVENANCE = frozenset(
    {
        "added_at", "at", "batch_id", "changed_at", "created_at", "recorded_at", "row", "said_at", "saved_at",
        "taken_at", "who",
    }
)  # fmt: skip
"""Columns that say where a row is from, not what it says."""

COUNTED: Mapping[type[Base], frozenset[str]] = {
    Invoice: frozenset({"open_fine"}),
    ImportBatch: frozenset({"counts", "totals", "control", "notes"}),
}
"""Columns that follow from other rows."""

PASSED_ON = frozenset({"buyer_id", "merged_into"})
"""Columns that change when two buyers turn out to be one: the merge is made again instead."""

WAITS_FOR: Mapping[type[Base], str] = {
    ClaimStep: "claim_id",
    DeclarationLine: "declaration_id",
    DeclarationTotal: "declaration_id",
}
"""New rows that say the same as their owner does: they wait while it is a question."""

SHARED: Mapping[type[Base], str] = {
    InsurerEntry: "1",
    OutlookNote: "1",
    Setting: "1",
    Particular: "insurer <> ''",
    ChecklistAddition: "claim_id IS NULL",
    PartyContact: "client_id IS NULL",
}
"""Rows of the firm, which every desk has."""

_OF_THE_FIRM = {each.__tablename__ for each in (Setting, InsurerEntry, OutlookNote)}
"""Tables whose rows are no client's."""

LOCAL_SETTINGS = OWN_SETTINGS | {FOLDER, SECOND_PLACE, "watched_on", "watched_whole_on"}
"""What is of this machine and this file: it neither leaves nor comes back. Nor do names that begin with a dot."""


def way(table: type[Base]) -> Way:
    """How a table comes back."""
    return WAYS.get(table, Way.ROWS)


def tables() -> tuple[type[Base], ...]:
    """All tables, what is named before what names it."""
    classes = {each.local_table: each.class_ for each in Base.registry.mappers}
    return tuple(classes[table] for table in Base.metadata.sorted_tables)


def whose(table: Table, clients: str) -> str:
    """The condition under which a row is one of these clients', or of the firm."""
    own = _owned(table, clients)
    shared = {each.__tablename__: said for each, said in SHARED.items()}
    said = [each for each in (own, shared.get(table.name)) if each]
    return " OR ".join(f"({each})" for each in said)


def _owned(table: Table, clients: str) -> str:
    if table.name == Client.__tablename__:
        return f"id IN ({clients})"
    if table.name in _OF_THE_FIRM:
        return ""
    if table.name == FileContent.__tablename__:
        return f"digest IN (SELECT digest FROM document WHERE client_id IN ({clients}))"  # noqa: S608 - numbers
    if table.name == Trip.__tablename__:
        return "0"
    if "client_id" in table.c:
        return _by_owner(table, clients)
    column, parent = next(
        (name, each) for name, each in parents(table).items() if each is not table
    )
    inner = _owned(parent, clients)
    return f"{column} IN (SELECT id FROM {parent.name} WHERE {inner})"  # noqa: S608 - our own names


def _by_owner(table: Table, clients: str) -> str:
    own = f"client_id IN ({clients})"
    if table.name != Particular.__tablename__:
        return own
    buyers = f"SELECT id FROM buyer WHERE client_id IN ({clients})"  # noqa: S608 - numbers
    claims = f"SELECT id FROM claim WHERE client_id IN ({clients})"  # noqa: S608 - numbers
    return f"{own} OR buyer_id IN ({buyers}) OR claim_id IN ({claims})"


def parents(table: Table) -> dict[str, Table]:
    """The tables a row names, by column; those a row must name first."""
    found: list[Column[object]] = sorted(
        (each for each in table.c if each.foreign_keys),
        key=lambda each: bool(each.nullable),
    )
    return {each.name: next(iter(each.foreign_keys)).column.table for each in found}
