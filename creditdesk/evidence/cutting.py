"""Leaves the pages of an excerpt in what was laid out, and turns them; runs in a child process.

An excerpt is what somebody chose to show: nothing of the other pages may come along, neither by a link or a bookmark
nor within a file that travels inside.
"""

from dataclasses import replace

import pikepdf

from creditdesk.domain.claim.excerpts import Excerpt
from creditdesk.evidence.laying import SIGNED, Laid, Part
from creditdesk.i18n import N_, Message

LEADS_ELSEWHERE = (
    "/AcroForm",
    "/Dests",
    "/Names",
    "/Outlines",
    "/StructTreeRoot",
    "/PageLabels",
)
"""What of a file's root names pages, the ones left out too."""
HANGS_ON = ("/Annots", "/B", "/StructParents", "/PieceInfo", "/AF")
"""What of a page leads out of it."""
_SIGNED_EXCERPT = N_("its signature is shown but can't be checked on this copy")


def cut(laid: Laid, excerpt: Excerpt) -> None:
    """The pages of the excerpt alone, turned as it says. What is laid out whole stays as it is."""
    if excerpt.whole or not laid.parts:
        return
    pages = laid.pages
    wanted = frozenset(excerpt.numbers(pages))
    before = 0
    parts = []
    for part in laid.parts:
        count = len(part.pdf.pages)
        parts.append(_cut(part, before, wanted, excerpt))
        before += count
    laid.parts[:] = [part for part in parts if part.pdf.pages]
    for part in parts:
        if not part.pdf.pages:
            part.pdf.close()
    if len(wanted) < pages:
        _say(laid, excerpt, pages)


def _cut(part: Part, before: int, wanted: frozenset[int], excerpt: Excerpt) -> Part:
    """`before`: how many pages of the piece come before this part."""
    pdf = part.pdf
    kept = [n for n in range(len(pdf.pages)) if before + n + 1 in wanted]
    for number in kept:
        angle = excerpt.turn(before + number + 1)
        if angle:
            pdf.pages[number].rotate(angle, relative=True)
    if len(kept) == len(pdf.pages):
        return part
    pdf.flatten_annotations(mode="all")
    for number in reversed(range(len(pdf.pages))):
        if number not in kept:
            del pdf.pages[number]
    # Pages may share one list of fonts and pictures, those of the others among them.
    pdf.remove_unreferenced_resources()
    for page in pdf.pages:
        let_go(page.obj, HANGS_ON)
    let_go(pdf.Root, LEADS_ELSEWHERE)
    now = {number: place for place, number in enumerate(kept)}
    marks = tuple(
        replace(mark, page=now[mark.page]) for mark in part.marks if mark.page in now
    )
    return replace(part, marks=marks)


def let_go(thing: pikepdf.Object, keys: tuple[str, ...]) -> None:
    """Take these entries out of it."""
    for key in keys:
        if key in thing:
            del thing[key]


def _say(laid: Laid, excerpt: Excerpt, pages: int) -> None:
    """What stays behind is named."""
    shown = excerpt.pages.replace(",", ", ")
    told = N_("pages {shown} of {pages} only")
    laid.remarks.insert(0, Message.of(told, shown=shown, pages=pages))
    leave_inside(laid, N_("files in it are left out with the other pages: {names}"))


def leave_inside(laid: Laid, left: str) -> None:
    """What would travel inside stays behind, and `left` says so with the `{names}`; the signed original as well."""
    laid.remarks[:] = [
        Message(_SIGNED_EXCERPT) if each.text == SIGNED else each
        for each in laid.remarks
    ]
    if laid.inside:
        names = ", ".join(each.name for each in laid.inside)
        laid.remarks.append(Message.of(left, names=names))
        laid.inside.clear()
