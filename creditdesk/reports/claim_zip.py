"""Everything of a claim in one ZIP file: package, workbook and every attached file as it is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

import pyzipper

from creditdesk import private
from creditdesk.domain.claim.manner import USUAL, Manner
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.i18n import N_, Language, words
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.reports import claim_package, claim_workbook
from creditdesk.reports.claim_written import WrittenPackage
from creditdesk.reports.report import FileKind, Report

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


def write(  # noqa: PLR0913 - what is written, where and how
    package: ClaimPackage,
    path: Path,
    language: Language,
    progress: Progress,
    passphrase: str = "",
    *,
    manner: Manner = USUAL,
) -> WrittenPackage:
    """Write it; with a passphrase what is in it is encrypted (AES-256). Raises `CannotWrite`, `Cancelled`.

    The volumes of the answer have their names in it.
    """
    said = words(language)
    with private.folder() as folder, beside(path) as new:
        bound, book = folder / "package.pdf", folder / "claim.xlsx"
        written = claim_package.write(package, bound, language, progress, manner)
        claim_workbook.write(package, book, language, progress)
        with _archive(new, passphrase) as archive:
            number = package.number
            named = Path(f"{number} {said(N_('Claim package'))}.pdf")
            inside = [
                claim_package.volume_path(named, at)
                for at in range(1, len(written.volumes) + 1)
            ]
            for each, place in zip(written.volumes, inside, strict=True):
                archive.write(each.path, str(place))
            archive.write(book, f"{number} {said(N_('Claim workbook'))}.xlsx")
            for name, data in _originals(package, language, progress):
                archive.writestr(name, data)
        placed = zip(written.volumes, inside, strict=True)
        volumes = tuple(replace(each, path=name) for each, name in placed)
    return replace(written, volumes=volumes)


def _archive(path: Path, passphrase: str) -> pyzipper.AESZipFile:
    archive = pyzipper.AESZipFile(
        path,
        "w",
        compression=pyzipper.ZIP_DEFLATED,
        encryption=pyzipper.WZ_AES if passphrase else None,
    )
    if passphrase:
        archive.setpassword(passphrase.encode())
    return archive


def _originals(
    package: ClaimPackage, language: Language, progress: Progress
) -> Iterator[tuple[str, bytes]]:
    """By item; two files of one name are both there, the same file twice once for each item.

    Of what only some pages are bound, or places blackened, the whole stays on the desk: the rest is not to be seen.
    """
    taken: set[str] = set()
    for piece in progress.each(package.evidence, N_("Fetching evidence")):
        if piece.excerpt.withholds:
            continue
        title = f"{piece.item} {piece.title.in_language(language)}"
        folder = title.translate(_FORBIDDEN)
        place = PurePath(piece.file_name.translate(_FORBIDDEN))
        name, number = f"{folder}/{place}", 1
        while name.casefold() in taken:
            number += 1
            name = f"{folder}/{place.stem} ({number}){place.suffix}"
        taken.add(name.casefold())
        yield name, piece.read()


REPORT = Report("claim_zip", N_("Claim as a ZIP file"), (FileKind.ZIP,))
