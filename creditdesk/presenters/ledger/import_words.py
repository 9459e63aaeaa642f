"""What imports are called and how the place of a figure is written."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.i18n import N_
from creditdesk.importers.formats import formats
from creditdesk.presenters.parts.table import Cell, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import BatchLine
from creditdesk.services.ledger.import_values import FieldChange, Value

KINDS = {
    "ledger": N_("Ledger"),
    "aged": N_("Aged summary"),
    "bank": N_("Bank statement"),
}
FIELDS = {
    "issued": N_("Date"),
    "due": N_("Due date"),
    "shipped": N_("Shipment date"),
    "term": N_("Payment term"),
    "currency": N_("Currency"),
    "amount_fine": N_("Amount"),
    "disputed_fine": N_("Disputed"),
    "net_fine": N_("Net amount"),
    "vat_fine": N_("VAT"),
    "vat_rate": N_("VAT rate"),
    "invoice_no": N_("Invoice number"),
    "against": N_("Belongs to invoice"),
    "contract": N_("Contract"),
    "memo": N_("Memo"),
    "paid_on": N_("Date of payment"),
    "dated": N_("Day given"),
    "code": N_("Buyer's code"),
}
RECORDS = {
    "invoice": N_("Ledger document"),
    "payment": N_("Payment"),
    "buyer": N_("Buyer"),
}


def kind_words(kind: str, format_id: str, wording: Wording) -> str:
    """What the file was: a structured format's own name, else ledger, aged summary or bank statement."""
    if kind == "ledger" and format_id:
        for each in formats():
            if format_id == each.id or format_id.startswith(f"{each.id}-"):
                return wording(each.title)
        return format_id
    return wording(KINDS[kind])


def place_words(file: str, sheet: str, row: int | None, wording: Wording) -> str:
    """`应收.xlsx · Sheet1 · row 12`; a text file has no sheet."""
    parts = [file, sheet]
    if row is not None:
        parts.append(wording(N_("row {row}"), row=row))
    return " · ".join(part for part in parts if part)


def place_cell(file: str, sheet: str, row: int | None, wording: Wording) -> Cell:
    """The same in a list; nothing for what was entered by hand."""
    if not file:
        return Cell("")
    said = place_words(file, sheet, row, wording)
    return Cell(said, Tone.QUIET, said)


def change_words(change: FieldChange, wording: Wording) -> str:
    """`Due date: not given → 2026-03-11`."""
    return wording(
        N_("{field}: {before} → {after}"),
        field=wording(FIELDS.get(change.field, change.field)),
        before=value_words(change.before, wording),
        after=value_words(change.after, wording),
    )


def value_words(value: Value, wording: Wording) -> str:
    """What a field holds, in words."""
    if value is None or value == "":
        return wording(N_("nothing"))
    if isinstance(value, Money):
        return wording.money(value)
    return value if isinstance(value, str) else wording.day(value)


def totals_words(
    totals: Mapping[str, Mapping[str, str]], wording: Wording
) -> Iterator[str]:
    """What a batch summed up to, one a currency."""
    for code, sums in totals.items():
        yield wording.money(Money(Decimal(sums["amount"]), code))


def rows_words(line: BatchLine, wording: Wording) -> str:
    """`234 read, 230 used, 3 skipped, 1 refused`."""
    parts = [
        wording(N_("{count} read"), count=f"{line.counts['rows_read']:,}"),
        wording(N_("{count} used"), count=f"{line.used:,}"),
    ]
    if line.skipped:
        parts.append(wording(N_("{count} skipped"), count=f"{line.skipped:,}"))
    if line.refused:
        parts.append(wording(N_("{count} refused"), count=f"{line.refused:,}"))
    return wording.list(parts)
