"""Watches dates: finds duties, keeps their history, drafts and records notices."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from creditdesk.catalog.policies import duty_rules
from creditdesk.db import documents
from creditdesk.db.database import Database
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.touched import Scope
from creditdesk.db.voids import voided
from creditdesk.domain.base.calendar import WorkCalendar
from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.base.evidence import InspectedEvidence
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.confirmations import Returns, returns
from creditdesk.domain.duties.agenda import Agenda, DutyId, DutyLine, NextDuty
from creditdesk.domain.duties.duties import DutyKind, DutyRule
from creditdesk.domain.duties.notice import NoticeDraft
from creditdesk.domain.duties.tasks import LateDone
from creditdesk.domain.ledger.marks import Mark, mark_of
from creditdesk.jobs import Progress
from creditdesk.models import BillEnd, Buyer, Client, Duty, Invoice, Policy
from creditdesk.readings import agenda
from creditdesk.readings.calendars import calendar_of
from creditdesk.readings.events import events_by_buyer
from creditdesk.readings.queries import name_of
from creditdesk.services.watch import (
    closing,
    events,
    keeping,
    notices,
    renewals,
    waiting,
)
from creditdesk.services.watch.closing import Closing
from creditdesk.services.watch.lateness import late_done
from creditdesk.services.watch.renewals import RenewalLine
from creditdesk.services.watch.values import (
    DoneInFuture,
    DutyDone,
    EventLine,
    NewEvent,
    NoticeLine,
    SentInFuture,
    SentNotice,
    WaitingEnd,
    WaiverReasonMissing,
)


class Watch:
    """Duties of the clients' policies."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def follow(self, scope: Scope, on: date, progress: Progress | None = None) -> int:
        """Bring the duties of a client up to date with its facts; the answer is how many rows were written."""
        progress = progress or Progress()
        with self._db.write() as session:
            found = keeping.changes(session, scope, on, progress)
            return keeping.write(session, found, on, self._db.now(), progress)

    def behind(self, client_id: int, on: date) -> int:
        """How many rows of a client's duties are not what its facts say: 0 unless something went wrong."""
        with self._db.read() as session:
            return keeping.changes(session, Scope(client_id), on, Progress()).count

    def waiting_end(
        self, policy_id: int, buyer_id: int, cause: str, on: date
    ) -> WaitingEnd | None:
        """When the buyer's oldest overdue debt becomes a loss; None: nothing tells."""
        with self._db.read() as session:
            return waiting.waiting_end(session, policy_id, buyer_id, cause, on)

    def calendar(self, country: str | None = None) -> WorkCalendar:
        """The working days of a country, China's without one, with the years the firm entered itself."""
        with self._db.read() as session:
            return calendar_of(session, country)

    def open_duties(self, client_id: int | None = None) -> tuple[DutyLine, ...]:
        """What has to be done, by safe date; duties of one kind and buyer are one line, at the first of their dates."""
        return self.agenda(client_id).lines

    def next_duties(self, client_id: int | None = None) -> Mapping[int, NextDuty]:
        """The first thing to do for each buyer that has any."""
        with self._db.read() as session:
            return agenda.next_of_buyers(
                lambda statement: session.execute(text(statement)), client_id
            )

    def agenda(
        self,
        client_id: int | None = None,
        *,
        kind: DutyKind | None = None,
        until: date = date.max,
        limit: int | None = None,
    ) -> Agenda:
        """The first things to do with all details, and everything that waits in short."""
        with self._db.read() as session:
            return agenda.read(
                lambda statement: session.execute(text(statement)),
                client_id=client_id,
                kind=kind,
                until=until,
                limit=limit,
            )

    def duties_of(
        self,
        *,
        policy_id: int | None = None,
        buyer_id: int | None = None,
        client_id: int | None = None,
    ) -> tuple[DutyLine, ...]:
        """All duties of a policy, buyer or client, the newest first: closed ones too, also by mistake."""
        statement = _lines()
        for column, wanted in (
            (Duty.policy_id, policy_id), (Duty.buyer_id, buyer_id), (Duty.client_id, client_id),
        ):  # fmt: skip
            if wanted is not None:
                statement = statement.where(column == wanted)
        with self._db.read() as session:
            return _grouped(
                session, statement.order_by(Duty.safe.desc(), Duty.code, Duty.id)
            )

    def close(self, duties: Sequence[DutyId], done: DutyDone, today: date) -> None:
        """Mark duties as done on a day."""
        if done.on > today:
            raise DoneInFuture(on=done.on)
        how = Closing("done", done.on, done.note.strip(), done.document)
        with self._db.write() as session:
            closing.close(session, duties, how)

    def undo_done(self, duties: Sequence[DutyId], why: str) -> None:
        """Duties were marked by mistake as done or waived: they are open again, as far as there is still ground."""
        with self._db.write() as session:
            closing.reopen(session, duties, why)

    def waive(
        self,
        duties: Sequence[DutyId],
        on: date,
        letter: str,
        document: int | None = None,
    ) -> None:
        """The insurer waives duties in writing; `letter` names its word, `document` is its kept file."""
        if not letter.strip():
            raise WaiverReasonMissing
        how = Closing("waived", on, letter.strip(), document)
        with self._db.write() as session:
            closing.close(session, duties, how)

    def notice_draft(self, policy_id: int, buyer_id: int, on: date) -> NoticeDraft:
        """The overdue notice for everything of the buyer that is overdue on a day."""
        with self._db.read() as session:
            return notices.draft(session, policy_id, buyer_id, on)

    def adverse_draft(self, policy_id: int, buyer_id: int, on: date) -> NoticeDraft:
        """What was learned about the buyer and the insurer wasn't told. Raises `NothingLearned`."""
        with self._db.read() as session:
            return notices.draft_of_events(session, policy_id, buyer_id, on)

    def late_done(self, client_id: int, since: date) -> tuple[LateDone, ...]:
        """What was done after its last legal day, from a day on, by kind, buyer and year; the latest first."""
        with self._db.read() as session:
            return tuple(late_done(session, client_id, since))

    def renewals(self, client_id: int, on: date) -> tuple[RenewalLine, ...]:
        """The timetable of each policy that ends, by its end."""
        with self._db.read() as session:
            return renewals.renewals(session, client_id, on)

    def keep_paper(
        self, client_id: int, file: InspectedEvidence, content: bytes
    ) -> int:
        """Keep what proves a notice, an event or a waiver; the answer is the number it is named by."""
        with self._db.write() as session:
            return documents.keep(session, self._db, client_id, file, content).id

    def record_notice(
        self,
        policy_id: int,
        draft: NoticeDraft,
        buyer_id: int,
        sent: SentNotice,
        today: date,
    ) -> int:
        """Keep that the insurer was told, and close the duties it fulfils."""
        if sent.sent_on > today:
            raise SentInFuture(on=sent.sent_on)
        with self._db.write() as session:
            return notices.record(session, policy_id, buyer_id, draft, sent)

    def notices(
        self, *, client_id: int | None = None, buyer_id: int | None = None
    ) -> tuple[NoticeLine, ...]:
        """The notices that were sent, newest first."""
        with self._db.read() as session:
            return notices.lines(session, client_id, buyer_id)

    def notice_history(
        self, *, client_id: int | None = None, buyer_id: int | None = None
    ) -> tuple[NoticeLine, ...]:
        """The same with those that were voided."""
        with self._db.read() as session:
            return notices.history(session, client_id, buyer_id)

    def void_notice(self, notice: int, why: str) -> None:
        """A notice was recorded by mistake: the duty it fulfilled is open again."""
        with self._db.write() as session:
            notices.void_notice(session, notice, why)

    def report(self, told: NewEvent, today: date) -> int:
        """Keep what was learned about a buyer; the answer is its number. Duties follow."""
        with self._db.write() as session:
            return events.report(session, told, today)

    def confirmations(self, client_id: int, since: date) -> Returns:
        """How many balance confirmations sent to a client's buyers since a day came back."""
        with self._db.read() as session:
            return returns(events_by_buyer(session, client_id=client_id), since)

    def void_event(self, event_id: int, why: str) -> None:
        """Take an entry back that was a mistake; both stay in the file."""
        with self._db.write() as session:
            events.void_event(session, event_id, why)

    def events(self, buyer_id: int) -> tuple[EventLine, ...]:
        """What was learned about a buyer, the newest first, voided entries too."""
        with self._db.read() as session:
            return events.lines(session, buyer_id)


