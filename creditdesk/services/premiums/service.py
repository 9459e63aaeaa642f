"""Premiums: what a policy costs by its own terms, what the insurer asked for, what is paid and owed."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from creditdesk.db import documents
from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.db.voids import standing_row, void
from creditdesk.domain.base.evidence import InspectedEvidence
from creditdesk.domain.base.money import is_currency
from creditdesk.domain.policy.clauses import with_clauses
from creditdesk.domain.policy.premium_notes import NoteKind, noted, owed, paid
from creditdesk.domain.policy.premium_year import RateRow, RateTableWrong, rate_rows
from creditdesk.i18n import N_
from creditdesk.models import PremiumNote
from creditdesk.readings.policies import PolicyInForce, policy_on, the_policy
from creditdesk.readings.premiums import notes_of, premium_for_maximum, voided_notes
from creditdesk.readings.queries import the_client
from creditdesk.services.premiums.plan import planned
from creditdesk.services.premiums.reckoning import Reckoning
from creditdesk.services.premiums.values import (
    NewNote,
    NoteAmountWrong,
    NoteCurrencyOdd,
    NoteUnknown,
    PaidInFuture,
    PremiumFile,
    Reckoned,
)


class Premiums:
    """Premiums of the clients' policies."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def file(self, policy_id: int, on: date) -> PremiumFile:
        """One policy's premium on a day."""
        with self._db.read() as session:
            policy = the_policy(session, policy_id)
            there = policy_on(session, policy_id, on)
            reckoning = Reckoning(session, policy, on)
            notes = notes_of(session, policy_id)
            counted, counted_note = premium_for_maximum(session, there, on)
            terms, currency = reckoning.terms, policy.currency
            by_ledger = reckoning.by_ledger()
            return PremiumFile(
                policy_id=policy.id,
                policy=policy.number,
                client_id=policy.client_id,
                client=the_client(session, policy.client_id).name,
                insurer=policy.insurer,
                currency=currency,
                start=policy.period_start,
                end=policy.period_end,
                on=on,
                basis=reckoning.basis,
                by_declared=_by_clauses(reckoning.by_declared(), there),
                by_ledger=_by_clauses(by_ledger, there) if by_ledger else None,
                rate_rows=_readable_rows(reckoning),
                notes=notes,
                voided=voided_notes(session, policy_id),
                noted=noted(notes, currency),
                paid=paid(notes, on, currency),
                owed=owed(notes, on, currency),
                maximum=terms.maximum(counted),
                multiple=terms.max_liability_multiple,
                counted=counted,
                counted_note=counted_note,
                planned=planned(policy, terms, notes),
            )

    def reckoned(self, policy_id: int, on: date) -> Reckoned:
        """The premium by what the ledger says up to a day; by the limits in force where the policy takes those."""
        with self._db.read() as session:
            reckoning = Reckoning(session, the_policy(session, policy_id), on)
            return reckoning.by_ledger() or reckoning.by_declared()

    def add_note(self, new: NewNote) -> int:
        """Keep what the insurer asks for; the answer is its number."""
        currency = new.amount.currency
        if not is_currency(currency):
            raise NoteCurrencyOdd(currency=currency)
        if not new.amount or (new.amount.amount < 0 and new.kind is not NoteKind.ADJUSTMENT):  # fmt: skip
            raise NoteAmountWrong
        with self._db.write() as session:
            return self._add(session, new)

    def take_plan(self, policy_id: int, on: date) -> tuple[int, ...]:
        """Keep the deposit and the instalments of the schedule as notes; those there are already are left alone."""
        with self._db.write() as session:
            policy = the_policy(session, policy_id)
            terms = policy_on(session, policy_id, on).terms
            waiting = planned(policy, terms, notes_of(session, policy_id))
            return tuple(self._add(session, new) for new in waiting)

    def keep_proof(
        self, policy_id: int, file: InspectedEvidence, content: bytes
    ) -> int:
        """Keep what proves a payment; the answer is the number `pay` names it by."""
        with self._db.write() as session:
            client = the_policy(session, policy_id).client_id
            return documents.keep(session, self._db, client, file, content).id

    def pay(
        self, note_id: int, on: date, today: date, proof: int | None = None
    ) -> None:
        """Keep that a note was paid on a day."""
        if on > today:
            raise PaidInFuture(on=on)
        with self._db.write() as session:
            row = _the_note(session, note_id)
            before = {"paid_on": row.paid_on.isoformat() if row.paid_on else None}
            row.paid_on = on
            row.document_id = proof if proof is not None else row.document_id
            note(
                session, "paid", "premium_note", row.id,
                client_id=row.client_id, before=before, after={"paid_on": on.isoformat()},
            )  # fmt: skip

    def void(self, note_id: int, why: str) -> None:
        """The note was a mistake, or the insurer took it back: it stays in the history and counts no more."""
        with self._db.write() as session:
            row = standing_row(
                session, PremiumNote, note_id, N_("Premium note {number}")
            )
            void(session, row, why, subject="premium_note", number=note_id, client=row.client_id)  # fmt: skip

    def _add(self, session: Session, new: NewNote) -> int:
        policy = the_policy(session, new.policy_id)
        row = PremiumNote(
            client_id=policy.client_id,
            policy_id=policy.id,
            kind=new.kind.value,
            currency=new.amount.currency,
            amount_minor=new.amount.rounded().minor,
            due_on=new.due_on,
            reference=new.reference.strip(),
            recorded_at=self._db.now(),
            who=self._db.who,
        )
        session.add(row)
        session.flush()  # the journal names it
        after = {
            "amount": new.amount.plain,
            "currency": new.amount.currency,
            "due_on": new.due_on.isoformat(),
        }
        note(session, "added", "premium_note", row.id, client_id=row.client_id, after=after)  # fmt: skip
        return row.id


def _by_clauses(found: Reckoned, there: PolicyInForce) -> Reckoned:
    """Each line of the working with the clauses of the policy it rests on."""
    made = found.premium
    if made is None:
        return found
    pages = {key: each.page for key, each in there.values.items()}
    steps = with_clauses(made.steps, there.texts, pages)
    return replace(found, premium=replace(made, steps=steps))


def _readable_rows(reckoning: Reckoning) -> tuple[RateRow, ...]:
    """The table of rates; one that can't be read is told by the reckoning itself."""
    try:
        return rate_rows(reckoning.terms)
    except RateTableWrong:
        return ()


def _the_note(session: Session, note_id: int) -> PremiumNote:
    found = session.get(PremiumNote, note_id)
    if found is None:
        raise NoteUnknown(note=note_id)
    return found
