"""Lays the claim package out and binds it; runs in a child process, for it reads the attached files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from creditdesk import child
from creditdesk.disk import refusal
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.i18n import N_, Message, Words, words
from creditdesk.outputs import DocumentDamaged
from creditdesk.paper.pdf import Document
from creditdesk.paper.typeset import Typesetter
from creditdesk.reports import (
    binding,
    checking,
    claim_checklist,
    claim_figures,
    claim_form,
    claim_front,
    claim_index,
)
from creditdesk.reports.binding import Bound, Bundle, bind
from creditdesk.reports.claim_front import Contents
from creditdesk.reports.claim_written import Order, PieceProblem, WrittenPackage
from creditdesk.reports.gathering import Gathered, Sheaf, gather

_MEGABYTES = 1500
_BINDING_SECONDS = 900
_LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class _Layout:
    document: Document
    sections: Mapping[str, tuple[int, int]]


def make(order: Order) -> WrittenPackage:
    """Bind the package into `order.target` and read it back. Raises `DocumentDamaged`."""
    said = words(order.language)
    gathered = gather(order.given, order.language, dict(order.refused))
    try:
        sheaves = gathered.sheaves
        child.allow(_BINDING_SECONDS, _MEGABYTES)
        _tell(N_("Writing the package"), order)
        package = claim_index.with_states(order.package, sheaves)
        layout = _laid_out(package, sheaves, said)
        bound = _bind(package, gathered, layout, order)
        _tell(N_("Checking the package"), order)
        pages = layout.document.pages + len(gathered.sheets)
        if not checking.is_whole(order.target, bound, _numbers(pages, said)):
            raise DocumentDamaged(path=order.name)
        return WrittenPackage(
            pages,
            _complete(package, sheaves),
            claim_index.documents(sheaves, layout.sections, said),
            tuple(row for row in package.checklist if row.missing),
            (*claim_index.problems(sheaves), *_unprintable(layout.document)),
            package.gaps,
        )
    except OSError as error:
        raise refusal(error, order.folder) from error
    finally:
        gathered.close()


def _tell(what: str, order: Order) -> None:
    child.told(Message(what), len(order.given), len(order.given))


def _numbers(pages: int, said: Words) -> tuple[str, ...]:
    return tuple(
        said("Page {number} of {total}", number=number, total=pages)
        for number in range(1, pages + 1)
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
    typesetter = Typesetter()
    draft = _lay_out(package, sheaves, {}, said, typesetter)
    return _lay_out(package, sheaves, draft.sections, said, typesetter)


def _lay_out(
    package: ClaimPackage,
    sheaves: Sequence[Sheaf],
    sections: Mapping[str, tuple[int, int]],
    said: Words,
    typesetter: Typesetter,
) -> _Layout:
    document = Document(said.language, foot(package), typesetter)
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


def _bind(
    package: ClaimPackage, gathered: Gathered, layout: _Layout, order: Order
) -> Bound:
    said = layout.document.words
    own = [each for each in gathered.sheaves if each.pages and each.twin is None]
    labels = [
        f"{sheaf.piece.item} {sheaf.piece.title.in_language(said.language)}"
        for sheaf in own
    ]
    marks = [
        f"{label} · {sheaf.piece.file_name}"
        for label, sheaf in zip(labels, own, strict=True)
    ]
    stamped = binding.Words(
        foot(package),
        said("Page {number} of {total}", number="{number}", total="{total}"),
        said("Contents"),
        said("cross-page seal"),
        said("True copy of the original (seal)"),
    )
    bundle = Bundle(
        layout.document,
        gathered,
        own,
        labels,
        marks,
        stamped,
        title=said("Claim package {number}", number=package.number),
        author=package.firm.name or package.policyholder.name,
        language=_LANGUAGES[said.language],
        contents=layout.sections["contents"][0],
    )
    return bind(bundle, order.target, order.folder)


def _unprintable(document: Document) -> tuple[PieceProblem, ...]:
    characters = "".join(sorted(document.type.unprintable))
    if not characters:
        return ()
    reason = Message.of(
        N_("no font has the characters {characters}; they are printed as codes"),
        characters=characters,
    )
    return (PieceProblem("", reason),)
