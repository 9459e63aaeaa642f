"""Notices to the insurer: drafted from what is overdue, kept as they were sent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import mark, standing_row, void, voided
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Deadline, Party
from creditdesk.domain.credit.buyer_events import EVENT_TITLES
from creditdesk.domain.duties.duties import ADVERSE_NOTICE, OVERDUE_NOTICE
from creditdesk.domain.duties.notice import NoticeDraft, NoticeEvent, NoticeInvoice
from creditdesk.domain.ledger.aging import AgingRow, age
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.i18n import N_, Message
from creditdesk.models import Buyer, Client, Duty, Invoice, Notice, Policy
from creditdesk.readings.events import events_of
from creditdesk.readings.parties import buyer_party, client_party, firm
from creditdesk.readings.policies import policy_on, the_policy
from creditdesk.readings.queries import (
    DocumentKey,
    invoice_key,
    ledger_items,
    part_names,
)
from creditdesk.services.watch.closing import closed_by_hand
from creditdesk.services.watch.known import TO_TELL
from creditdesk.services.watch.values import (
    NothingLearned,
    NothingOverdue,
    NoticeLine,
    SentNotice,
)


def draft(session: Session, policy_id: int, buyer_id: int, on: date) -> NoticeDraft:
    """The overdue notice for everything of the buyer that is overdue on a day."""
    made = _draft(session, policy_id, buyer_id, on, OVERDUE_NOTICE)
    if not made.invoices:
        raise NothingOverdue(buyer=made.buyer.name, on=on)
    return made


def draft_of_events(
    session: Session, policy_id: int, buyer_id: int, on: date
) -> NoticeDraft:
    """What was learned about the buyer and the insurer wasn't told; what is overdue has its own notice."""
    told = _told_events(session, policy_id, buyer_id)
    new = tuple(
        NoticeEvent(
            id=each.id,
            what=Message(EVENT_TITLES[each.kind]),
            happened_on=each.happened_on,
            known_on=each.known_on,
            note=each.note,
        )
        for each in events_of(session, buyer_id)
        if each.kind in TO_TELL and each.known_on <= on and each.id not in told
    )
    made = _draft(session, policy_id, buyer_id, on, ADVERSE_NOTICE)
    if not new:
        raise NothingLearned(buyer=made.buyer.name)
    return replace(made, invoices=(), due_open=(), events=new)


def _told_events(session: Session, policy_id: int, buyer_id: int) -> frozenset[int]:
    sent = select(Notice.content).where(
        Notice.policy_id == policy_id,
        Notice.buyer_id == buyer_id,
        Notice.code == ADVERSE_NOTICE,
    )
    return frozenset(
        each for content in session.scalars(sent) for each in content.get("events", ())
    )


def _draft(
    session: Session, policy_id: int, buyer_id: int, on: date, code: str
) -> NoticeDraft:
    there = policy_on(session, policy_id, on)
    aging = _aging(session, buyer_id, on)
    return NoticeDraft(
        on=on,
        firm=firm(session),
        insurer=Party(name=there.policy.insurer),
        policyholder=client_party(session, there.policy.client_id),
        buyer=buyer_party(session, buyer_id),
        policy_no=there.policy.number,
        policy_start=there.policy.period_start,
        policy_end=there.policy.period_end,
        invoices=_overdue_invoices(session, buyer_id, aging),
        deadline=_first_deadline(session, policy_id, buyer_id, code),
        due_open=_due_open(aging),
    )


def record(
    session: Session, policy_id: int, buyer_id: int, told: NoticeDraft, sent: SentNotice
) -> int:
    """Keep what was sent, and close the duties it fulfils."""
    row = _row(session, policy_id, buyer_id, told, sent)
    session.add(row)
    session.flush()  # the journal names it
    numbers = row.content["numbers"]
    _fulfil(session, row)
    note(
        session, "sent", "notice", row.id,
        client_id=row.client_id,
        after={"sent_on": sent.sent_on.isoformat(), "way": sent.way, "numbers": numbers},
    )  # fmt: skip
    return row.id


def lines(
    session: Session, client_id: int | None, buyer_id: int | None
) -> tuple[NoticeLine, ...]:
    """The notices that were sent, newest first."""
    return _lines(session, client_id, buyer_id)


def history(
    session: Session, client_id: int | None, buyer_id: int | None
) -> tuple[NoticeLine, ...]:
    """The same with those that were voided."""
    return _lines(session, client_id, buyer_id, WITH_VOIDED)


def void_notice(session: Session, notice: int, why: str) -> None:
    """It was never sent, or not so: what it fulfilled is due again."""
    row = standing_row(session, Notice, notice, N_("Notice {number}"))
    void(session, row, why, subject="notice", number=notice, client=row.client_id)
    told = _subjects(row)
    done = select(Duty).where(
        Duty.policy_id == row.policy_id,
        Duty.code == row.code,
        Duty.buyer_id == row.buyer_id,
        Duty.state == "done",
        Duty.closed_on == row.sent_on,
        ~closed_by_hand(),
    )
    for duty in session.scalars(done).all():
        if duty.subject in told:
            mark(session, duty, why)


