"""Everything that happened with a buyer, on one line of time: trade, insurer, people, registers, our own decisions."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from creditdesk.catalog.letters import LIMIT_LETTERS, letters
from creditdesk.catalog.warning_kinds import warning_kinds
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.cover.limit_states import STAGE_TITLES
from creditdesk.domain.credit.answers import ANSWERED_WORDS, Answer
from creditdesk.domain.credit.buyer_events import EVENT_TITLES
from creditdesk.domain.credit.contacts import WAY_TITLES
from creditdesk.domain.credit.deciding import VERDICT_TITLES
from creditdesk.domain.credit.facts import FORMS, value_words
from creditdesk.domain.credit.outlooks import (
    MOVE_TITLES,
    Move,
    concerns,
    country_of,
    sectors_of,
)
from creditdesk.domain.ledger.documents import CreditKind
from creditdesk.domain.ledger.naming import Name, document_name
from creditdesk.i18n import N_, Bilingual, Message
from creditdesk.models import (
    CreditLimit,
    Document,
    Invoice,
    LimitRequest,
    Notice,
    Payment,
)
from creditdesk.readings.credit import answers_by_buyer, told_by_buyer
from creditdesk.readings.events import events_of
from creditdesk.readings.outlooks import outlooks
from creditdesk.readings.policies import stage_of_row
from creditdesk.services.credit import (
    contacts,
    decisions,
    facts,
    grades,
    scores,
    statements,
)
from creditdesk.services.credit.records import the_buyer
from creditdesk.services.credit.values import FilePaper, Happened, Timeline, Where

_DOCUMENTS = {
    "invoice": N_("Invoice {number}"),
    "credit_note": N_("Credit note {number}"),
    "opening": N_("Opening balance {number}"),
    "refund": N_("Paid back to the buyer, {number}"),
}


def timeline(session: Session, buyer_id: int, on: date, most: int) -> Timeline:
    """The newest entries up to a day, newest first, and how many are older. Raises `RecordMissing`."""
    client = the_buyer(session, buyer_id).client_id
    trade = (_invoices(session, buyer_id, on, most), _payments(session, buyer_id, on, most))  # fmt: skip
    others = [
        each
        for each in chain(
            _limits(session, buyer_id),
            _notices(session, buyer_id),
            _told(session, buyer_id),
            _answers(session, client, buyer_id),
            _judged(session, buyer_id),
            _around(session, client, buyer_id, on),
        )
        if each.on <= on
    ]
    whole = len(others) + _count(session, buyer_id, on)
    found = sorted(chain(*trade, others), key=lambda each: each.on, reverse=True)
    shown = tuple(found[:most])
    return Timeline(entries=shown, earlier=whole - len(shown))


def papers(session: Session, buyer_id: int, on: date) -> tuple[FilePaper, ...]:
    """The papers kept with the entries and the statements up to a day, the newest first, each once."""
    found = sorted(
        (
            each
            for each in chain(
                _notices(session, buyer_id),
                _told(session, buyer_id),
                _judged(session, buyer_id),
                _statements(session, buyer_id),
            )
            if each.on <= on and each.document is not None
        ),
        key=lambda each: each.on,
        reverse=True,
    )
    kept = select(Document).where(Document.id.in_({each.document for each in found}))
    files = {each.id: each for each in session.scalars(kept)}
    once: dict[str, FilePaper] = {}
    for each in found:
        file = files[each.document or 0]
        paper = FilePaper(each.on, each.title, file.file_name, file.media, file.digest)
        once.setdefault(file.digest, paper)
    return tuple(once.values())


def _statements(session: Session, buyer_id: int) -> Iterator[Happened]:
    for line in statements.lines(session, buyer_id):
        if line.voided is None:
            title = Message(N_("Financial statements"))
            yield Happened(
                line.sheet.period_end, title,
                document=line.document_id, where=Where.STATEMENTS,
            )  # fmt: skip


def _count(session: Session, buyer_id: int, on: date) -> int:
    documents = select(func.count()).where(Invoice.buyer_id == buyer_id, Invoice.issued <= on)  # fmt: skip
    receipts = select(func.count()).where(*_received(buyer_id, on))
    return (session.scalar(documents) or 0) + (session.scalar(receipts) or 0)


def _invoices(
    session: Session, buyer_id: int, on: date, most: int
) -> Iterator[Happened]:
    rows = session.execute(
        select(Invoice.kind, Invoice.number, Invoice.part, Invoice.part_kind,
            Invoice.issued, Invoice.due, Invoice.currency, Invoice.amount_fine)
        .where(Invoice.buyer_id == buyer_id, Invoice.issued <= on)
        .order_by(Invoice.issued.desc(), Invoice.id.desc())
        .limit(most)
    )  # fmt: skip
    for kind, own, part, part_kind, issued, due, currency, fine in rows:
        number = document_name(own, part, part_kind)
        amount = Money.of_fine(fine, currency)
        text = N_("{amount}, due {due}") if due else N_("{amount}")
        title = Message.of(_DOCUMENTS[kind], number=number)
        yield Happened(issued, title, Message.of(text, amount=amount, due=due))


def _received(buyer_id: int, on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Payment.buyer_id == buyer_id,
        Payment.paid_on <= on,
        Payment.dated.is_(True),
        Payment.kind == CreditKind.RECEIPT.value,
        Payment.amount_fine > 0,
    )


def _payments(
    session: Session, buyer_id: int, on: date, most: int
) -> Iterator[Happened]:
    rows = session.execute(
        select(Payment.paid_on, Payment.against, Payment.currency, Payment.amount_fine, Payment.payer)
        .where(*_received(buyer_id, on))
        .order_by(Payment.paid_on.desc(), Payment.id.desc())
        .limit(most)
    )  # fmt: skip
    names = _part_names(session, buyer_id)
    for day, against, currency, fine, payer in rows:
        title = Message.of(N_("Money received {amount}"), amount=Money.of_fine(fine, currency))  # fmt: skip
        yield Happened(day, title, _of_payment(against, payer, names), where=Where.PAYMENTS)  # fmt: skip


def _part_names(session: Session, buyer_id: int) -> dict[str, Name]:
    """What people call the parts of documents, by the numbers the desk gives them."""
    parts = select(Invoice.number, Invoice.part, Invoice.part_kind).where(
        Invoice.buyer_id == buyer_id, Invoice.part > 0
    )
    return {
        row.number: document_name(row.number, row.part, row.part_kind)
        for row in session.execute(parts)
    }


def _of_payment(against: str, payer: str, names: Mapping[str, Name]) -> Message | None:
    numbers = tuple(names.get(each, each) for each in against.splitlines() if each)
    if payer:
        return Message.of(N_("paid by {payer}"), payer=payer)
    return Message.of(N_("for {numbers}"), numbers=numbers) if numbers else None


def _limits(session: Session, buyer_id: int) -> Iterator[Happened]:
    for row in session.scalars(select(CreditLimit).where(CreditLimit.buyer_id == buyer_id)):  # fmt: skip
        title = Message.of(N_("Insurer's limit: {state}"), state=Message(STAGE_TITLES[stage_of_row(row)]))  # fmt: skip
        amount = Money.of_minor(row.amount_minor, row.currency)
        detail = Message.of(N_("{amount}"), amount=amount) if row.amount_minor else None
        yield Happened(row.decided_on or row.effective_from, title, detail, where=Where.LIMITS)  # fmt: skip
    for asked in session.scalars(select(LimitRequest).where(LimitRequest.buyer_id == buyer_id)):  # fmt: skip
        name = letters()[LIMIT_LETTERS[RequestKind(asked.kind)]].name
        detail = None
        if asked.amount_minor is not None:
            detail = Message.of(N_("{amount}"), amount=Money.of_minor(asked.amount_minor, asked.currency))  # fmt: skip
        yield Happened(asked.sent_on, _plain(name), detail, where=Where.LIMITS)


def _plain(words: Bilingual | str) -> Message:
    return Message.of("{words}", words=words)


def _notices(session: Session, buyer_id: int) -> Iterator[Happened]:
    for row in session.scalars(select(Notice).where(Notice.buyer_id == buyer_id)):
        title = Message(N_("Notice to the insurer"))
        yield Happened(row.sent_on, title, _plain(row.way), document=row.receipt_id, where=Where.NOTICES)  # fmt: skip


def _told(session: Session, buyer_id: int) -> Iterator[Happened]:
    for event in events_of(session, buyer_id):
        note = _plain(event.note) if event.note else None
        yield Happened(
            event.known_on, Message(EVENT_TITLES[event.kind]), note,
            document=event.document_id, where=Where.EVENTS,
        )  # fmt: skip
    for fact in facts.lines(session, buyer_id):
        if fact.voided is None:
            value = value_words(fact.kind, fact.value)
            parts = tuple(part for part in (value, fact.note) if part)
            detail = Message.of("{words}", words=parts) if parts else None
            yield Happened(
                fact.on, Message(FORMS[fact.kind].title), detail,
                document=fact.document_id, where=Where.LOG,
            )  # fmt: skip
    for grade in grades.lines(session, buyer_id):
        if grade.voided is None:
            title = Message.of(N_("Rating by {giver}"), giver=grade.giver)
            words = _plain(f"{grade.scheme} {grade.value}")
            yield Happened(
                grade.as_of, title, words, document=grade.document_id, where=Where.LOG
            )
    for contact in contacts.lines(session, buyer_id):
        if contact.voided is None:
            title = Message(WAY_TITLES[contact.way])
            yield Happened(
                contact.on, title, _plain(contact.said),
                document=contact.document_id, where=Where.LOG,
            )  # fmt: skip


def _answers(session: Session, client: int, buyer_id: int) -> Iterator[Happened]:
    titles = {each.code: each.title for each in warning_kinds()}
    for each in answers_by_buyer(session, client, [buyer_id]).get(buyer_id, ()):
        text = N_("Warning {title}: {answer}")
        title = Message.of(text, title=titles[each.code], answer=Message(ANSWERED_WORDS[each.answer]))  # fmt: skip
        detail = each.reason or each.way
        stopped = each.answer is Answer.STOP
        yield Happened(each.on, title, _plain(detail) if detail else None, stopped, where=Where.WARNINGS)  # fmt: skip


def _around(
    session: Session, client: int, buyer_id: int, on: date
) -> Iterator[Happened]:
    """What is noted of the buyer's country and sectors."""
    notes = outlooks(session)
    if not notes:
        return
    told = told_by_buyer(session, client, [buyer_id]).get(buyer_id)
    sectors = sectors_of(told.facts if told else (), on)
    buyer = the_buyer(session, buyer_id)
    country = country_of(buyer.country, buyer.uscc)
    for each in notes:
        if concerns(each, country, sectors):
            title = Message.of(N_("{subject}: {title}"), subject=each.subject, title=each.title)  # fmt: skip
            moved = () if each.move is Move.NEWS else (Message(MOVE_TITLES[each.move]),)
            words = tuple(part for part in (each.rating, each.outlook, each.source) if part)  # fmt: skip
            detail = Message.of("{words}", words=(*moved, *words))
            yield Happened(each.as_of, title, detail, where=Where.WARNINGS)


def _judged(session: Session, buyer_id: int) -> Iterator[Happened]:
    for score in scores.lines(session, buyer_id):
        if score.voided is None:
            grade = score.grade or Message(N_("insufficient data"))
            title = Message.of(N_("Score {score}, {grade}"), score=score.score, grade=grade)  # fmt: skip
            yield Happened(score.as_of, title, where=Where.SCORE)
    for made in decisions.lines(session, buyer_id):
        if made.voided is None:
            text = N_("Decision: {verdict}, up to {amount}") if made.amount else N_("Decision: {verdict}")  # fmt: skip
            title = Message.of(text, verdict=Message(VERDICT_TITLES[made.verdict]), amount=made.amount)  # fmt: skip
            yield Happened(
                made.on, title, _plain(made.reason),
                document=made.document_id, where=Where.SCORE,
            )  # fmt: skip
