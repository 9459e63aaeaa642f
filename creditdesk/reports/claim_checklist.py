"""The checklist of a claim package, with every attached file and its digest."""

from collections.abc import Sequence

from creditdesk.domain.claim.claims import ITEM_STATE_TITLES, ChecklistRow, ItemState
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.i18n import Words
from creditdesk.paper.page import FINE, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.gathering import Sheaf


def checklist(
    document: Document, package: ClaimPackage, sheaves: Sequence[Sheaf]
) -> int:
    """Every item with its supplier and state, then every attached file with its digest: the page that begins on.

    How much of it is there, and what is missing, stands on a draft alone.
    """
    words = document.words
    found = package.completeness
    aside = words(
        "{present} of {all} mandatory items",
        present=found.present,
        all=found.applicable,
    )
    document.section(
        words("Checklist of documents"), aside if package.draft else package.number
    )
    columns = (
        Column(words("No."), 0.9),
        Column(words("Document"), 5),
        Column(words("Supplier"), 2),
        Column(words("Mandatory"), 1.5),
        Column(words("State"), 2),
        Column(words("Number of files"), right=True),
    )
    document.table(
        columns, [_item(row, words, draft=package.draft) for row in package.checklist]
    )
    if not sheaves:
        return document.pages
    document.need(110)
    page = document.pages
    document.heading(words("Attached files"))
    document.table(
        (
            Column(words("No."), 0.7),
            Column(words("File"), 2.1),
            Column("SHA-256", 5.2),
            Column(words("Pages"), right=True),
        ),
        [_file(sheaf) for sheaf in sheaves],
    )
    return page


def _item(row: ChecklistRow, words: Words, *, draft: bool) -> Row:
    mandatory = words("mandatory") if row.mandatory else words("if there is one")
    return Row(
        (
            Cell(row.code, tone="quiet"),
            Cell(row.title.in_language(words.language), row.note),
            Cell(style.suppliers(row.suppliers, words), tone="quiet"),
            Cell(mandatory, tone="quiet"),
            Cell(
                _state(row, words, draft=draft),
                tone="danger" if row.missing and draft else "text",
                bold=row.missing and draft,
            ),
            Cell(str(row.documents) if row.documents else ""),
        )
    )


def _state(row: ChecklistRow, words: Words, *, draft: bool) -> str:
    """What nobody must supply isn't missing when it isn't there; what must be is told to the house alone."""
    if row.state is ItemState.MISSING and not (row.mandatory and draft):
        return words("not attached")
    return words(ITEM_STATE_TITLES[row.state])


def _file(sheaf: Sheaf) -> Row:
    return Row(
        (
            Cell(sheaf.piece.item, tone="quiet"),
            Cell(sheaf.piece.file_name),
            Cell(sheaf.piece.digest, tone="quiet", size=FINE - 1.5),
            Cell(str(sheaf.pages) if sheaf.pages else "—"),
        )
    )
