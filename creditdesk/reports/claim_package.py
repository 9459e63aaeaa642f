"""The claim package: one PDF with everything the insurer asks for, ready to print, seal and send."""

import shutil
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from creditdesk import child, private
from creditdesk.domain.claim.manner import USUAL, Manner
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.i18n import N_, Language
from creditdesk.jobs import Progress
from creditdesk.outputs import DocumentDamaged, OutputThere, beside
from creditdesk.reports.binder import fetch
from creditdesk.reports.claim_written import Order, WrittenPackage
from creditdesk.reports.report import FileKind, Report

_SECONDS = 60
"""So long a single piece may take."""


def write(  # noqa: PLR0913 - what is written, where and how
    package: ClaimPackage,
    path: Path,
    language: Language,
    progress: Progress,
    manner: Manner = USUAL,
    *,
    over: bool = True,
) -> WrittenPackage:
    """Write the package; `path` is replaced only by a whole, checked file. Raises `CannotWrite`, `Cancelled`.

    Further volumes, where one file would be larger than `manner` says, stand beside it: see `volume_path`. Where a
    file has that name and `over` is False nothing is written: `OutputThere`.
    """
    with ExitStack() as held:
        folder = held.enter_context(private.folder())
        new = held.enter_context(beside(path))
        package = in_order(package)
        given = fetch(package.evidence, folder, progress)
        named = replace(package, evidence=tuple(each.piece for each in given))
        order = Order(named, given, language, new, folder, path.name, manner)
        written = _bound(order, progress)
        placed = []
        for number, each in enumerate(written.volumes, start=1):
            target = volume_path(path, number)
            if number > 1:
                if not over and target.exists():
                    raise OutputThere(path=target)
                shutil.move(each.path, held.enter_context(beside(target)))
            placed.append(replace(each, path=target))
    return replace(written, volumes=tuple(placed))


def volume_path(path: Path, number: int) -> Path:
    """The file of a volume: the first has the name asked for, the others their number behind it."""
    return path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")


def in_order(package: ClaimPackage) -> ClaimPackage:
    """The package with its evidence in the order of the checklist."""
    codes = [row.code for row in package.checklist]

    def place(item: str) -> int:
        return codes.index(item) if item in codes else len(codes)

    ordered = sorted(package.evidence, key=lambda piece: place(piece.item))
    return replace(package, evidence=tuple(ordered))


def _bound(order: Order, progress: Progress) -> WrittenPackage:
    """One process reads every piece. One that hangs or kills it is named, and the others are bound without it."""
    while True:
        try:
            return child.run(
                _make, order, name=order.name, progress=progress, seconds=_SECONDS
            )
        except (child.FileUnreadable, child.ReadingTookTooLong) as error:
            order = _without(order, error)


def _without(
    order: Order, error: child.FileUnreadable | child.ReadingTookTooLong
) -> Order:
    at = error.at
    known = {index for index, _ in order.refused}
    if at is None or at in known or at >= len(order.given):
        raise DocumentDamaged(path=order.name) from error
    name = order.given[at].piece.file_name
    reason = type(error)(**{**error.places, "name": name}).said
    return replace(order, refused=(*order.refused, (at, reason)))


def _make(order: Order) -> WrittenPackage:
    # What sets and binds pages is heavy, and reads foreign files: only the child loads it.
    from creditdesk.reports.claim_binding import make  # noqa: PLC0415 - see above

    return make(order)


REPORT = Report("claim_package", N_("Claim package"), (FileKind.PDF,))
