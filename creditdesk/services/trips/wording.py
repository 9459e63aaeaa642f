"""Says in words what both desks changed."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.i18n import N_, Message
from creditdesk.models import Base, Buyer, Claim, Invoice, JournalEntry, Policy
from creditdesk.services.trips.kinds import COUNTED, PASSED_ON, PROVENANCE
from creditdesk.services.trips.numbers import Row
from creditdesk.services.trips.values import Conflict, Told

NOUNS: dict[str, str] = {
    "aged_balance": N_("Aged balance"),
    "bank_line": N_("Line of a bank statement"),
    "bill_end": N_("End of a bill"),
    "bill_transfer": N_("Bill passed on"),
    "buyer": N_("Buyer"),
    "buyer_alias": N_("Name of a buyer"),
    "buyer_event": N_("Event"),
    "buyer_fact": N_("Fact about a buyer"),
    "buyer_grade": N_("Rating"),
    "buyer_merge": N_("Two buyers made one"),
    "buyers_apart": N_("Two buyers kept apart"),
    "checklist_addition": N_("Own item of checklists"),
    "claim": N_("Claim"),
    "claim_evidence": N_("Paper of a claim"),
    "claim_goods": N_("Goods of a claim"),
    "claim_invoice": N_("Claimed document"),
    "claim_item": N_("Checklist item"),
    "claim_payment": N_("Payment of the insurer"),
    "claim_question": N_("Question of the insurer"),
    "claim_step": N_("Step of a claim"),
    "client": N_("Client"),
    "contact": N_("Call or visit"),
    "control_figure": N_("Balance of the books"),
    "credit_authority": N_("Who approves"),
    "credit_decision": N_("Credit decision"),
    "credit_limit": N_("Limit"),
    "credit_policy": N_("Credit rules"),
    "declaration": N_("Declaration"),
    "declaration_line": N_("Line of a declaration"),
    "declaration_total": N_("Total of a declaration"),
    "discretionary_ground": N_("Ground of a discretionary limit"),
    "dispute": N_("Dispute"),
    "document": N_("Kept file"),
    "duty": N_("Deadline"),
    "financial_statement": N_("Financial statement"),
    "import_answer": N_("Answer about a file"),
    "import_batch": N_("Import"),
    "import_change": N_("Change by an import"),
    "import_profile": N_("How files are read"),
    "indemnity_record": N_("Kept calculation"),
    "insurer_entry": N_("Entry of an insurer's file"),
    "insurer_quote": N_("Quote"),
    "invoice": N_("Ledger document"),
    "invoice_document": N_("E-invoice of a document"),
    "limit_request": N_("Limit request"),
    "notice": N_("Notice"),
    "outlook_note": N_("Note on a country or sector"),
    "package_record": N_("Written package"),
    "party_contact": N_("Contact with an insurer or broker"),
    "particular": N_("Answer of a form"),
    "payment": N_("Payment"),
    "policy": N_("Policy"),
    "policy_value": N_("Value of a policy"),
    "policy_version": N_("Terms of a policy"),
    "premium_note": N_("Premium note"),
    "recovery": N_("Recovery"),
    "review_answer": N_("Answer of the contract review"),
    "score_record": N_("Score"),
    "setting": N_("Setting"),
    "task": N_("Task"),
    "warning_answer": N_("Answer to a warning"),
}
"""What a row of each table is called."""

_NAMES = (
    "number",
    "doc_no",
    "name",
    "decision_no",
    "file_name",
    "field",
    "key",
    "text",
    "code",
    "paid_on",
)
"""Columns by which a person knows a row, the first that has something."""
_AT = ("changed_at", "recorded_at", "merged_at", "at", "said_at", "saved_at")
_GONE = Message(N_("deleted"))
_MOST = 4


@dataclass(frozen=True, slots=True)
class Changed:
    """A row as it is here, as it was there, and as it was before; None: there is none."""

    table: type[Base]
    here: Row | None
    there: Row | None
    was: Row | None


class Teller:
    """Words for questions, with who said what when."""

    def __init__(self, home: Session, away: Session) -> None:
        self._home, self._away = home, away

    def conflict(self, id_: str, what: Changed) -> Conflict:
        """A question about a row."""
        table, here, there, was = what.table, what.here, what.there, what.was
        row = here or there or was or {}
        return Conflict(
            id_,
            Message.of(
                N_("{kind}: {name}"),
                kind=Message(NOUNS[table.__tablename__]),
                name=self._called(row),
            ),
            self._told(self._home, table, here, there or was),
            self._told(self._away, table, there, here or was),
        )

    def _called(self, row: Row) -> str:
        own = next((str(row[name]) for name in _NAMES if row.get(name)), "")
        owners = (
            self._name(Buyer, row.get("buyer_id")),
            self._name(Policy, row.get("policy_id")),
            self._name(Claim, row.get("claim_id")),
            self._name(Invoice, row.get("invoice_id")),
        )
        return " · ".join(each for each in (own, *owners) if each)

    def _name(self, table: type[Any], number: object) -> str:
        found = self._home.get(table, number) if number else None
        if found is None:
            return ""
        return str(getattr(found, "number", "") or getattr(found, "name", ""))

    def _told(
        self, session: Session, table: type[Base], row: Row | None, other: Row | None
    ) -> Told:
        if row is None:
            return Told(_GONE)
        said = "; ".join(
            shown(row, name) for name in differing(table, row, other)[:_MOST]
        )
        who, at = (
            str(row.get("who") or ""),
            next((row[name] for name in _AT if row.get(name)), None),
        )
        return Told(Message(said or "-"), *self._last(session, table, row, who, at))

    def _last(
        self, session: Session, table: type[Base], row: Row, who: str, at: object
    ) -> tuple[str, datetime | None]:
        """Who changed it last: as the journal has it, else as the row does."""
        entry = session.scalars(
            select(JournalEntry)
            .where(
                JournalEntry.subject == table.__tablename__,
                JournalEntry.subject_id == row.get("id"),
            )
            .order_by(JournalEntry.id.desc())
            .limit(1)
        ).first()
        if entry is not None:
            return entry.who, entry.at
        return who, datetime.fromisoformat(str(at)) if at else None


def differing(table: type[Base], row: Row, other: Row | None) -> list[str]:
    """The columns that a question is about; all of them where the other side has no such row."""
    quiet = (
        COUNTED.get(table, frozenset()) | PASSED_ON | PROVENANCE | {"id", "client_id"}
    )
    names = [name for name in row if name not in quiet]
    if other is None:
        return [name for name in names if row[name] not in (None, "", 0)]
    return [name for name in names if row[name] != other[name]]


def shown(row: Row, name: str) -> str:
    """A value as a person reads it."""
    value = row[name]
    if value is None or value == "":
        return "-"
    currency = str(row.get("currency") or row.get("received_currency") or "")
    if currency and name.endswith("_fine"):
        return str(Money.of_fine(int(value), currency))
    if currency and name.endswith("_minor"):
        return str(Money.of_minor(int(value), currency))
    text = str(value)
    if text[:1] in "[{":
        told = json.loads(text)
        parts = told.items() if isinstance(told, dict) else enumerate(told, 1)
        return ", ".join(f"{key} {each}" for key, each in list(parts)[:_MOST])
    return text