_Row = tuple[Duty, str, str, str, str | None, Invoice | None, str | None]


def _lines() -> Select[Duty, str, str, str, str | None, Invoice | None, str | None]:
    return (
        select(
            Duty,
            Client.name,
            Policy.number,
            Policy.template,
            Buyer.name,
            Invoice,
            BillEnd.outcome,
        )
        .join(Client, Client.id == Duty.client_id)
        .join(Policy, Policy.id == Duty.policy_id)
        .outerjoin(Buyer, Buyer.id == Duty.buyer_id)
        .outerjoin(Invoice, Invoice.id == Duty.invoice_id)
        .outerjoin(BillEnd, BillEnd.invoice_id == Invoice.id)
    )


def _by_day(duty: Duty) -> tuple[object, ...]:
    return (
        duty.policy_id,
        duty.code,
        duty.buyer_id,
        duty.safe,
        duty.legal,
        duty.currency,
        duty.state,
        duty.voided_at,
    )


def _grouped(
    session: Session,
    statement: Select[Duty, str, str, str, str | None, Invoice | None, str | None],
) -> tuple[DutyLine, ...]:
    groups: dict[tuple[object, ...], list[_Row]] = {}
    for row in session.execute(statement, execution_options=WITH_VOIDED):
        groups.setdefault(_by_day(row[0]), []).append(row)
    rules: dict[str, dict[str, DutyRule]] = {}
    return tuple(_line(rows, rules) for rows in groups.values())


def _line(rows: list[_Row], rules: dict[str, dict[str, DutyRule]]) -> DutyLine:
    duty, client, policy, template, buyer, *_ = rows[0]
    if template not in rules:
        rules[template] = {
            rule.code: rule for rule in (*duty_rules(""), *duty_rules(template))
        }
    rule = rules[template][duty.code]
    minor = sum(row[0].amount_minor for row in rows)
    invoices = [invoice for *_, invoice, _ in rows if invoice is not None]
    return DutyLine(
        ids=tuple(DutyId(row[0].id) for row in rows),
        client_id=duty.client_id,
        client=client,
        policy_id=duty.policy_id,
        policy=policy,
        code=duty.code,
        title=rule.title,
        consequence=rule.consequence,
        action=rule.action,
        buyer_id=duty.buyer_id,
        buyer=buyer or "",
        invoices=tuple(each.number for each in invoices),
        names=tuple(map(name_of, invoices)),
        bills=tuple(
            name_of(each)
            for *_, each, ended in rows
            if each and not ended and mark_of(each.memo, Mark.BILL) is not None
        ),
        anchor_on=min(row[0].anchor_on for row in rows),
        rule=CountRule.parse(duty.rule),
        legal=duty.legal,
        safe=duty.safe,
        amount=Money.of_minor(minor, duty.currency),
        provisional=duty.provisional,
        calendar_known=duty.calendar_known,
        state=duty.state,
        closed_on=duty.closed_on,
        closed_note=duty.closed_note or "",
        document_id=duty.document_id,
        voided=voided(duty),
    )
