"""The cover and the contents of a claim package: who, what, how much, until when, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.i18n import Words
from creditdesk.paper.page import BODY, FINE, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.claim_index import Entry
from creditdesk.reports.claim_written import PieceProblem

_NAMED_ON_COVER = 6


@dataclass(frozen=True, slots=True)
class Contents:
    """What the cover and the contents tell of the whole file."""

    entries: tuple[Entry, ...]
    problems: tuple[PieceProblem, ...]
    complete: bool
    pages: int
    digests_page: int


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
    document.facts(_facts(package, words))
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
    return ("；" if words.language == "zh" else "; ").join(parts)


def contents_pages(document: Document, entries: Sequence[Entry]) -> None:
    """The contents: document, state, page, with links."""
    words = document.words
    document.section(words("Contents"))
    columns = (
        Column(words("No."), 1.0),
        Column(words("Document"), 5.4),
        Column(words("State"), 1.9),
        Column(words("Page"), right=True),
        Column(words("Pages"), right=True),
    )
    document.table(columns, [_line(entry) for entry in entries])
    document.space(8)
    document.text(
        words(
            "Page numbers are those of this file; a click on one leads there. What is missing is listed without pages."
        ),
        size=FINE,
        tone="quiet",
    )


def _line(entry: Entry) -> Row:
    page = str(entry.page) if entry.page is not None else "—"
    pages = str(entry.pages) if entry.page is not None else "—"
    tone = "danger" if entry.bad else "quiet"
    return Row(
        (
            Cell(entry.label, tone="quiet"),
            Cell(entry.title, entry.detail, bold=entry.own, link=entry.page),
            Cell(entry.state, tone=tone, bold=entry.bad),
            Cell(page, tone="accent" if entry.page else "quiet", link=entry.page),
            Cell(pages, tone="quiet"),
        )
    )
