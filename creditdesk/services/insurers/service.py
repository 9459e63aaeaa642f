"""Insurers: what is kept of them, how they served us, and their quotes side by side (rules.md 8)."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import mark, standing_row, void, voided
from creditdesk.domain.base.money import Money
from creditdesk.domain.insurers.contacts import (
    NewPartyContact,
    PartyContact,
    WaitingLimit,
)
from creditdesk.domain.insurers.files import (
    EntryKind,
    EntryLine,
    InsurerFile,
    NewEntry,
    checked,
)
from creditdesk.domain.insurers.kept_quotes import (
    NewQuote,
    QuoteInsurerMissing,
    QuoteLine,
    QuoteTurnoverMissing,
    quote_of,
)
from creditdesk.domain.insurers.quotes import (
    STANDARD_WEIGHTS,
    Comparison,
    Solvency,
    compared,
)
from creditdesk.domain.review.insurer import LimitAnswer, PremiumAsked
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.models import InsurerEntry, InsurerQuote, Policy
from creditdesk.readings.queries import the_client
from creditdesk.services.insurers import contacts
from creditdesk.services.insurers.service_record import (
    answers_of,
    premiums_of,
    service_of,
)


class InsurerNameMissing(UserError):
    """An entry about nobody."""

    message = N_("Say which insurer it is about, as its policies name it.")


class EntryInFuture(UserError):
    """Nothing is known of tomorrow."""

    message = N_("{on} is still to come. Enter a day that has been.")


class QuotesMissing(UserError):
    """Nothing to compare."""

    message = N_("No quotes are kept for this client.")


class Insurers:
    """Insurers by the name policies give them. A number that is not there raises `RecordMissing`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> tuple[InsurerFile, ...]:
        """Everyone a policy, an entry or a quote names, by name."""
        with self._db.read() as session:
            named: set[str] = set()
            for column in (Policy.insurer, InsurerEntry.insurer, InsurerQuote.insurer):
                named |= set(session.scalars(select(column).distinct()))
            return tuple(_file(session, name) for name in sorted(named - {""}))

    def file(self, insurer: str) -> InsurerFile:
        """One insurer, voided entries among the others; one nobody knows has an empty file."""
        with self._db.read() as session:
            return _file(session, insurer)

    def answers(self, insurer: str) -> tuple[LimitAnswer, ...]:
        """Its answers to limits that were asked for, over all clients, the oldest first."""
        with self._db.read() as session:
            return tuple(answers_of(session, insurer))

    def premiums(self, insurer: str) -> tuple[PremiumAsked, ...]:
        """The premium it asked for by notes, over all clients; fees are left out."""
        with self._db.read() as session:
            return tuple(premiums_of(session, insurer))

    def contacts(self, client_id: int | None = None) -> tuple[PartyContact, ...]:
        """Contacts with insurers and brokers, the newest first, voided ones too; of a client, or all.

        Of a client: with those that are about no client alone.
        """
        with self._db.read() as session:
            return tuple(contacts.lines(session, client_id))

    def add_contact(self, new: NewPartyContact, today: date) -> int:
        """Keep a contact.

        Raises `PartyMissing`, `WordsMissing`, `ContactInFuture`, `FollowUpBefore`, `PaperOfNobody`.
        """
        with self._db.write() as session:
            return contacts.add(session, new, today)

    def answer_contact(self, number: int, on: date, answer: str, today: date) -> None:
        """What was waited for came. Raises `NothingWaitedFor`, `ContactInFuture`, `AnswerBefore`, `WordsMissing`."""
        with self._db.write() as session:
            contacts.answered(session, number, on, answer, today)

    def void_contact(self, number: int, why: str) -> None:
        """It was entered by mistake. Raises `VoidReasonMissing`."""
        with self._db.write() as session:
            contacts.take_back(session, number, why)

    def waiting(self, client_id: int | None, today: date) -> tuple[WaitingLimit, ...]:
        """Limits that were asked for and not answered, of a client or all, the oldest first."""
        with self._db.read() as session:
            return tuple(contacts.waiting(session, client_id, today))

    def add_entry(self, new: NewEntry, today: date) -> int:
        """Keep an entry. Raises `InsurerNameMissing`, `EntryInFuture` and what `checked` raises."""
        if not new.insurer.strip():
            raise InsurerNameMissing
        if new.as_of > today:
            raise EntryInFuture(on=new.as_of)
        values = checked(new.kind, new.values)
        with self._db.write() as session:
            row = InsurerEntry(
                insurer=new.insurer.strip(),
                kind=new.kind.value,
                as_of=new.as_of,
                content=values,
                note=new.note.strip(),
                recorded_at=self._db.now(),
                who=self._db.who,
            )
            session.add(row)
            session.flush()  # the journal names it
            after = {"insurer": row.insurer, "kind": row.kind, **values}
            note(session, "added", "insurer_entry", row.id, after=after)
            return row.id

    def void_entry(self, number: int, why: str) -> None:
        """It was entered by mistake. Raises `VoidReasonMissing`."""
        with self._db.write() as session:
            row = standing_row(session, InsurerEntry, number, N_("Entry {number}"))
            mark(session, row, why)
            note(session, "voided", "insurer_entry", number, after={"reason": row.voided_why})  # fmt: skip

    def quotes(self, client_id: int) -> tuple[QuoteLine, ...]:
        """What was offered to a client, the newest first, voided ones too."""
        with self._db.read() as session:
            return _quotes(session, client_id, WITH_VOIDED)

    def add_quote(self, new: NewQuote) -> int:
        """Keep an offer. Raises `QuoteInsurerMissing`, `QuoteTurnoverMissing` and what `quote_of` raises."""
        if not new.insurer.strip():
            raise QuoteInsurerMissing
        if new.turnover.amount <= 0:
            raise QuoteTurnoverMissing
        currency = new.turnover.currency
        quote_of(new.insurer, new.figures, currency, Solvency())
        kept = {key: text.strip() for key, text in new.figures.items() if text.strip()}
        with self._db.write() as session:
            the_client(session, new.client_id)
            row = InsurerQuote(
                client_id=new.client_id,
                insurer=new.insurer.strip(),
                made_on=new.on,
                currency=currency,
                turnover_minor=new.turnover.rounded().minor,
                content=kept,
                recorded_at=self._db.now(),
                who=self._db.who,
            )
            session.add(row)
            session.flush()  # the journal names it
            note(
                session, "added", "insurer_quote", row.id,
                client_id=row.client_id, after={"insurer": row.insurer, **kept},
            )  # fmt: skip
            return row.id

    def void_quote(self, number: int, why: str) -> None:
        """It was entered by mistake. Raises `VoidReasonMissing`."""
        with self._db.write() as session:
            row = standing_row(session, InsurerQuote, number, N_("Quote {number}"))
            void(session, row, why, subject="insurer_quote", number=number, client=row.client_id)  # fmt: skip

    def comparison(self, client_id: int) -> Comparison:
        """The newest quote of each insurer on the turnover of the newest of them, by the standard weights.

        Quotes in other currencies than the newest are left out. Raises `QuotesMissing`.
        """
        with self._db.read() as session:
            found = _quotes(session, client_id, {})
            if not found:
                raise QuotesMissing
            turnover = found[0].turnover
            newest: dict[str, QuoteLine] = {}
            for each in found:
                if each.turnover.currency == turnover.currency:
                    newest.setdefault(each.insurer, each)
            quotes = [newest[name].quote for name in sorted(newest)]
            return compared(turnover, STANDARD_WEIGHTS, quotes)


