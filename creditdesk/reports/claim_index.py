"""What a claim package consists of: its documents with their pages, what is missing and what couldn't be bound."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from creditdesk.domain.claim.claims import (
    ITEM_STATE_TITLES,
    ChecklistRow,
    ItemState,
    MadeBy,
)
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.i18n import N_, Words
from creditdesk.reports import style
from creditdesk.reports.claim_written import PackedDocument, PieceProblem
from creditdesk.reports.gathering import Sheaf
from creditdesk.reports.leaves import Plan

SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("form", "C02", N_("Claim form")),
    ("narrative", "C03", N_("Narrative of events")),
    ("calculation", "", N_("Calculation of the indemnity")),
    ("schedule", "C14", N_("Schedule of invoices and payments")),
    ("checklist", "", N_("Checklist of documents")),
)
"""Our own parts in the order of rules.md 5.1: key, checklist code, title."""


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
    volume: int | None = None


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
    whole = any(sheaf.pages and sheaf.reason is None for sheaf in own)
    if row.made_by is MadeBy.PROGRAM or told or whole:
        return replace(row, state=ItemState.PRESENT)
    if own:
        return replace(row, state=ItemState.UNREADABLE)
    if row.state is ItemState.PRESENT:
        return replace(row, state=ItemState.MISSING)
    return row


def problems(sheaves: Sequence[Sheaf]) -> tuple[PieceProblem, ...]:
    """The pieces that aren't bound, or not whole."""
    return tuple(
        PieceProblem(sheaf.piece.file_name, sheaf.reason)
        for sheaf in sheaves
        if sheaf.reason is not None
    )


def entries(
    package: ClaimPackage, sheaves: Sequence[Sheaf], plan: Plan, words: Words
) -> tuple[Entry, ...]:
    """The contents: our own parts, then every item with its files or the word that it is missing.

    An empty plan: the pages are not known yet.
    """
    begin = plan.starts or (None,) * len(sheaves)
    own = [
        Entry(code, words(title), page=at, pages=pages, own=True)
        for key, code, title in SECTIONS
        for at, pages in (plan.sections.get(key, (0, 0)),)
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
    return tuple(replace(each, volume=plan.volume_of(each.page)) for each in lines)


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
        bad = sheaf.reason is not None
        repaired = N_("Repaired") if sheaf.repaired else ITEM_STATE_TITLES[item]
        state = ITEM_STATE_TITLES[ItemState.UNREADABLE] if bad else repaired
        yield Entry(
            sheaf.piece.item,
            title,
            _told(sheaf, sheaves, words),
            words(state),
            bad=bad,
            page=begin[index],
            pages=sheaf.pages,
        )
        if sheaf.twin is None:
            yield from _sections(sheaf, begin[index], words)


def _told(sheaf: Sheaf, sheaves: Sequence[Sheaf], words: Words) -> str:
    """Its name, whose twin it is, why it isn't whole, and what is to be known of it besides."""
    name = sheaf.piece.file_name
    if sheaf.twin is not None:
        same = sheaves[sheaf.twin].piece
        name = words(
            "{file} (the same file as {item} {same})",
            file=name,
            item=same.item,
            same=same.file_name,
        )
    lines = [name]
    if sheaf.reason is not None:
        lines = [words("{file}: {reason}", file=name, reason=sheaf.reason)]
        if not sheaf.pages and sheaf.inside:
            lines.append(words("It travels inside this file as an attachment."))
    lines += [words.say(remark) for remark in sheaf.remarks]
    carried = tuple(each for each in sheaf.inside if each != sheaf.piece.file_name)
    if carried and sheaf.twin is None:
        lines.append(words("Inside this file: {files}", files=carried))
    return "\n".join(lines)


def _sections(sheaf: Sheaf, start: int | None, words: Words) -> Iterator[Entry]:
    """The files within a file, each with its page."""
    for section in sheaf.sections:
        yield Entry(
            "",
            section.name,
            "",
            words("in {file}", file=sheaf.piece.file_name),
            page=(start or 0) + section.first,
            pages=section.pages,
        )


def _absent(row: ChecklistRow, package: ClaimPackage, words: Words) -> Iterator[Entry]:
    """What is missing, on a draft alone; and the notice that was sent without a file of it."""
    title = row.title.in_language(words.language)
    if row.missing and package.draft:
        state = words(ITEM_STATE_TITLES[row.state])
        yield Entry(row.code, title, row.note, state, bad=True)
    elif not row.missing and row.made_by is MadeBy.NOTICE and package.notice_sent_on:
        sent = words("sent on {day}", day=style.day(package.notice_sent_on))
        yield Entry(row.code, title, sent, words(ITEM_STATE_TITLES[row.state]))


def documents(
    sheaves: Sequence[Sheaf], plan: Plan, words: Words
) -> tuple[PackedDocument, ...]:
    """Everything that is in the package, with its pages."""
    own = [
        PackedDocument(code, words(title), "", *plan.sections[key])
        for key, code, title in SECTIONS
    ]
    bound = [
        each
        for sheaf, first in zip(sheaves, plan.starts, strict=True)
        if first is not None
        for each in _packed(sheaf, first, words)
    ]
    return tuple(
        replace(each, volume=plan.volume_of(each.first_page) or 1)
        for each in (*own, *bound)
    )


def _packed(sheaf: Sheaf, first: int, words: Words) -> Iterator[PackedDocument]:
    """The file, then each of those within it."""
    piece = sheaf.piece
    title, name = piece.title.in_language(words.language), piece.file_name
    yield PackedDocument(piece.item, title, name, first, sheaf.pages)
    for each in sheaf.sections:
        inner, start = f"{name}/{each.name}", first + each.first
        yield PackedDocument(piece.item, title, inner, start, each.pages)
