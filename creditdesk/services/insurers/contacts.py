"""Contacts with insurers and brokers, the answers expected of them, and limit requests that wait."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import mark, standing_row, voided
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.contacts import ContactWay
from creditdesk.domain.insurers.contacts import (
    AnswerBefore,
    ContactInFuture,
    Course,
    FollowUpBefore,
    NewPartyContact,
    NothingWaitedFor,
    PaperOfNobody,
    PartyContact,
    PartyKind,
    PartyMissing,
    WaitingLimit,
    WordsMissing,
)
from creditdesk.i18n import N_
from creditdesk.models import Buyer, Client, Document, LimitRequest, Policy
from creditdesk.models import PartyContact as Row
from creditdesk.readings.policies import waiting_applications
from creditdesk.readings.queries import the_client
from creditdesk.services.insurers.service_record import usual_days

_CALLED = N_("Contact {number}")
_WAITING = ("APPLIED", "INVESTIGATING")


def add(session: Session, new: NewPartyContact, today: date) -> int:
    """Keep a contact; the answer is its number."""
    _check(session, new, today)
    database: Database = session.info["database"]
    row = Row(
        kind=new.kind.value,
        party=new.party.strip(),
        client_id=new.client_id,
        policy_id=new.policy_id,
        buyer_id=new.buyer_id,
        way=new.way.value,
        course=new.course.value,
        happened_on=new.on,
        person=new.person.strip(),
        said=new.said.strip(),
        follow_on=new.follow_on,
        document_id=new.document,
        recorded_at=database.now(),
        who=database.who,
    )
    session.add(row)
    session.flush()  # the journal names it
    note(
        session, "added", "party_contact", row.id, client_id=row.client_id,
        after={"party": row.party, "way": row.way, "on": row.happened_on.isoformat(), "said": row.said},
    )  # fmt: skip
    return row.id


def _check(session: Session, new: NewPartyContact, today: date) -> None:
    if not new.party.strip():
        raise PartyMissing
    if not new.said.strip():
        raise WordsMissing
    if new.on > today:
        raise ContactInFuture(on=new.on)
    if new.follow_on is not None and new.follow_on < new.on:
        raise FollowUpBefore(day=new.follow_on, on=new.on)
    if new.document is not None and new.client_id is None:
        raise PaperOfNobody
    if new.client_id is not None:
        the_client(session, new.client_id)
    for owner, number in ((Policy, new.policy_id), (Buyer, new.buyer_id)):
        if number is None:
            continue
        whose = session.scalar(select(owner.client_id).where(owner.id == number))
        if whose is None or whose != new.client_id:
            raise RecordMissing(what=f"{owner.__tablename__} {number}")


def answered(session: Session, number: int, on: date, answer: str, today: date) -> None:
    """What was waited for came, on a day and with these words."""
    row = standing_row(session, Row, number, _CALLED)
    if row.follow_on is None or row.answered_on is not None:
        raise NothingWaitedFor(number=number)
    if on > today:
        raise ContactInFuture(on=on)
    if on < row.happened_on:
        raise AnswerBefore(day=on, on=row.happened_on)
    if not answer.strip():
        raise WordsMissing
    row.answered_on, row.answer = on, answer.strip()
    note(
        session, "answered", "party_contact", row.id, client_id=row.client_id,
        after={"on": on.isoformat(), "answer": row.answer},
    )  # fmt: skip


def take_back(session: Session, number: int, why: str) -> None:
    """A contact was entered by mistake."""
    row = standing_row(session, Row, number, _CALLED)
    mark(session, row, why)
    note(
        session, "voided", "party_contact", number,
        client_id=row.client_id, after={"reason": row.voided_why},
    )  # fmt: skip


def lines(session: Session, client_id: int | None, *, whole: bool = True) -> Iterator[PartyContact]:  # fmt: skip
    """The newest first, voided ones too unless not `whole`; of a client: with those that are about none alone."""
    asked = (
        select(Row, Client.name, Buyer.name, Document)
        .outerjoin(Client, Client.id == Row.client_id)
        .outerjoin(Buyer, Buyer.id == Row.buyer_id)
        .outerjoin(Document, Document.id == Row.document_id)
        .order_by(Row.happened_on.desc(), Row.id.desc())
    )
    if client_id is not None:
        asked = asked.where(or_(Row.client_id == client_id, Row.client_id.is_(None)))
    options = WITH_VOIDED if whole else {}
    for row, client, buyer, paper in session.execute(asked, execution_options=options):
        yield PartyContact(
            id=row.id,
            kind=PartyKind(row.kind),
            party=row.party,
            client_id=row.client_id,
            client=client or "",
            policy_id=row.policy_id,
            buyer_id=row.buyer_id,
            buyer=buyer or "",
            way=ContactWay(row.way),
            course=Course(row.course),
            on=row.happened_on,
            person=row.person,
            said=row.said,
            follow_on=row.follow_on,
            answered_on=row.answered_on,
            answer=row.answer,
            file_name=paper.file_name if paper else "",
            media=paper.media if paper else "",
            digest=paper.digest if paper else "",
            who=row.who,
            voided=voided(row),
        )


def waiting(session: Session, client_id: int | None, today: date) -> Iterator[WaitingLimit]:  # fmt: skip
    """Limits that were asked for and not answered, the oldest first."""
    policies = select(Policy, Client.name).join(Client, Client.id == Policy.client_id)
    if client_id is not None:
        policies = policies.where(Policy.client_id == client_id)
    asked_again = {
        (each.policy_id, each.buyer_id)
        for each in lines(session, client_id, whole=False)
        if each.waits and not each.is_late(today)
    }
    usual: dict[str, int | None] = {}
    found = []
    for policy, client in session.execute(policies):
        for buyer_id, on, amount in _asked(session, policy, today):
            if policy.insurer not in usual:
                usual[policy.insurer] = usual_days(session, policy.insurer)
            buyer = session.get_one(Buyer, buyer_id)
            found.append(
                WaitingLimit(
                    client_id=policy.client_id, client=client, policy_id=policy.id, policy=policy.number,
                    insurer=policy.insurer, buyer_id=buyer_id, buyer=buyer.name, amount=amount, asked_on=on,
                    usual=usual[policy.insurer], asked_after=(policy.id, buyer_id) in asked_again,
                )
            )  # fmt: skip
    yield from sorted(found, key=lambda each: (each.asked_on, each.client, each.buyer))


def _asked(session: Session, policy: Policy, today: date) -> Iterator[tuple[int, date, Money | None]]:  # fmt: skip
    sent = select(LimitRequest).where(
        LimitRequest.policy_id == policy.id,
        LimitRequest.state.in_(_WAITING),
        LimitRequest.sent_on <= today,
    )
    for row in session.scalars(sent):
        amount = None if row.amount_minor is None else Money.of_minor(row.amount_minor, row.currency)  # fmt: skip
        yield row.buyer_id, row.sent_on, amount
    for entry in waiting_applications(session, today, policy_id=policy.id):
        minor = entry.requested_minor
        amount = None if minor is None else Money.of_minor(minor, entry.currency)
        yield entry.buyer_id, entry.applied_on or entry.effective_from, amount
