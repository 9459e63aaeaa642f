"""Which invoices a person means by what people call them: all parts of a number, or one part. rules.md 14.2."""

from collections.abc import Iterable

from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.i18n import LANGUAGES, words
from creditdesk.models import Invoice
from creditdesk.readings.queries import name_of


def meant(invoices: Iterable[Invoice], text: str) -> tuple[Invoice, ...]:
    """Those a number or a part's name as it is shown stands for; empty: none.

    A number that was used anew and tells no document by itself means all that bear it.
    """
    known = [row for row in invoices if row.kind == DocumentKind.INVOICE]
    paper = [row for row in known if row.number.removesuffix(f" #{row.part}") == text]
    part = [row for row in known if text == row.number or text in _shown(row)]
    anew = [row for row in known if row.doc_no == text]
    return tuple(paper or part or anew)


def _shown(row: Invoice) -> set[str]:
    name = name_of(row)
    return {words(language).name(name) for language in LANGUAGES}
