"""The claim package: one PDF with everything the insurer asks for, ready to print, seal and send."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from creditdesk import child, private
from creditdesk.domain.claim.claims import ChecklistRow
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.i18n import N_, Language, Message, Words, words
from creditdesk.jobs import Progress
from creditdesk.outputs import DocumentDamaged, beside
from creditdesk.reports import (
    claim_checklist,
    claim_figures,
    claim_form,
    claim_front,
    claim_index,
)
from creditdesk.reports.binder import Sheaf, prepare
from creditdesk.reports.binding import Bundle, Stamps, bind
from creditdesk.reports.checking import pages_without
from creditdesk.reports.claim_front import Contents
from creditdesk.reports.claim_index import PackedDocument, PieceProblem
from creditdesk.reports.pdf import Document
from creditdesk.reports.report import FileKind, Report

_CHECK_SECONDS = 300


@dataclass(frozen=True, slots=True)
class WrittenPackage:
    """What was written. `complete` False: something mandatory is missing, unreadable or not computable."""

    pages: int
    complete: bool
    documents: tuple[PackedDocument, ...]
    missing: tuple[ChecklistRow, ...]
    problems: tuple[PieceProblem, ...]
    gaps: tuple[Message, ...] = ()
    """What the insurer asks for beside the papers, and the package lacks."""


@dataclass(frozen=True, slots=True)
class _Layout:
    document: Document
    sections: Mapping[str, tuple[int, int]]


def write(
    package: ClaimPackage, path: Path, language: Language, progress: Progress
) -> WrittenPackage:
    """Write the package; `path` is replaced only by a whole, checked file. Raises `CannotWrite`, `Cancelled`."""
    said = words(language)
    with private.folder() as folder, beside(path) as new:
        package = claim_index.in_order(package)
        sheaves = prepare(package.evidence, folder, progress)
        package = claim_index.with_states(package, sheaves)
        progress.step(Message(N_("Writing the package")))
        layout = _laid_out(package, sheaves, said)
        pages = _bound(package, sheaves, layout, new, folder)
        if _damaged(new, path.name, pages, said, progress):
            raise DocumentDamaged(path=path)
    return WrittenPackage(
        pages,
        _complete(package, sheaves),
        claim_index.documents(sheaves, layout.sections, said),
        tuple(row for row in package.checklist if row.missing),
        (*claim_index.problems(sheaves), *_unprintable(layout.document)),
        package.gaps,
    )


def _complete(package: ClaimPackage, sheaves: Sequence[Sheaf]) -> bool:
    computed = (
        package.calculation.result is not None and not package.calculation.missing
    )
    missing = any(row.missing for row in package.checklist)
    lacking = missing or package.gaps or claim_index.problems(sheaves)
    return computed and not lacking


def _laid_out(package: ClaimPackage, sheaves: Sequence[Sheaf], said: Words) -> _Layout:
    """Laid out twice: the first time shows how many pages each part takes, the second prints their numbers."""
    draft = _lay_out(package, sheaves, {}, said)
    return _lay_out(package, sheaves, draft.sections, said)


def _lay_out(
    package: ClaimPackage,
    sheaves: Sequence[Sheaf],
    sections: Mapping[str, tuple[int, int]],
    said: Words,
) -> _Layout:
    document = Document(said.language, foot(package))
    own = sum(pages for _, pages in sections.values())
    evidence = sum(sheaf.pages for sheaf in sheaves if sheaf.twin is None)
    contents = Contents(
        claim_index.entries(package, sheaves, sections, said),
        claim_index.problems(sheaves),
        _complete(package, sheaves),
        own + evidence,
        sections.get("files", (0, 0))[0],
    )
    found: dict[str, tuple[int, int]] = {}

    def part(key: str, draw: Callable[[], object]) -> None:
        before = document.pages
        draw()
        found[key] = (before + 1, document.pages - before)

    part("cover", lambda: claim_front.cover(document, package, contents))
    part("contents", lambda: claim_front.contents_pages(document, contents.entries))
    part("form", lambda: claim_form.form(document, package))
    part("narrative", lambda: claim_form.narrative(document, package))
    part(
        "calculation",
        lambda: claim_figures.calculation(
            document, package.calculation, draft=package.draft
        ),
    )
    part("schedule", lambda: claim_figures.schedule(document, package))
    before = document.pages
    digests = claim_checklist.checklist(document, package, sheaves)
    found["checklist"] = (before + 1, document.pages - before)
    found["files"] = (digests, 0)
    return _Layout(document, found)


def foot(package: ClaimPackage) -> str:
    """Whose file it is, at the foot of every page."""
    return f"{package.number} · {package.policyholder.name} / {package.buyer.name}"


def _bound(
    package: ClaimPackage,
    sheaves: Sequence[Sheaf],
    layout: _Layout,
    new: Path,
    folder: Path,
) -> int:
    said = layout.document.words
    title = said("Claim package {number}", number=package.number)
    own = [sheaf for sheaf in sheaves if sheaf.pages and sheaf.twin is None]
    total = layout.document.pages + sum(sheaf.pages for sheaf in own)
    front = folder / "front.pdf"
    layout.document.save(front, title, total)
    labels = [
        f"{sheaf.piece.item} {sheaf.piece.title.in_language(said.language)}"
        for sheaf in own
    ]
    marks = [
        f"{label} · {sheaf.piece.file_name}"
        for label, sheaf in zip(labels, own, strict=True)
    ]
    stamps = Stamps(
        foot(package),
        said("Page {number} of {total}"),
        said("cross-page seal"),
        said("True copy of the original (seal)"),
    )
    bundle = Bundle(front, layout.document, own, labels, marks, stamps, title)
    return bind(bundle, new, folder)


def _damaged(new: Path, name: str, pages: int, said: Words, progress: Progress) -> bool:
    """Read the file back: every page must be there and carry its number."""
    numbers = tuple(
        said("Page {number} of {total}", number=number, total=pages)
        for number in range(1, pages + 1)
    )
    return bool(
        child.run(
            pages_without,
            new,
            numbers,
            name=name,
            progress=progress,
            seconds=_CHECK_SECONDS,
        )
    )


def _unprintable(document: Document) -> tuple[PieceProblem, ...]:
    characters = "".join(sorted(document.type.unprintable))
    if not characters:
        return ()
    reason = Message.of(
        N_("no font has the characters {characters}; they are printed as codes"),
        characters=characters,
    )
    return (PieceProblem("", reason),)


REPORT = Report("claim_package", N_("Claim package"), (FileKind.PDF,))
