"""The checklist of a claim as it stands: copied rows, attached files, what the program made."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk.catalog.checklists import standard
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.domain.base.evidence import EvidenceState
from creditdesk.domain.base.steps import message_from_json
from creditdesk.domain.claim.claims import (
    CaseKind,
    Cause,
    ChecklistRow,
    ItemState,
    MadeBy,
    Supplier,
    state_of,
)
from creditdesk.domain.claim.excerpts import Excerpt
from creditdesk.i18n import Bilingual
from creditdesk.models import (
    ChecklistAddition,
    Claim,
    ClaimEvidence,
    ClaimItem,
    Document,
    Notice,
    PackageRecord,
)
from creditdesk.readings.policies import policy_on
from creditdesk.services.claims.causes import causes_of
from creditdesk.services.claims.values import EvidenceId, EvidenceLine


def copy_rows(session: Session, claim: Claim) -> None:
    """The items that apply to this case, with the version of the list they were copied from.

    Called again it follows the causes of the claim's invoices: what another cause asks for is added, and what no
    cause asks for any more goes, unless somebody has worked on it.
    """
    source = standard()
    cases = tuple(_cases(session, claim))
    kept = {
        row.code: row
        for row in session.scalars(
            select(ClaimItem).where(ClaimItem.claim_id == claim.id)
        )
    }
    for position, rule in enumerate(source.items):
        row = kept.get(rule.code)
        if not any(map(rule.applies, cases)):
            drop(session, row)
            continue
        if row is None:
            row = ClaimItem(
                claim_id=claim.id,
                code=rule.code,
                title_zh=rule.title.zh,
                title_en=rule.title.en,
                supplier=",".join(rule.suppliers),
                checklist=f"{source.id} {source.version}",
                state=ItemState.MISSING,
            )
            session.add(row)
        row.position = position
        row.mandatory = any(map(rule.mandatory, cases))


def _cases(session: Session, claim: Claim) -> Iterator[CaseKind]:
    """One for each cause that an invoice of the claim has."""
    there = policy_on(session, claim.policy_id, claim.date_of_loss)
    causes = dict.fromkeys(causes_of(session, claim).values())
    for cause in causes or (Cause(claim.cause),):
        yield CaseKind(
            cause=cause,
            export=claim.export,
            insurer_country=there.terms.calendar_country or "CN",
        )


def drop(session: Session, row: ClaimItem | None) -> None:
    """Nobody needs it any more; what somebody has worked on stays, and is no longer needed to be complete."""
    if row is None:
        return
    attached = select(func.count()).select_from(ClaimEvidence)
    has_files = session.scalar(attached.where(ClaimEvidence.item_id == row.id))
    if has_files or row.note or row.state != ItemState.MISSING:
        row.mandatory = False
    else:
        session.delete(row)


def rows(
    session: Session, claim: Claim, *, generated: bool | None = None
) -> tuple[ChecklistRow, ...]:
    """The checklist in package order. `generated` None: what the program makes counts once a package was written."""
    if generated is None:
        written = (
            select(func.count())
            .select_from(PackageRecord)
            .where(PackageRecord.claim_id == claim.id)
        )
        generated = bool(session.scalar(written))
    sent = select(func.count()).select_from(Notice)
    told = bool(
        session.scalar(
            sent.where(
                Notice.buyer_id == claim.buyer_id, Notice.policy_id == claim.policy_id
            )
        )
    )
    files = evidence(session, claim)
    items = session.scalars(
        select(ClaimItem)
        .where(ClaimItem.claim_id == claim.id)
        .order_by(ClaimItem.position)
    )
    made = [_row(item, files, generated=generated, told=told) for item in items]
    own = {
        each.code: each
        for each in session.scalars(
            select(ChecklistAddition), execution_options=WITH_VOIDED
        )
    }
    return tuple(
        replace(row, own=own[row.code].id, why=own[row.code].why)
        if row.code in own
        else row
        for row in made
    )


def evidence(session: Session, claim: Claim) -> tuple[EvidenceLine, ...]:
    """The files attached, in checklist order; the same pages of the same bytes twice are a duplicate."""
    found = session.execute(
        select(ClaimEvidence, ClaimItem.code, Document)
        .join(ClaimItem, ClaimItem.id == ClaimEvidence.item_id)
        .join(Document, Document.id == ClaimEvidence.document_id)
        .where(ClaimItem.claim_id == claim.id, ClaimEvidence.removed_at.is_(None))
        .order_by(ClaimItem.position, ClaimEvidence.position, ClaimEvidence.id)
    )
    seen: set[tuple[str, Excerpt]] = set()
    lines = []
    for link, code, document in found:
        same = (document.digest, Excerpt(link.pages, link.turns, link.areas))
        lines.append(_evidence(link, code, document, duplicate=same in seen))
        seen.add(same)
    return tuple(lines)


def _row(
    item: ClaimItem, files: Sequence[EvidenceLine], *, generated: bool, told: bool
) -> ChecklistRow:
    mine = [file for file in files if file.item == item.code]
    readable = [file for file in mine if file.state == EvidenceState.OK]
    rule = standard().item(item.code)
    made_by = rule.made_by if rule else MadeBy.FILES
    kept = ItemState(item.state)
    if mine and not readable and kept is not ItemState.WAIVED:
        kept = ItemState.UNREADABLE
    return ChecklistRow(
        code=item.code,
        title=Bilingual(item.title_zh, item.title_en),
        suppliers=tuple(Supplier(name) for name in item.supplier.split(",") if name),
        mandatory=item.mandatory,
        state=state_of(
            made_by,
            kept,
            documents=len(readable),
            generated=generated,
            notice_sent=told,
        ),
        documents=len(mine),
        made_by=made_by,
        note=item.note,
    )


def _evidence(
    link: ClaimEvidence, code: str, document: Document, *, duplicate: bool
) -> EvidenceLine:
    return EvidenceLine(
        id=EvidenceId(link.id),
        item=code,
        file_name=document.file_name,
        media=document.media,
        state=document.state,
        reason=message_from_json(json.loads(document.reason))
        if document.reason
        else None,
        pages=document.pages,
        duplicate=duplicate,
        digest=document.digest,
        added_at=document.added_at,
        excerpt=Excerpt(link.pages, link.turns, link.areas),
        checked_on=link.checked_on,
        checked_by=link.checked_by,
        sealed_on=link.sealed_on,
        sealed_by=link.sealed_by,
    )
