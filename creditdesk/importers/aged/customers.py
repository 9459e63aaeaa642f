"""Reads lists of customers: the names behind the codes of a ledger that is dropped together with them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from creditdesk.catalog.headings import Field, Headings, headings
from creditdesk.domain.ledger.documents import BuyerRef, LedgerDraft
from creditdesk.domain.ledger.rows import Rows, document_rows, payment_rows
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.heads import Head, heads, names
from creditdesk.importers.columns.mapping import cell
from creditdesk.importers.files.cells import Row, Sheet, identifier, text

_CODES = ("id", "customerid", "contactid", "clientid")
_NAMES = ("displayname", "companyname", "fullyqualifiedname", "customername", "name")


@dataclass(frozen=True, slots=True)
class Customers:
    """The names, tax numbers and payment terms of a list, by the customers' codes."""

    file_name: str
    by_code: dict[str, BuyerRef]


def read(sheet: Sheet, known: Headings | None = None) -> Customers | None:
    """The customers of a list that has codes and names, None when it has not."""
    known = known or headings()
    for head in heads(sheet):
        code = _column(head, (*known.fields[Field.BUYER_CODE], *_CODES), first=_CODES)
        name = _column(head, (*_NAMES, *known.fields[Field.BUYER_NAME]), without=code)
        if code is None or name is None:
            continue
        uscc = _column(head, known.fields[Field.BUYER_USCC])
        country = _column(head, known.fields[Field.COUNTRY])
        term = _column(head, known.fields[Field.TERM])
        rows = sheet.rows[head.first_data_row :]
        found = _customers(rows, code, name, uscc, country, term)
        if found:
            return Customers(sheet.file_name, found)
    return None


def named(draft: LedgerDraft, customers: Iterable[Customers]) -> LedgerDraft:
    """The draft with the customers' payment terms, and their names where it has codes only; what was done is noted."""
    lists = tuple(customers)
    known = {code: ref for each in lists for code, ref in each.by_code.items()}
    if not known:
        return draft
    renamed: set[str] = set()
    termed: set[str] = set()

    def better(ref: BuyerRef) -> BuyerRef:
        found = known.get(ref.code)
        if found is None:
            return ref
        if found.term:
            termed.add(ref.code)
            ref = replace(ref, term=found.term)
        if ref.name and ref.name != ref.code:
            return ref
        renamed.add(ref.code)
        return replace(
            ref,
            name=found.name,
            uscc=ref.uscc or found.uscc,
            country=ref.country or found.country,
        )

    documents = Rows(
        tuple(
            row._replace(buyer=better(row.buyer))
            for row in document_rows(draft.documents)
        )
    )
    payments = Rows(
        tuple(
            row._replace(buyer=better(row.buyer))
            for row in payment_rows(draft.payments)
        )
    )
    files = tuple(each.file_name for each in lists)
    told = (
        (N_("The names of {count} buyers were taken from {files}."), renamed),
        (N_("The payment terms of {count} buyers were taken from {files}."), termed),
    )
    notes = [Problem(Message.of(text, count=len(codes), files=files)) for text, codes in told if codes]  # fmt: skip
    if not notes:
        return draft
    return replace(
        draft,
        documents=documents,
        payments=payments,
        notes=(*notes, *draft.notes),
    )


def _column(
    head: Head,
    aliases: tuple[str, ...],
    *,
    first: tuple[str, ...] = (),
    without: int | None = None,
) -> int | None:
    """The column of the best of these names; those of `first` before all others."""
    order = (*first, *aliases)
    ranked = [
        (order.index(name), column)
        for column, parts in enumerate(head.parts)
        for name in names(parts)
        if name in order and column != without
    ]
    return min(ranked)[1] if ranked else None


def _customers(  # noqa: PLR0913, PLR0917 - what a list tells
    rows: tuple[Row, ...],
    code: int,
    name: int,
    uscc: int | None,
    country: int | None,
    term: int | None,
) -> dict[str, BuyerRef]:
    found: dict[str, BuyerRef] = {}
    for row in rows:
        number, shown = identifier(cell(row, code)), text(cell(row, name))
        if number and shown:
            found.setdefault(
                number,
                BuyerRef(
                    code=number,
                    name=shown,
                    uscc="" if uscc is None else identifier(cell(row, uscc)),
                    country="" if country is None else text(cell(row, country)),
                    term="" if term is None else text(cell(row, term)),
                ),
            )
    return found
