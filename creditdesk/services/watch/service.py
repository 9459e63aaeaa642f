"""Watches dates: finds duties, keeps their history, drafts and records notices."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Select, insert, select, text, update
from sqlalchemy.orm import Session

from creditdesk.catalog.policies import duty_rules
from creditdesk.db import agenda, documents
from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.db.parties import buyer_party, client_party, firm
from creditdesk.db.policies import policy_on, the_policy
from creditdesk.db.queries import ledger_items
from creditdesk.domain.agenda import Agenda, DutyId, DutyLine
from creditdesk.domain.aging import age
from creditdesk.domain.counting import CountRule
from creditdesk.domain.duties import OVERDUE_NOTICE, DutyRule
from creditdesk.domain.evidence import InspectedEvidence
from creditdesk.domain.money import Money
from creditdesk.domain.notice import NoticeDraft, NoticeInvoice
from creditdesk.domain.parties import Deadline, Party
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.models import Buyer, Client, Duty, Invoice, Notice, Policy
from creditdesk.services.watch import finding
from creditdesk.services.watch.finding import FoundDuty, Key
from creditdesk.services.watch.values import (
    NothingOverdue,
    NoticeLine,
    SentInFuture,
    SentNotice,
    WaiverReasonMissing,
)


class Watch:
    """Duties of the clients' policies."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def refresh(self, on: date, progress: Progress | None = None) -> int:
        """Find the duties there are on a day; the answer is how many rows were written.

        Same: nothing. A moved anchor or changed rule supersedes. A duty whose ground fell away is closed.
        """
        with self._db.read() as session:
            found = {duty.key: duty for duty in finding.find(session, on)}
            open_ = _open(session)
            closed = _closed(session)
        if progress:
            progress.step(Message(N_("Watching the dates")))
        fresh = [
            duty
            for key, duty in found.items()
            if _differs(open_.get(key), duty) and not _is_closed(closed, duty)
        ]
        gone = [row for key, row in open_.items() if key not in found]
        moved = [(open_[duty.key], duty) for duty in fresh if duty.key in open_]
        amounts = [
            {"id": row.id, "amount_minor": found[key].amount.rounded().minor}
            for key, row in open_.items()
            if key in found and row.amount_minor != found[key].amount.rounded().minor
        ]
        if not (fresh or gone or amounts):
            return 0
        with self._db.write() as session:
            _supersede(
                session, [row.id for row in gone] + [row.id for row, _ in moved], on
            )
            if amounts:
                session.execute(update(Duty), amounts)
            if fresh:
                session.execute(insert(Duty), [_row(duty, self._db) for duty in fresh])
            _link(session, moved)
        return len(fresh) + len(gone) + len(amounts)

    def open_duties(self, client_id: int | None = None) -> tuple[DutyLine, ...]:
        """What has to be done, by safe date; duties of one kind and buyer are one line, at the first of their dates."""
        return self.agenda(client_id).lines

    def agenda(
        self,
        client_id: int | None = None,
        *,
        until: date = date.max,
        limit: int | None = None,
    ) -> Agenda:
        """The first things to do with all details, and everything that waits in short."""
        with self._db.read() as session:
            return agenda.read(
                lambda statement: session.execute(text(statement)),
                client_id=client_id,
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
        """All duties of a policy, buyer or client, closed ones too, the newest first."""
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

    def close(self, duties: Sequence[DutyId], on: date, reason: str = "") -> None:
        """Mark duties as done on a day."""
        self._close(duties, on, "done", reason)

    def waive(self, duties: Sequence[DutyId], on: date, letter: str) -> None:
        """The insurer waives duties in writing; `letter` names its word."""
        if not letter.strip():
            raise WaiverReasonMissing
        self._close(duties, on, "waived", letter)

    def notice_draft(self, policy_id: int, buyer_id: int, on: date) -> NoticeDraft:
        """The overdue notice for everything of the buyer that is overdue on a day."""
        with self._db.read() as session:
            there = policy_on(session, policy_id, on)
            invoices = _overdue_invoices(session, buyer_id, on)
            buyer = buyer_party(session, buyer_id)
            if not invoices:
                raise NothingOverdue(buyer=buyer.name, on=on)
            return NoticeDraft(
                on=on,
                firm=firm(session),
                insurer=Party(name=there.policy.insurer),
                policyholder=client_party(session, there.policy.client_id),
                buyer=buyer,
                policy_no=there.policy.number,
                policy_start=there.policy.period_start,
                policy_end=there.policy.period_end,
                invoices=invoices,
                deadline=_first_deadline(session, policy_id, buyer_id),
            )

    def keep_receipt(
        self, policy_id: int, file: InspectedEvidence, content: bytes
    ) -> int:
        """Keep what proves that a notice went out; the answer is the number a `SentNotice` names it by."""
        with self._db.write() as session:
            client = the_policy(session, policy_id).client_id
            return documents.keep(session, self._db, client, file, content).id

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
        numbers = [invoice.number for invoice in draft.invoices]
        with self._db.write() as session:
            policy = the_policy(session, policy_id)
            row = Notice(
                client_id=policy.client_id,
                policy_id=policy_id,
                buyer_id=buyer_id,
                code=OVERDUE_NOTICE,
                sent_on=sent.sent_on,
                way=sent.way.strip(),
                content={
                    "numbers": numbers,
                    "open": {
                        each.number: [each.open.plain, each.open.currency]
                        for each in draft.invoices
                    },
                },
                receipt_id=sent.receipt,
                recorded_at=self._db.now(),
                who=self._db.who,
            )
            session.add(row)
            session.flush()  # the journal names it
            _fulfil(session, policy_id, buyer_id, numbers, sent.sent_on)
            after = {
                "sent_on": sent.sent_on.isoformat(),
                "way": sent.way,
                "numbers": numbers,
            }
            note(
                session,
                "sent",
                "notice",
                row.id,
                client_id=policy.client_id,
                after=after,
            )
            return row.id

    def notices(
        self, *, client_id: int | None = None, buyer_id: int | None = None
    ) -> tuple[NoticeLine, ...]:
        """The notices that were sent, newest first."""
        statement = (
            select(Notice, Client.name, Policy.number, Buyer.name)
            .join(Client, Client.id == Notice.client_id)
            .join(Policy, Policy.id == Notice.policy_id)
            .join(Buyer, Buyer.id == Notice.buyer_id)
            .order_by(Notice.sent_on.desc(), Notice.id.desc())
        )
        if client_id is not None:
            statement = statement.where(Notice.client_id == client_id)
        if buyer_id is not None:
            statement = statement.where(Notice.buyer_id == buyer_id)
        with self._db.read() as session:
            return tuple(
                NoticeLine(
                    row.id, client, policy, row.buyer_id, buyer, row.code, row.sent_on, row.way,
                    tuple(row.content["numbers"]), row.receipt_id,
                )
                for row, client, policy, buyer in session.execute(statement)
            )  # fmt: skip

    def _close(
        self, duties: Sequence[DutyId], on: date, state: str, reason: str
    ) -> None:
        with self._db.write() as session:
            for row in session.scalars(
                select(Duty).where(Duty.id.in_(duties), Duty.state == "open")
            ):
                row.state = state
                row.closed_on = on
                after = {"on": on.isoformat(), "reason": reason}
                note(
                    session, state, "duty", row.id, client_id=row.client_id, after=after
                )


def _open(session: Session) -> dict[Key, Duty]:
    rows = session.scalars(select(Duty).where(Duty.state == "open")).all()
    session.expunge_all()
    return {(row.policy_id, row.code, row.subject): row for row in rows}


def _closed(session: Session) -> dict[Key, set[date]]:
    """The anchors for which a duty was done or waived: it does not come back for them."""
    closed: dict[Key, set[date]] = defaultdict(set)
    found = session.execute(
        select(Duty.policy_id, Duty.code, Duty.subject, Duty.anchor_on).where(
            Duty.state.in_(("done", "waived"))
        )
    )
    for policy, code, subject, anchor_on in found:
        closed[policy, code, subject].add(anchor_on)
    return closed


def _is_closed(closed: Mapping[Key, set[date]], duty: FoundDuty) -> bool:
    return duty.deadline.anchor_on in closed.get(duty.key, ())


def _differs(kept: Duty | None, duty: FoundDuty) -> bool:
    if kept is None:
        return True
    deadline = duty.deadline
    same = (
        kept.anchor_on == deadline.anchor_on
        and kept.legal == deadline.legal
        and kept.safe == deadline.safe
        and kept.rule == deadline.rule.text
        and kept.provisional == deadline.provisional
    )
    return not same


def _supersede(session: Session, ids: list[int], on: date) -> None:
    if ids:
        session.execute(
            update(Duty),
            [{"id": number, "state": "superseded", "closed_on": on} for number in ids],
        )


def _link(session: Session, moved: list[tuple[Duty, FoundDuty]]) -> None:
    """Tell each superseded duty which one took its place."""
    for before, after in moved:
        policy, code, subject = after.key
        newer = session.scalars(
            select(Duty.id)
            .where(Duty.policy_id == policy, Duty.code == code, Duty.subject == subject)
            .order_by(Duty.id.desc())
            .limit(1)
        ).one()
        session.execute(
            update(Duty).where(Duty.id == before.id).values(superseded_by=newer)
        )


def _row(duty: FoundDuty, database: Database) -> dict[str, object]:
    deadline = duty.deadline
    return {
        "client_id": duty.client_id,
        "policy_id": duty.policy_id,
        "version_id": duty.version_id,
        "code": deadline.code,
        "subject": deadline.subject,
        "buyer_id": duty.buyer_id,
        "invoice_id": duty.invoice_id,
        "anchor": deadline.anchor.value,
        "anchor_on": deadline.anchor_on,
        "legal": deadline.legal,
        "safe": deadline.safe,
        "opens_on": None,
        "rule": deadline.rule.text,
        "provisional": deadline.provisional,
        "calendar_known": deadline.calendar_known,
        "currency": duty.amount.currency,
        "amount_minor": duty.amount.rounded().minor,
        "state": "done" if duty.done_on else "open",
        "closed_on": duty.done_on,
        "superseded_by": None,
        "recorded_at": database.now(),
    }


_Row = tuple[Duty, str, str, str, str | None, str | None]


def _lines() -> Select[Duty, str, str, str, str | None, str | None]:
    return (
        select(
            Duty,
            Client.name,
            Policy.number,
            Policy.template,
            Buyer.name,
            Invoice.number,
        )
        .join(Client, Client.id == Duty.client_id)
        .join(Policy, Policy.id == Duty.policy_id)
        .outerjoin(Buyer, Buyer.id == Duty.buyer_id)
        .outerjoin(Invoice, Invoice.id == Duty.invoice_id)
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
    )


def _grouped(
    session: Session, statement: Select[Duty, str, str, str, str | None, str | None]
) -> tuple[DutyLine, ...]:
    groups: dict[tuple[object, ...], list[_Row]] = {}
    for row in session.execute(statement):
        groups.setdefault(_by_day(row[0]), []).append(row)
    rules: dict[str, dict[str, DutyRule]] = {}
    return tuple(_line(rows, rules) for rows in groups.values())


def _line(rows: list[_Row], rules: dict[str, dict[str, DutyRule]]) -> DutyLine:
    duty, client, policy, template, buyer, _ = rows[0]
    if template not in rules:
        rules[template] = {rule.code: rule for rule in duty_rules(template)}
    rule = rules[template][duty.code]
    minor = sum(row[0].amount_minor for row in rows)
    return DutyLine(
        ids=tuple(DutyId(row[0].id) for row in rows),
        client_id=duty.client_id,
        client=client,
        policy_id=duty.policy_id,
        policy=policy,
        code=duty.code,
        title=rule.title,
        consequence=rule.consequence,
        buyer_id=duty.buyer_id,
        buyer=buyer or "",
        invoices=tuple(number for *_, number in rows if number),
        anchor_on=min(row[0].anchor_on for row in rows),
        rule=CountRule.parse(duty.rule),
        legal=duty.legal,
        safe=duty.safe,
        amount=Money.of_minor(minor, duty.currency),
        provisional=duty.provisional,
        calendar_known=all(row[0].calendar_known for row in rows),
        state=duty.state,
        closed_on=duty.closed_on,
    )


def _overdue_invoices(
    session: Session, buyer_id: int, on: date
) -> tuple[NoticeInvoice, ...]:
    items = ledger_items(session, buyer_ids=[buyer_id])
    amounts = {document.id: document.amount for document in items.documents}
    numbers = select(Invoice.number, Invoice.invoice_no).where(
        Invoice.buyer_id == buyer_id
    )
    tax_numbers = {row.number: row.invoice_no for row in session.execute(numbers)}
    return tuple(
        NoticeInvoice(
            number=row.id[1],
            issued=row.issued,
            due=row.due or row.issued,
            amount=amounts[row.id],
            open=row.open,
            days_overdue=row.days_overdue,
            invoice_no=tax_numbers.get(row.id[1], ""),
        )
        for row in age(items.documents, items.receipts, on).rows
        if row.days_overdue > 0
    )


def _first_deadline(session: Session, policy_id: int, buyer_id: int) -> Deadline | None:
    found = session.execute(
        select(Duty.legal, Duty.safe)
        .where(
            Duty.policy_id == policy_id,
            Duty.buyer_id == buyer_id,
            Duty.code == OVERDUE_NOTICE,
            Duty.state == "open",
        )
        .order_by(Duty.safe)
        .limit(1)
    ).first()
    return Deadline(found.legal, found.safe) if found else None


def _fulfil(
    session: Session, policy_id: int, buyer_id: int, numbers: list[str], on: date
) -> None:
    """Close the notice duties of these invoices."""
    told = {f"{buyer_id}/{number}" for number in numbers}
    open_ = select(Duty).where(
        Duty.policy_id == policy_id,
        Duty.code == OVERDUE_NOTICE,
        Duty.buyer_id == buyer_id,
        Duty.state == "open",
    )
    for duty in session.scalars(open_):
        if duty.subject in told:
            duty.state = "done"
            duty.closed_on = on
