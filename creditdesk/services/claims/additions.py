"""The firm's own items of checklists: what an insurer, a cause or one claim asks for beside rules.md 5.1.

New claims take those that apply; a claim that is open already is offered them. Their codes are A1, A2 and so on.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import mark, standing_row, voided
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.claim.claims import Cause, ClaimState, ItemState, Supplier
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Bilingual
from creditdesk.models import ChecklistAddition, Claim, ClaimItem, Policy
from creditdesk.services.claims.causes import causes_of
from creditdesk.services.claims.checklist import drop

_AFTER_OURS = 1000
"""Their positions follow those of the standard list."""


class AdditionEmpty(UserError):
    """An item nobody would know what to supply for."""

    message = N_("Say what the item is called and who supplies it.")


class AdditionForTwo(UserError):
    """One claim has one insurer and its causes: nothing more is to be said."""

    message = N_("An item is for one claim, or for the claims of a cause or insurer; not both.")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAddition:
    """An item of our own. `claim_id` None: for all claims of the `cause` and `insurer`, None and empty: of any.

    `english` empty: it is called the same in English; `mandatory`: no claim it applies to is complete without it.
    """

    title: str
    suppliers: tuple[Supplier, ...]
    why: str = ""
    english: str = ""
    mandatory: bool = True
    claim_id: int | None = None
    cause: Cause | None = None
    insurer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionLine:
    """An item of our own as it is kept. `voided`: it was a mistake, or isn't asked for any more."""

    id: int
    code: str
    title: Bilingual
    why: str
    suppliers: tuple[Supplier, ...]
    mandatory: bool
    claim_id: int | None
    cause: Cause | None
    insurer: str
    voided: Voided | None


def add(session: Session, new: NewAddition, claim: Claim | None) -> int:
    """Keep an item; one for a claim stands on its checklist at once. Raises `AdditionEmpty`, `AdditionForTwo`."""
    database: Database = session.info["database"]
    title, insurer = new.title.strip(), new.insurer.strip()
    if not title or not new.suppliers:
        raise AdditionEmpty
    if claim is not None and (new.cause or insurer):
        raise AdditionForTwo
    row = ChecklistAddition(
        claim_id=claim.id if claim else None,
        cause=new.cause.value if new.cause else "",
        insurer=insurer,
        title_zh=title,
        title_en=new.english.strip() or title,
        why=new.why.strip(),
        supplier=",".join(new.suppliers),
        mandatory=new.mandatory,
        recorded_at=database.now(),
        who=database.who,
    )
    session.add(row)
    session.flush()  # its code is its number
    after = {"item": row.code, "title": title}
    client = claim.client_id if claim else None
    note(session, "added", "checklist_addition", row.id, client_id=client, after=after)
    if claim is not None:
        _put(session, claim, row)
    return row.id


def lines(session: Session) -> tuple[AdditionLine, ...]:
    """All of them in the order in which they were added; those voided stand among them."""
    rows = session.scalars(
        select(ChecklistAddition).order_by(ChecklistAddition.id),
        execution_options=WITH_VOIDED,
    )
    return tuple(map(_line, rows))


def offered(session: Session, claim: Claim) -> tuple[AdditionLine, ...]:
    """Those that apply to the claim and aren't on its checklist."""
    return tuple(_line(row) for row in _applying(session, claim))


def take(session: Session, claim: Claim) -> tuple[str, ...]:
    """Put those on its checklist; their codes."""
    rows = list(_applying(session, claim))
    for row in rows:
        _put(session, claim, row)
    codes = tuple(each.code for each in rows)
    if codes:
        note(
            session, "items added", "claim", claim.id,
            client_id=claim.client_id, after={"items": list(codes)},
        )  # fmt: skip
    return codes


def void_addition(session: Session, number: int, why: str) -> None:
    """It isn't asked for any more. It leaves the checklists of claims being prepared where nobody has worked on it.

    Where somebody has, it stays and is no longer needed. What was filed keeps its checklist.
    """
    row = standing_row(session, ChecklistAddition, number, N_("Checklist item {number}"))  # fmt: skip
    mark(session, row, why)
    after = {"reason": row.voided_why}
    note(session, "voided", "checklist_addition", row.id, after=after)
    items = session.scalars(
        select(ClaimItem)
        .join(Claim, Claim.id == ClaimItem.claim_id)
        .where(ClaimItem.code == row.code, Claim.state == ClaimState.PREPARATION.value)
    )
    for item in items:
        drop(session, item)


def _applying(session: Session, claim: Claim) -> Iterator[ChecklistAddition]:
    insurer = session.get_one(Policy, claim.policy_id).insurer
    causes = set(causes_of(session, claim).values()) or {Cause(claim.cause)}
    there = set(
        session.scalars(select(ClaimItem.code).where(ClaimItem.claim_id == claim.id))
    )
    rows = session.scalars(select(ChecklistAddition).order_by(ChecklistAddition.id))
    for row in rows:
        if row.code in there or row.claim_id not in (None, claim.id):
            continue
        if row.insurer and row.insurer.casefold() != insurer.casefold():
            continue
        if not row.cause or Cause(row.cause) in causes:
            yield row


def _put(session: Session, claim: Claim, row: ChecklistAddition) -> None:
    session.add(
        ClaimItem(
            claim_id=claim.id,
            code=row.code,
            title_zh=row.title_zh,
            title_en=row.title_en,
            supplier=row.supplier,
            mandatory=row.mandatory,
            checklist=f"addition {row.id}",
            position=_AFTER_OURS + row.id,
            state=ItemState.MISSING,
        )
    )


def _line(row: ChecklistAddition) -> AdditionLine:
    return AdditionLine(
        id=row.id,
        code=row.code,
        title=Bilingual(row.title_zh, row.title_en),
        why=row.why,
        suppliers=tuple(Supplier(each) for each in row.supplier.split(",") if each),
        mandatory=row.mandatory,
        claim_id=row.claim_id,
        cause=Cause(row.cause) if row.cause else None,
        insurer=row.insurer,
        voided=voided(row),
    )
