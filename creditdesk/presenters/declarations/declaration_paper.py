"""A period as the paper that goes to the insurer."""

from collections.abc import Iterator, Mapping
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.in_scope import Key, LedgerRow
from creditdesk.domain.declare.declared import Declared
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.reports.declaration import DeclarationLine, DeclarationPaper
from creditdesk.services.declarations import PeriodFile


def paper_of(
    file: PeriodFile,
    lines: Mapping[Key, Money],
    on: date,
    corrects: Declared | None = None,
) -> DeclarationPaper:
    """The paper with these documents and amounts; `corrects`: the declaration it takes the place of."""
    named = ""
    if corrects is not None:
        named = " · ".join(part for part in (corrects.reference, corrects.on.isoformat()) if part)  # fmt: skip
    return DeclarationPaper(
        policyholder=file.policyholder,
        insurer=file.insurer,
        policy_no=file.line.policy,
        kind=file.line.asked.kind,
        period=file.line.asked.period,
        on=on,
        lines=tuple(_lines(file, lines)),
        currency=file.currency,
        supplement=bool(file.standing) and corrects is None,
        corrects=named,
        vat_insured=file.vat_insured,
    )


def _lines(file: PeriodFile, lines: Mapping[Key, Money]) -> Iterator[DeclarationLine]:
    rows: Mapping[Key, LedgerRow] = {
        line.row.key: line.row for line in file.computed.lines
    }
    for key, amount in lines.items():
        buyer_id, number, kind = key
        buyer, row = file.buyers.get(buyer_id), rows.get(key)
        yield DeclarationLine(
            buyer=buyer.name if buyer else "",
            code=buyer.uscc or buyer.code if buyer else "",
            country=buyer.country if buyer else "",
            number=number,
            name=file.name(key),
            kind=DocumentKind(kind),
            shipped=row.day if row else None,
            due=row.due if row else None,
            term=row.term if row else "",
            amount=amount,
        )
