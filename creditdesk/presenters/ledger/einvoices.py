"""Kept e-invoices as files that can be bound, without Qt."""

from pathlib import Path

from creditdesk.i18n import Language
from creditdesk.importers.structured.document import Structured
from creditdesk.intake.opening import open_file
from creditdesk.jobs import Progress
from creditdesk.reports import einvoice_page
from creditdesk.reports.einvoice_page import EinvoicePage


def printable(path: Path, language: Language, progress: Progress) -> Path:
    """The file itself where it has pages, else a page beside it that carries it. Raises what reading it raises."""
    if path.suffix.casefold() == ".pdf":
        return path
    opened = open_file(path, progress)
    if not isinstance(opened, Structured) or not opened.draft.documents:
        return path
    page = EinvoicePage(
        seller=opened.issuer.name if opened.issuer else "",
        document=opened.draft.documents[0],
        file_name=path.name,
        format=opened.title,
        content=path.read_bytes(),
    )
    printed = path.with_suffix(".pdf")
    einvoice_page.write(page, printed, language, progress)
    return printed
