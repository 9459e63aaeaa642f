"""How a paper of a claim is bound: which pages, how turned, in which place, and what was done with its original."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.db.lock import NOBODY
from creditdesk.domain.base.areas import areas_of, written
from creditdesk.domain.base.evidence import PDF
from creditdesk.domain.claim.excerpts import Excerpt, excerpt
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.models import Claim, ClaimEvidence, ClaimItem, Document
from creditdesk.services.claims.values import EvidenceLine


class PlaceUnknown(UserError):
    """A place in the order that isn't there."""

    message = N_("{item} has {count} files; there is no place {place}.")


class ServesAlready(UserError):
    """The same pages of the paper stand under the item."""

    message = N_("{name} is under {item} already.")


class NotBlackened(UserError):
    """Pages of such a file are made anew each time, so a place on them may move."""

    message = N_(
        "Only PDFs and pictures that can be printed are blackened. Save {name} as a PDF and attach that."
    )


class PaperMark(StrEnum):
    """What was done with a paper that was received."""

    CHECKED = "checked"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """What is to be changed of a paper; None: it stays as it is. `place` counts from 1 within its item.

    `areas` stand in the place of those there were, wherever the same paper is in the claim.
    """

    pages: str | None = None
    turns: str | None = None
    areas: str | None = None
    place: int | None = None


def first_excerpt(
    document: Document, pages: str, turns: str, areas: str = ""
) -> Excerpt:
    """The excerpt of a paper as it was typed; raises what `excerpt` raises, and `NotBlackened`."""
    name, count = document.file_name, document.pages
    found = excerpt(pages, turns, areas, name=name, count=count)
    fixed = document.media == PDF or document.media.startswith("image/")
    if found.areas and not (fixed and count):
        raise NotBlackened(name=name)
    return found


def blackened_already(session: Session, claim: Claim, document: Document) -> str:
    """The places blackened of the same bytes elsewhere in the claim: they are withheld there too."""
    found = (row.areas for row in _same(session, claim, document))
    return written(area for areas in found for area in areas_of(areas))


def _same(session: Session, claim: Claim, document: Document) -> list[ClaimEvidence]:
    """Where the same bytes stand in the claim."""
    return list(
        session.scalars(
            select(ClaimEvidence)
            .join(ClaimItem, ClaimItem.id == ClaimEvidence.item_id)
            .join(Document, Document.id == ClaimEvidence.document_id)
            .where(
                ClaimItem.claim_id == claim.id,
                ClaimEvidence.removed_at.is_(None),
                Document.digest == document.digest,
            )
        )
    )


def arrange(
    session: Session, claim: Claim, link: ClaimEvidence, asked: Arranged
) -> None:
    """Change how it is bound. Raises `PlaceUnknown` and what `first_excerpt` raises."""
    before = _as_bound(link)
    document = session.get_one(Document, link.document_id)
    pages = link.pages if asked.pages is None else asked.pages
    turns = link.turns if asked.turns is None else asked.turns
    areas = link.areas if asked.areas is None else asked.areas
    found = first_excerpt(document, pages, turns, areas)
    link.pages, link.turns = found.pages, found.turns
    for row in _same(session, claim, document):
        row.areas = found.areas
    if asked.place is not None:
        _move(session, link, asked.place)
    after = _as_bound(link)
    if after == before:
        return
    note(
        session,
        "arranged",
        "claim",
        claim.id,
        client_id=claim.client_id,
        before=before,
        after=after,
    )


def _as_bound(link: ClaimEvidence) -> dict[str, object]:
    return {
        "evidence": link.id,
        "pages": link.pages,
        "turns": link.turns,
        "areas": link.areas,
        "position": link.position,
    }


def _move(session: Session, link: ClaimEvidence, place: int) -> None:
    others = [row for row in standing(session, link.item_id) if row is not link]
    count = len(others) + 1
    if not 1 <= place <= count:
        item = session.get_one(ClaimItem, link.item_id)
        raise PlaceUnknown(item=item.code, count=count, place=place)
    others.insert(place - 1, link)
    for position, row in enumerate(others):
        row.position = position


def standing(session: Session, item_id: int) -> list[ClaimEvidence]:
    """The files of an item in their order, without those taken off."""
    found = select(ClaimEvidence).where(
        ClaimEvidence.item_id == item_id, ClaimEvidence.removed_at.is_(None)
    )
    in_order = found.order_by(ClaimEvidence.position, ClaimEvidence.id)
    return list(session.scalars(in_order))


def after_the_last(session: Session, item_id: int) -> int:
    """The position of a file that is added to an item."""
    return max((row.position for row in standing(session, item_id)), default=-1) + 1


def serve(
    session: Session, claim: Claim, link: ClaimEvidence, item: ClaimItem
) -> ClaimEvidence:
    """Let a paper prove another item too, with the same pages; raises `ServesAlready`."""
    document = session.get_one(Document, link.document_id)
    for row in standing(session, item.id):
        there = session.get_one(Document, row.document_id)
        if (there.digest, row.pages, row.turns) == (
            document.digest,
            link.pages,
            link.turns,
        ):
            raise ServesAlready(name=document.file_name, item=item.code)
    made = ClaimEvidence(
        item_id=item.id,
        document_id=link.document_id,
        position=after_the_last(session, item.id),
        pages=link.pages,
        turns=link.turns,
        areas=link.areas,
        checked_on=link.checked_on,
        checked_by=link.checked_by,
        sealed_on=link.sealed_on,
        sealed_by=link.sealed_by,
    )
    session.add(made)
    session.flush()  # the answer names it
    after = {"item": item.code, "file": document.file_name, "digest": document.digest}
    note(session, "attached", "claim", claim.id, client_id=claim.client_id, after=after)
    return made


def mark(
    session: Session,
    claim: Claim,
    link: ClaimEvidence,
    what: PaperMark,
    on: date | None,
) -> None:
    """Say that a paper was held against its original, or its copy sealed, on a day; None takes the mark off."""
    database: Database = session.info["database"]
    day, who = f"{what}_on", f"{what}_by"
    earlier = getattr(link, day)
    if earlier == on:
        return
    setattr(link, day, on)
    setattr(link, who, database.who if on else "")
    note(
        session,
        "marked",
        "claim",
        claim.id,
        client_id=claim.client_id,
        before={"evidence": link.id, what.value: _iso(earlier)},
        after={"evidence": link.id, what.value: _iso(on)},
    )


def marks_said(line: EvidenceLine) -> tuple[Message, ...]:
    """Who held the paper against its original and who sealed the copy, and when; empty where nobody did."""
    said = []
    if line.checked_on:
        with_name = N_("checked against the original by {who} on {on}")
        without = N_("checked against the original on {on}")
        said.append(_said(with_name, without, line.checked_by, line.checked_on))
    if line.sealed_on:
        with_name = N_("copy sealed by {who} on {on}")
        without = N_("copy sealed on {on}")
        said.append(_said(with_name, without, line.sealed_by, line.sealed_on))
    return tuple(said)


def _said(with_name: str, without: str, who: str, on: date) -> Message:
    if who in ("", NOBODY):
        return Message.of(without, on=on)
    return Message.of(with_name, who=who, on=on)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