def _lines(
    session: Session,
    client_id: int | None,
    buyer_id: int | None,
    options: Mapping[str, bool] | None = None,
) -> tuple[NoticeLine, ...]:
    found = session.execute(
        _asked(client_id, buyer_id), execution_options=options or {}
    )
    rows = found.all()
    buyers = list({row[0].buyer_id for row in rows})
    names = part_names(session, buyer_ids=buyers)
    return tuple(_line(*row, names) for row in rows)


def _asked(
    client_id: int | None, buyer_id: int | None
) -> Select[Notice, str, str, str]:
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
    return statement


def _line(
    row: Notice,
    client: str,
    policy: str,
    buyer: str,
    names: Mapping[DocumentKey, Message],
) -> NoticeLine:
    numbers = tuple(row.content["numbers"])
    return NoticeLine(
        row.id, client, policy, row.buyer_id, buyer, row.code, row.sent_on, row.way,
        numbers, row.receipt_id, voided(row),
        tuple(names.get(invoice_key(row.buyer_id, each)) or each for each in numbers),
    )  # fmt: skip


def _row(
    session: Session, policy_id: int, buyer_id: int, told: NoticeDraft, sent: SentNotice
) -> Notice:
    database: Database = session.info["database"]
    return Notice(
        client_id=the_policy(session, policy_id).client_id,
        policy_id=policy_id,
        buyer_id=buyer_id,
        code=sent.code,
        sent_on=sent.sent_on,
        way=sent.way.strip(),
        content={
            "numbers": [each.number for each in told.invoices],
            "open": {
                each.number: [each.open.plain, each.open.currency]
                for each in told.invoices
            },
            **({"events": [each.id for each in told.events]} if told.events else {}),
        },
        receipt_id=sent.receipt,
        recorded_at=database.now(),
        who=database.who,
    )


class _Aging(NamedTuple):
    """What is open of a buyer on a day, with what its documents came to."""

    rows: tuple[AgingRow[DocumentKey, int], ...]
    amounts: Mapping[DocumentKey, Money]


def _aging(session: Session, buyer_id: int, on: date) -> _Aging:
    items = ledger_items(session, buyer_ids=[buyer_id])
    amounts = {document.id: document.amount for document in items.documents}
    return _Aging(age(items.documents, items.receipts, on).rows, amounts)


def _overdue_invoices(
    session: Session, buyer_id: int, aging: _Aging
) -> tuple[NoticeInvoice, ...]:
    numbers = select(Invoice.number, Invoice.invoice_no).where(
        Invoice.buyer_id == buyer_id
    )
    names = part_names(session, buyer_ids=[buyer_id])
    tax_numbers = {row.number: row.invoice_no for row in session.execute(numbers)}
    return tuple(
        NoticeInvoice(
            number=row.id[1],
            issued=row.issued,
            due=row.due,
            amount=aging.amounts[row.id],
            open=row.open,
            days_overdue=row.days_overdue,
            invoice_no=tax_numbers.get(row.id[1], ""),
            name=names.get(row.id),
        )
        for row in aging.rows
        if row.due and row.is_overdue
    )


def _due_open(aging: _Aging) -> tuple[Money, ...]:
    """What is open under invoices whose due date nobody knows, one amount a currency."""
    waiting = [
        row.open
        for row in aging.rows
        if row.due_missing and row.id[2] == DocumentKind.INVOICE.value
    ]
    return tuple(
        Money.total((each for each in waiting if each.currency == code), code)
        for code in dict.fromkeys(each.currency for each in waiting)
    )


def _first_deadline(
    session: Session, policy_id: int, buyer_id: int, code: str
) -> Deadline | None:
    found = session.execute(
        select(Duty.legal, Duty.safe)
        .where(
            Duty.policy_id == policy_id,
            Duty.buyer_id == buyer_id,
            Duty.code == code,
            Duty.state == "open",
        )
        .order_by(Duty.safe)
        .limit(1)
    ).first()
    return Deadline(found.legal, found.safe) if found else None


def _subjects(sent: Notice) -> frozenset[str]:
    """What the duties it fulfils are about: invoices, or what was learned of the buyer."""
    events = sent.content.get("events", ())
    return frozenset({
        *(f"{sent.buyer_id}/{number}" for number in sent.content["numbers"]),
        *(f"{sent.buyer_id}/event {event}" for event in events),
    })  # fmt: skip


def _fulfil(session: Session, sent: Notice) -> None:
    """Close the duties to tell of these invoices and events."""
    told = _subjects(sent)
    open_ = select(Duty).where(
        Duty.policy_id == sent.policy_id,
        Duty.code == sent.code,
        Duty.buyer_id == sent.buyer_id,
        Duty.state == "open",
    )
    for duty in session.scalars(open_):
        if duty.subject in told:
            duty.state = "done"
            duty.closed_on = sent.sent_on
