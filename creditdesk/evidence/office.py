"""Prints Word and Excel files with LibreOffice where it is installed; runs in a child process."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pikepdf

from creditdesk.domain.base.evidence import Refused, media_of, without_pages
from creditdesk.i18n import N_, Message

_PROGRAMS: Final = ("soffice", "libreoffice")
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_SECONDS: Final = 50


def printed(path: Path, name: str) -> pikepdf.Pdf:
    """The file's pages as it prints them. Raises `Refused` where nothing prints it."""
    program = _program()
    if program is None:
        raise Refused(without_pages(media_of(name, path.read_bytes()[:2048])))
    folder = path.with_name(f"{path.name}-printed")
    profile = path.with_name(f"{path.name}-profile").absolute()
    named = path.with_name(f"{path.name}{Path(name).suffix}")
    shutil.copyfile(path, named)
    # A profile of its own: macros stay off, and a LibreOffice the person has open is not disturbed.
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder)),
        str(named),
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 - a program of the system, and our own copy of the file
        return pikepdf.open(folder / f"{named.stem}.pdf")
    except (subprocess.SubprocessError, OSError, pikepdf.PdfError) as error:
        reason = N_("LibreOffice could not print it; save it as PDF and attach that")
        raise Refused(Message(reason)) from error


def _program() -> str | None:
    found = (shutil.which(each) for each in _PROGRAMS)
    there = (each for each in _PLACES if Path(each).exists())
    return next((each for each in (*found, *there) if each), None)
