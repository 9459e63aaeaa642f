"""Recognises the text of scanned pages with OCRmyPDF where it and Tesseract are installed; runs in a child process.

Neither is a part of the program: they are looked for when they are wanted, and nothing is lost without them.
"""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Final

import pikepdf

from creditdesk import child
from creditdesk.evidence.laying import Laid, Part
from creditdesk.evidence.recogniser import is_there
from creditdesk.evidence.sheets import is_silent
from creditdesk.i18n import N_, Message

_LANGUAGES: Final = ("chi_sim", "eng")
_SECONDS: Final = 60
_SECONDS_A_PAGE: Final = 20
_MEGABYTES: Final = 1500


def recognise(laid: Laid, near: Path) -> None:
    """Put text beneath the pages that have none. A file it fails on stays as it is, and that is said."""
    if not is_there():
        return
    for number, part in enumerate(laid.parts):
        silent = sum(1 for page in part.pdf.pages if is_silent(page))
        if not silent:
            continue
        child.allow(_SECONDS + _SECONDS_A_PAGE * silent, _MEGABYTES)
        read = _read(part, near.with_name(f"{near.name}-ocr-{number}"), silent)
        if read is None:
            told = N_("the text of its pages could not be recognised")
            laid.remarks.append(Message(told))
            continue
        part.pdf.close()
        laid.parts[number] = replace(part, pdf=read)
        told = N_(
            "the text of {count} pages was recognised by a program and not checked"
        )
        laid.remarks.append(Message.of(told, count=silent))


def words_of(picture: Path) -> str:
    """What Tesseract reads in a picture; empty where it can't."""
    child.allow(_SECONDS + _SECONDS_A_PAGE, _MEGABYTES)
    command = [shutil.which("tesseract") or "", str(picture), "stdout", "-l", _languages()]  # fmt: skip
    try:
        return subprocess.run(  # noqa: S603 - a program of the system, and our own copy of the page
            command, check=True, capture_output=True, timeout=_SECONDS_A_PAGE
        ).stdout.decode(errors="ignore")
    except (subprocess.SubprocessError, OSError):
        return ""


def _read(part: Part, place: Path, silent: int) -> pikepdf.Pdf | None:
    given, made = place.with_suffix(".in.pdf"), place.with_suffix(".out.pdf")
    part.pdf.save(given)
    program = shutil.which("ocrmypdf") or ""
    command = [
        program,
        *("--skip-text", "--optimize", "0", "--output-type", "pdf", "--quiet"),
        *("--jobs", "1", "--language", _languages()),
        *(str(given), str(made)),
    ]
    try:
        subprocess.run(  # noqa: S603 - a program of the system, and our own copy of the file
            command,
            check=True,
            capture_output=True,
            timeout=_SECONDS + _SECONDS_A_PAGE * silent,
        )
        read = pikepdf.open(made)
    except (subprocess.SubprocessError, OSError, pikepdf.PdfError):
        return None
    if len(read.pages) != len(part.pdf.pages):
        read.close()
        return None
    return read


def _languages() -> str:
    """Those of ours Tesseract has; without its list, or without ours, its own first choice, English."""
    try:
        told = subprocess.run(  # noqa: S603 - as above
            [shutil.which("tesseract") or "", "--list-langs"],
            check=True,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
        )
    except (subprocess.SubprocessError, OSError):
        return "eng"
    there = [each for each in _LANGUAGES if each in told.stdout.split()]
    return "+".join(there) or "eng"