def _file(session: Session, insurer: str) -> InsurerFile:
    rows = session.scalars(
        select(InsurerEntry)
        .where(InsurerEntry.insurer == insurer)
        .order_by(InsurerEntry.as_of.desc(), InsurerEntry.id.desc()),
        execution_options=WITH_VOIDED,
    )
    entries = tuple(
        EntryLine(
            id=row.id,
            insurer=row.insurer,
            kind=EntryKind(row.kind),
            as_of=row.as_of,
            values=dict(row.content),
            note=row.note,
            who=row.who,
            voided=voided(row),
        )
        for row in rows
    )
    service = service_of(session, insurer)
    return InsurerFile(name=insurer, entries=entries, service=service)


def _quotes(
    session: Session, client_id: int, options: Mapping[str, bool]
) -> tuple[QuoteLine, ...]:
    rows = session.scalars(
        select(InsurerQuote)
        .where(InsurerQuote.client_id == client_id)
        .order_by(InsurerQuote.made_on.desc(), InsurerQuote.id.desc()),
        execution_options=options,
    ).all()
    files = {row.insurer: _file(session, row.insurer) for row in rows}
    return tuple(
        QuoteLine(
            id=row.id,
            client_id=row.client_id,
            insurer=row.insurer,
            on=row.made_on,
            turnover=Money.of_minor(row.turnover_minor, row.currency),
            quote=quote_of(row.insurer, row.content, row.currency, files[row.insurer].solvency),
            who=row.who,
            voided=voided(row),
        )
        for row in rows
    )  # fmt: skip
