"""What a claim package consists of: its documents with their pages, what is missing and what couldn't be bound."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from creditdesk.domain.claim.claims import (
    ITEM_STATE_TITLES,
    ChecklistRow,
    ItemState,
    MadeBy,
)
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.i18n import N_, Message, Words
from creditdesk.reports import style
from creditdesk.reports.binder import Sheaf

SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("form", "C02", N_("Claim form")),
    ("narrative", "C03", N_("Narrative of events")),
    ("calculation", "", N_("Calculation of the indemnity")),
    ("schedule", "C14", N_("Schedule of invoices and payments")),
    ("checklist", "", N_("Checklist of documents")),
)
"""Our own parts in the order of rules.md 5.1: key, checklist code, title."""


@dataclass(frozen=True, slots=True)
class PackedDocument:
    """One document of the package. `file` is empty for what the program made; pages count from 1."""

    label: str
    title: str
    file: str
    first_page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PieceProblem:
    """Something that can't be printed as it should; `file` is empty when it is in our own text."""

    file: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents. `page` None: it isn't in the package, and `state` says why."""

    label: str
    title: str
    detail: str = ""
    state: str = ""
    bad: bool = False
    page: int | None = None
    pages: int = 0
    own: bool = False


def in_order(package: ClaimPackage) -> ClaimPackage:
    """The package with its evidence in the order of the checklist."""
    codes = [row.code for row in package.checklist]

    def place(item: str) -> int:
        return codes.index(item) if item in codes else len(codes)

    ordered = sorted(package.evidence, key=lambda piece: place(piece.item))
    return replace(package, evidence=tuple(ordered))


def with_states(package: ClaimPackage, sheaves: Sequence[Sheaf]) -> ClaimPackage:
    """The package with its items as they are once written: what is made is there, what can't be read isn't."""
    rows = tuple(_state(row, sheaves, package) for row in package.checklist)
    return replace(package, checklist=rows)


def _state(
    row: ChecklistRow, sheaves: Sequence[Sheaf], package: ClaimPackage
) -> ChecklistRow:
    own = [sheaf for sheaf in sheaves if sheaf.piece.item == row.code]
    row = replace(row, documents=len(own))
    if row.state in (ItemState.WAIVED, ItemState.TO_BE_SEALED):
        return row
    told = row.made_by is MadeBy.NOTICE and package.notice_sent_on is not None
    if row.made_by is MadeBy.PROGRAM or told or any(sheaf.pages for sheaf in own):
        return replace(row, state=ItemState.PRESENT)
    if own:
        return replace(row, state=ItemState.UNREADABLE)
    if row.state is ItemState.PRESENT:
        return replace(row, state=ItemState.MISSING)
    return row


def problems(sheaves: Sequence[Sheaf]) -> tuple[PieceProblem, ...]:
    """The pieces that couldn't be bound."""
    return tuple(
        PieceProblem(sheaf.piece.file_name, sheaf.reason)
        for sheaf in sheaves
        if sheaf.reason is not None
    )


def starts(sheaves: Sequence[Sheaf], front: int) -> tuple[int | None, ...]:
    """The first page of each sheaf; a twin has the pages of the first, an unbound one None."""
    found: list[int | None] = []
    following = front + 1
    for sheaf in sheaves:
        if not sheaf.pages:
            found.append(None)
        elif sheaf.twin is not None:
            found.append(found[sheaf.twin])
        else:
            found.append(following)
            following += sheaf.pages
    return tuple(found)


def entries(
    package: ClaimPackage,
    sheaves: Sequence[Sheaf],
    sections: Mapping[str, tuple[int, int]],
    words: Words,
) -> tuple[Entry, ...]:
    """The contents: our own parts, then every item with its files or the word that it is missing.

    `sections` gives first page and number of pages of each part; empty while the pages are not known.
    """
    front = sum(pages for _, pages in sections.values())
    begin = starts(sheaves, front)
    own = [
        Entry(code, words(title), page=at, pages=pages, own=True)
        for key, code, title in SECTIONS
        for at, pages in (sections.get(key, (0, 0)),)
    ]
    lines = list(own)
    placed: set[int] = set()
    for row in package.checklist:
        indices = [i for i, s in enumerate(sheaves) if s.piece.item == row.code]
        placed.update(indices)
        if indices:
            lines.extend(_files(indices, sheaves, begin, words, row.state))
        else:
            lines.extend(_absent(row, package, words))
    rest = [i for i in range(len(sheaves)) if i not in placed]
    lines.extend(_files(rest, sheaves, begin, words, ItemState.PRESENT))
    return tuple(lines)


def _files(
    indices: Sequence[int],
    sheaves: Sequence[Sheaf],
    begin: Sequence[int | None],
    words: Words,
    item: ItemState,
) -> Iterator[Entry]:
    for index in indices:
        sheaf = sheaves[index]
        title = sheaf.piece.title.in_language(words.language)
        name = sheaf.piece.file_name
        if sheaf.reason is not None:
            detail = words("{file}: {reason}", file=name, reason=sheaf.reason)
            state = words(ITEM_STATE_TITLES[ItemState.UNREADABLE])
            yield Entry(sheaf.piece.item, title, detail, state, bad=True)
            continue
        if sheaf.twin is not None:
            same = sheaves[sheaf.twin].piece
            name = words(
                "{file} (the same file as {item} {same})",
                file=name,
                item=same.item,
                same=same.file_name,
            )
        state = N_("Repaired") if sheaf.repaired else ITEM_STATE_TITLES[item]
        yield Entry(
            sheaf.piece.item,
            title,
            name,
            words(state),
            page=begin[index],
            pages=sheaf.pages,
        )


def _absent(row: ChecklistRow, package: ClaimPackage, words: Words) -> Iterator[Entry]:
    title = row.title.in_language(words.language)
    if row.missing:
        state = words(ITEM_STATE_TITLES[row.state])
        yield Entry(row.code, title, row.note, state, bad=True)
    elif row.made_by is MadeBy.NOTICE and package.notice_sent_on:
        sent = words("sent on {day}", day=style.day(package.notice_sent_on))
        yield Entry(row.code, title, sent, words(ITEM_STATE_TITLES[row.state]))


def documents(
    sheaves: Sequence[Sheaf],
    sections: Mapping[str, tuple[int, int]],
    words: Words,
) -> tuple[PackedDocument, ...]:
    """Everything that is in the package, with its pages."""
    own = [
        PackedDocument(code, words(title), "", *sections[key])
        for key, code, title in SECTIONS
    ]
    begin = starts(sheaves, sum(pages for _, pages in sections.values()))
    bound = [
        PackedDocument(
            sheaf.piece.item,
            sheaf.piece.title.in_language(words.language),
            sheaf.piece.file_name,
            first,
            sheaf.pages,
        )
        for sheaf, first in zip(sheaves, begin, strict=True)
        if first is not None
    ]
    return (*own, *bound)
