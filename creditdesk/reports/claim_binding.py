"""Lays the claim package out and binds it; runs in a child process, for it reads the attached files."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from creditdesk import child
from creditdesk.disk import refusal
from creditdesk.domain.claim.manner import Manner
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.evidence import recogniser
from creditdesk.i18n import N_, Message, words
from creditdesk.outputs import DocumentDamaged
from creditdesk.paper.pdf import Document
from creditdesk.reports import checking, claim_index, margins
from creditdesk.reports.binding import Bound, Bundle, bind
from creditdesk.reports.claim_layout import Layout, foot, is_complete, laid_out
from creditdesk.reports.claim_written import (
    Order,
    PieceProblem,
    WrittenPackage,
    WrittenVolume,
)
from creditdesk.reports.gathering import Filling, Gathered, gather
from creditdesk.reports.leaves import Plan

_MEGABYTES = 1500
_BINDING_SECONDS = 900
_KEPT, _KEPT_A_PIECE = 200_000, 400
"""Bytes of a volume that are left to our own pages at first: their fonts take half of it, each piece a line or two."""
_SPARE = 20_000
_TRIES = 6
"""A volume that became too large is bound again with more room kept."""
_LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


def make(order: Order) -> WrittenPackage:
    """Bind the package into `order.target` and what else it takes, and read it back. Raises `DocumentDamaged`."""
    kept = _KEPT + _KEPT_A_PIECE * len(order.given)
    for _ in range(_TRIES):
        try:
            written, over = _made(order, kept)
        except OSError as error:
            raise refusal(error, order.folder) from error
        if not over:
            break
        kept += over + _SPARE
    return written


def _made(order: Order, kept: int) -> tuple[WrittenPackage, int]:
    """The package, and the bytes a volume is over the limit that could hold less."""
    said = words(order.language)
    filling = Filling(order.language, order.manner, kept)
    with closing(gather(order.given, filling, dict(order.refused))) as gathered:
        sheaves = gathered.sheaves
        child.allow(_BINDING_SECONDS, _MEGABYTES)
        _tell(N_("Writing the package"), order)
        package = claim_index.with_states(order.package, sheaves)
        layout = laid_out(package, gathered, said, order.manner)
        targets = (
            order.target,
            *(
                order.folder / f"volume-{number}.pdf"
                for number in range(2, len(gathered.volumes) + 1)
            ),
        )
        bound = _bind(package, gathered, layout, order, targets)
    _tell(N_("Checking the package"), order)
    for volume, target in zip(bound, targets, strict=True):
        if not checking.is_whole(target, volume):
            raise DocumentDamaged(path=order.name)
    volumes = _weighed(layout.plan, targets, order.manner)
    over = max(
        (
            written.size - (order.manner.most or 0)
            for written, each in zip(volumes, layout.plan.volumes, strict=True)
            if written.over and len(each.sheaves) > (each.number > 1)
        ),
        default=0,
    )
    written = WrittenPackage(
        layout.plan.pages,
        is_complete(package, sheaves),
        claim_index.documents(sheaves, layout.plan, said),
        tuple(row for row in package.checklist if row.missing),
        (*claim_index.problems(sheaves), *_unprintable(layout.document)),
        package.gaps,
        _notes(order),
        volumes,
    )
    return written, over


def _weighed(
    plan: Plan, targets: Sequence[Path], manner: Manner
) -> tuple[WrittenVolume, ...]:
    sizes = [target.stat().st_size for target in targets]
    return tuple(
        WrittenVolume(
            target,
            each.first,
            len(each.leaves),
            size,
            over=manner.most is not None and size > manner.most,
        )
        for each, target, size in zip(plan.volumes, targets, sizes, strict=True)
    )


def _notes(order: Order) -> tuple[Message, ...]:
    if order.manner.recognise and not recogniser.is_there():
        return (Message(recogniser.NOT_INSTALLED),)
    return ()


def _tell(what: str, order: Order) -> None:
    child.told(Message(what), len(order.given), len(order.given))


def _bind(
    package: ClaimPackage,
    gathered: Gathered,
    layout: Layout,
    order: Order,
    targets: Sequence[Path],
) -> tuple[Bound, ...]:
    said, volumes = layout.document.words, len(targets)
    labels = [
        f"{sheaf.piece.item} {sheaf.piece.title.in_language(said.language)}"
        for sheaf in gathered.sheaves
    ]
    marks = [
        f"{label} · {sheaf.piece.file_name}"
        for label, sheaf in zip(labels, gathered.sheaves, strict=True)
    ]
    page = said("Page {number} of {total}", number="{number}", total="{total}")
    title = said("Claim package {number}", number=package.number)
    named = [
        said("volume {volume} of {volumes}", volume=number, volumes=volumes)
        for number in range(1, volumes + 1)
    ]
    alone = volumes == 1
    stamped = margins.Words(
        foot(package),
        [page] if alone else [f"{page} · {each}" for each in named],
        said("Contents"),
        said("cross-page seal"),
        said("True copy of the original (seal)"),
    )
    bundle = Bundle(
        layout.document,
        gathered,
        layout.own,
        layout.plan,
        labels,
        marks,
        stamped,
        titles=[title] if alone else [f"{title}, {each}" for each in named],
        author=package.firm.name or package.policyholder.name,
        language=_LANGUAGES[said.language],
        manner=order.manner,
    )
    return bind(bundle, targets, order.folder)


def _unprintable(document: Document) -> tuple[PieceProblem, ...]:
    characters = "".join(sorted(document.type.unprintable))
    if not characters:
        return ()
    reason = Message.of(
        N_("no font has the characters {characters}; they are printed as codes"),
        characters=characters,
    )
    return (PieceProblem("", reason),)
