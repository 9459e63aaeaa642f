"""Lays our own pages of a claim package out, in the order of its parts, with the numbers of everything behind them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from creditdesk.domain.claim.manner import Manner
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.i18n import Words
from creditdesk.paper.pdf import Document
from creditdesk.paper.typeset import Typesetter
from creditdesk.reports import (
    claim_checklist,
    claim_figures,
    claim_form,
    claim_front,
    claim_index,
    leaves,
)
from creditdesk.reports.claim_front import Contents
from creditdesk.reports.gathering import Gathered, Sheaf
from creditdesk.reports.leaves import Own, Plan, bound, versos_wanted


@dataclass(frozen=True, slots=True)
class Layout:
    """Our pages, what they are, and where everything stands."""

    document: Document
    own: Own
    plan: Plan


def is_complete(package: ClaimPackage, sheaves: Sequence[Sheaf]) -> bool:
    """Whether nothing the insurer asks for is missing, unreadable or not computable."""
    computed = (
        package.calculation.result is not None and not package.calculation.missing
    )
    missing = any(row.missing for row in package.checklist)
    lacking = missing or package.gaps or claim_index.problems(sheaves)
    return computed and not lacking


def laid_out(
    package: ClaimPackage, gathered: Gathered, said: Words, manner: Manner
) -> Layout:
    """Laid out twice: the first time shows how many pages each part takes, the second prints their numbers."""
    typesetter = Typesetter()
    draft = Document(said.language, foot(package), typesetter)
    known = _lay_out(package, gathered, draft, manner)
    document = Document(said.language, foot(package), typesetter)
    return _lay_out(package, gathered, document, manner, known)


def _lay_out(
    package: ClaimPackage,
    gathered: Gathered,
    document: Document,
    manner: Manner,
    known: Layout | None = None,
) -> Layout:
    """`known`: the pages laid out before, without their numbers; those that print none are taken from there."""
    plan = known.plan if known else Plan()
    said, sheaves = document.words, gathered.sheaves
    volumes = len(gathered.volumes)
    contents = Contents(
        claim_index.entries(package, sheaves, plan, said),
        claim_index.problems(sheaves),
        is_complete(package, sheaves),
        plan.pages,
        plan.sections.get("files", (0, 0))[0],
        tuple((each.first, each.last) for each in plan.volumes) or ((0, 0),) * volumes,
    )
    found: dict[str, tuple[int, int]] = {}

    def part(key: str, draw: Callable[[], object]) -> None:
        """On a right-hand page, where backs are printed too."""
        if manner.duplex and document.pages % 2:
            document.blank()
        before = document.pages
        draw()
        found[key] = (before + 1, document.pages - before)

    def unnumbered(key: str, draw: Callable[[], object]) -> None:
        if known:
            part(key, lambda: document.take(known.document, *known.own.sections[key]))
        else:
            part(key, draw)

    def end() -> None:
        if manner.duplex and document.pages % 2:
            document.blank()

    part("cover", lambda: claim_front.cover(document, package, contents))
    part(
        "contents",
        lambda: claim_front.contents_pages(document, contents, draft=package.draft),
    )
    unnumbered("form", lambda: claim_form.form(document, package))
    unnumbered("narrative", lambda: claim_form.narrative(document, package))
    unnumbered(
        "calculation",
        lambda: claim_figures.calculation(
            document, package.calculation, draft=package.draft
        ),
    )
    unnumbered("schedule", lambda: claim_figures.schedule(document, package))
    digests: list[int] = []
    unnumbered(
        "checklist",
        lambda: digests.append(claim_checklist.checklist(document, package, sheaves)),
    )
    found["files"] = known.own.sections["files"] if known else (digests[0], 0)
    if any(True for _ in bound(sheaves)):
        end()
    front = document.pages
    titles = []
    for number in range(2, volumes + 1):
        before = document.pages
        claim_front.volume(document, package, contents, number)
        end()
        titles.append((before + 1, document.pages - before))
    blanks = []
    for _ in range(versos_wanted(sheaves) if manner.duplex else 0):
        document.blank()
        blanks.append(document.pages)
    own = Own(found, front, tuple(titles), tuple(blanks))
    return Layout(document, own, leaves.plan(own, sheaves, volumes))


def foot(package: ClaimPackage) -> str:
    """Whose file it is, at the foot of every page."""
    return f"{package.number} · {package.policyholder.name} / {package.buyer.name}"
