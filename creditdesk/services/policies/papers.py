"""The policy beside its paper: the papers its terms stand on, and which values matter now."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk.catalog.policies import watched_rules
from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.domain.policy.needed import Reader, Use, needed
from creditdesk.models import (
    CreditLimit,
    Document,
    Duty,
    Invoice,
    InvoiceCover,
    PolicyVersion,
)
from creditdesk.readings.policies import policy_on, the_policy, version_on
from creditdesk.services.policies.values import PolicyPaper


class PolicyPapers:
    """What the policies service does for the papers."""

    _db: Database

    def attach_paper(self, policy_id: int, on: date, document: int) -> None:
        """The terms in force on a day stand on this paper, in the place of one that was named before."""
        with self._db.write() as session:
            policy = the_policy(session, policy_id)
            paper = session.get(Document, document)
            if paper is None:
                raise RecordMissing(what=f"document {document}")
            version = version_on(session, policy, on)
            version.document_id = document
            note(
                session, "paper", "policy", policy_id, client_id=policy.client_id,
                after={"from": version.effective_from.isoformat(), "file": paper.file_name},
            )  # fmt: skip

    def papers(self, policy_id: int) -> tuple[PolicyPaper, ...]:
        """The papers of its versions, the oldest first; none twice."""
        statement = (
            select(
                Document.id,
                Document.file_name,
                Document.media,
                Document.digest,
                func.min(PolicyVersion.effective_from),
            )
            .join(PolicyVersion, PolicyVersion.document_id == Document.id)
            .where(PolicyVersion.policy_id == policy_id)
            .group_by(Document.id)
            .order_by(func.min(PolicyVersion.effective_from), Document.id)
        )
        with self._db.read() as session:
            return tuple(PolicyPaper(*row) for row in session.execute(statement))

    def needed(self, policy_id: int, on: date) -> Mapping[str, tuple[Reader, ...]]:
        """The fields that matter now, in the order of the schedule, each with what reads it."""
        with self._db.read() as session:
            there = policy_on(session, policy_id, on)
            duties = _duties(session, policy_id)
            covered, late = _invoices(session, policy_id, on)
            counts = {
                Use.DUTIES: sum(duties.values()),
                Use.COVER: covered,
                Use.ESTIMATE: late,
                Use.LIMITS: _limits(session, policy_id),
            }
            rules = {rule.code: rule.field for rule in watched_rules(there.policy.template)}  # fmt: skip
            waiting = Counter[str]()
            for code, count in duties.items():
                waiting[rules.get(code, "")] += count
            return needed(there.texts, counts, waiting)


def _duties(session: Session, policy_id: int) -> Mapping[str, int]:
    rows = session.execute(
        select(Duty.code, func.count().label("number"))
        .where(Duty.policy_id == policy_id, Duty.state == "open")
        .group_by(Duty.code)
    )
    return {row.code: row.number for row in rows}


def _invoices(session: Session, policy_id: int, on: date) -> tuple[int, int]:
    """The open invoices that were shipped under the policy, and how many of them are overdue on a day."""
    shipped = select(InvoiceCover.invoice_id).where(InvoiceCover.policy_id == policy_id)
    late = func.count().filter(Invoice.due < on)
    found = session.execute(
        select(func.count(), late).where(Invoice.open_fine > 0, Invoice.id.in_(shipped))
    ).one()
    return found[0], found[1]


def _limits(session: Session, policy_id: int) -> int:
    asked = select(func.count()).where(CreditLimit.policy_id == policy_id)
    return session.scalar(asked) or 0
