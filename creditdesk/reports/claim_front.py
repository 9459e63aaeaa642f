"""The cover and the contents of a claim package: who, what, how much, until when, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.i18n import N_, Words
from creditdesk.paper.page import BODY, FINE, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.claim_index import Entry
from creditdesk.reports.claim_written import PieceProblem

_NAMED_ON_COVER = 6


@dataclass(frozen=True, slots=True)
class Contents:
    """What the cover and the contents tell of the whole file. `volumes`: first and last page number of each."""

    entries: tuple[Entry, ...]
    problems: tuple[PieceProblem, ...]
    complete: bool
    pages: int
    digests_page: int
    volumes: Sequence[tuple[int, int]]


def cover(document: Document, package: ClaimPackage, contents: Contents) -> None:
    """The first page."""
    words = document.words
    document.page()
    document.letterhead(package.letterhead.name, style.day(package.prepared_on))
    document.space(54)
    document.text(words("Claim package"), size=28, bold=True)
    document.space(2)
    title = package.policy_title.in_language(words.language)
    why = style.cause(package.cause, words)
    document.text(f"{title} · {why}", size=13, tone="quiet")
    document.space(24)
    document.facts([*_facts(package, words), *_volume_fact(contents, 1, words)])
    document.figure(
        words("Amount claimed"),
        style.money(package.amount) or words("not computable yet"),
        style.spelled(package.amount, words) if package.amount else "",
    )
    _status(document, package, contents)
    document.to_foot(142)
    document.seals((words("Policyholder (seal)"), words("Handled by")), words("Date"))


def _facts(package: ClaimPackage, words: Words) -> list[tuple[str, str]]:
    notice = style.day(package.notice_sent_on) or words("not recorded")
    policy = words(
        "{number} ({period})",
        number=package.policy_no,
        period=style.period(package.policy_start, package.policy_end, words),
    )
    loss = f"{style.cause(package.cause, words)}  {style.day(package.date_of_loss)}"
    rows = [
        (words("Insurer"), style.party(package.insurer)),
        (words("Policyholder"), style.party(package.policyholder)),
        (words("Policy"), policy),
        (words("Buyer"), style.party(package.buyer)),
        (words("Claim / notice of loss sent"), f"{package.number} / {notice}"),
        (words("Cause and date of loss"), loss),
    ]
    if package.loss_payee:
        rows.append((words("Loss payee"), style.party(package.loss_payee)))
    return rows


def _status(document: Document, package: ClaimPackage, contents: Contents) -> None:
    words = document.words
    document.space(8)
    if contents.complete:
        document.text(words("This package is complete."), bold=True)
    elif package.draft:
        document.text(
            words("Draft, incomplete: {what}", what=_lacking(package, contents, words)),
            size=BODY,
            bold=True,
            tone="danger",
        )
    counted = words(
        "{pages} pages, {files} attached files; the SHA-256 of every file is on page {page}.",
        pages=contents.pages,
        files=len(package.evidence),
        page=contents.digests_page,
    )
    document.text(counted, size=FINE, tone="quiet")


def _lacking(package: ClaimPackage, contents: Contents, words: Words) -> str:
    rows = [row for row in package.checklist if row.missing]
    # Many would push the seals off the page; the contents, on the next one, name them.
    missing = [
        words("{code} {title}", code=row.code, title=row.title)
        if len(rows) <= _NAMED_ON_COVER
        else row.code
        for row in rows
    ]
    parts = [words("missing {items}", items=tuple(missing))] if missing else []
    unread = tuple(problem.file for problem in contents.problems if problem.file)
    if unread:
        parts.append(words("not whole on paper: {files}", files=unread))
    parts += map(words.say, package.gaps)
    if package.calculation.result is None or package.calculation.missing:
        parts.append(words("the calculation lacks values"))
    return words.clauses(parts)


def _volume_fact(
    contents: Contents, number: int, words: Words
) -> list[tuple[str, str]]:
    """Which of the volumes this one is, and its pages; nothing where there is one."""
    if len(contents.volumes) == 1:
        return []
    first, last = contents.volumes[number - 1]
    said = words(
        "{volume} of {volumes}: pages {first}–{last} of {total}",
        volume=number,
        volumes=len(contents.volumes),
        first=first,
        last=last,
        total=contents.pages,
    )
    return [(words("Volume"), said)]


def volume(
    document: Document, package: ClaimPackage, contents: Contents, number: int
) -> None:
    """The page a further volume begins with: which it is, whose, and what is in it."""
    words = document.words
    title = words(
        "Volume {volume} of {volumes}", volume=number, volumes=len(contents.volumes)
    )
    document.section(title, style.day(package.prepared_on))
    document.facts(
        [
            (words("Claim package"), package.number),
            (words("Insurer"), style.party(package.insurer)),
            (words("Policyholder"), style.party(package.policyholder)),
            (words("Policy"), package.policy_no),
            (words("Buyer"), style.party(package.buyer)),
            *_volume_fact(contents, number, words),
        ]
    )
    document.space(10)
    inside = [each for each in contents.entries if each.volume == number]
    document.table(_columns(words), [_line(each, number) for each in inside])
    document.space(8)
    document.text(
        words("The contents of all volumes are in volume 1."), size=FINE, tone="quiet"
    )


def contents_pages(document: Document, contents: Contents, *, draft: bool) -> None:
    """The contents: document, state, page, with links. A page in another volume is named with it, without a link."""
    words = document.words
    document.section(words("Contents"))
    several = len(contents.volumes) > 1
    columns = _columns(words)
    if several:
        columns = (*columns[:3], Column(words("Volume"), right=True), *columns[3:])
    lines = [_line(each, 1, several=several) for each in contents.entries]
    document.table(columns, lines, tail=_NOTE)
    document.space(8)
    told = [words(_SEVERAL if several else _ONE)]
    if draft:
        told.append(words("What is missing is listed without pages."))
    gap = "" if words.language == "zh" else " "
    document.text(gap.join(told), size=FINE, tone="quiet")


_ONE = N_("Page numbers are those of this file; a click on one leads there.")
_SEVERAL = N_(
    "Page numbers run on over all volumes; a click on one in this volume leads there."
)
_NOTE = 36.0
"""Points of the note below the contents, which stays with them."""


def _columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words("No."), 1.0),
        Column(words("Document"), 5.4),
        Column(words("State"), 1.9),
        Column(words("Page"), right=True),
        Column(words("Pages"), right=True),
    )


def _line(entry: Entry, volume: int, *, several: bool = False) -> Row:
    page = str(entry.page) if entry.page is not None else "—"
    pages = str(entry.pages) if entry.page is not None else "—"
    tone = "danger" if entry.bad else "quiet"
    there = entry.page if entry.volume == volume else None
    within = str(entry.volume) if entry.volume else "—"
    return Row(
        (
            Cell(entry.label, tone="quiet"),
            Cell(entry.title, entry.detail, bold=entry.own, link=there),
            Cell(entry.state, tone=tone, bold=entry.bad),
            *((Cell(within, tone="quiet"),) if several else ()),
            Cell(page, tone="accent" if there else "quiet", link=there),
            Cell(pages, tone="quiet"),
        )
    )
