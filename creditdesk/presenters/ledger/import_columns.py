"""What each column of a file becomes, in words, without Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from creditdesk.catalog.headings import Field
from creditdesk.i18n import N_
from creditdesk.importers.columns.mapping import Mapping
from creditdesk.importers.files.cells import Sheet, text
from creditdesk.presenters.parts.wording import Wording

FIELD_TITLES = {
    Field.BUYER_NAME: N_("Buyer's name"),
    Field.BUYER_CODE: N_("Buyer's code"),
    Field.BUYER_USCC: N_("Buyer's tax number"),
    Field.COUNTRY: N_("Buyer's country"),
    Field.DOC_TYPE: N_("Kind of document"),
    Field.DOC_NO: N_("Document number"),
    Field.EINVOICE_NO: N_("E-invoice number"),
    Field.INVOICE_NO: N_("Invoice number"),
    Field.INVOICE_CODE: N_("Invoice code"),
    Field.VOUCHER_NO: N_("Voucher number"),
    Field.DOC_DATE: N_("Document date"),
    Field.POST_DATE: N_("Posting date"),
    Field.SHIP_DATE: N_("Shipment date"),
    Field.ACCEPT_DATE: N_("Date of acceptance"),
    Field.DUE_DATE: N_("Due date"),
    Field.TERM: N_("Payment term"),
    Field.CURRENCY: N_("Currency"),
    Field.FX: N_("Exchange rate"),
    Field.AMOUNT: N_("Amount"),
    Field.AMOUNT_FC: N_("Amount in document currency"),
    Field.AMOUNT_LC: N_("Amount in local currency"),
    Field.NET: N_("Net amount"),
    Field.VAT: N_("VAT"),
    Field.RATE: N_("VAT rate"),
    Field.PAID: N_("Paid amount"),
    Field.OPEN: N_("Open amount"),
    Field.SETTLED_DATE: N_("Date of payment"),
    Field.DISPUTED: N_("Disputed"),
    Field.DIRECTION: N_("Debit or credit"),
    Field.MATCHED: N_("Matched"),
    Field.AGAINST: N_("Belongs to invoice"),
    Field.ACCOUNT: N_("Account"),
    Field.STATUS: N_("Status"),
    Field.VOID: N_("Void"),
    Field.CONTRACT: N_("Contract"),
    Field.PROJECT: N_("Project"),
    Field.SALESMAN: N_("Salesperson"),
    Field.DEPT: N_("Department"),
    Field.CONTRACT_AMOUNT: N_("Contract amount"),
    Field.DISCOUNT: N_("Discount given"),
    Field.WRITTEN_OFF: N_("Written off"),
    Field.SET_OFF: N_("Set off"),
    Field.RETENTION: N_("Retention"),
    Field.RETENTION_DUE: N_("Retention due"),
    Field.METHOD: N_("Way of payment"),
    Field.ASSIGNED: N_("Assigned"),
    Field.ASSIGNEE: N_("Assigned to"),
    Field.BILL_DUE: N_("Bill due"),
    Field.MEMO: N_("Memo"),
    Field.FORM: N_("Electronic or paper"),
}
_SURE = 0.9
_SAMPLED_ROWS = 20


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column of the file and what it becomes. `field` empty: not read. `reason`: why, with how sure it is."""

    column: int
    header: str
    sample: str
    field: str
    reason: str
    sure: bool


def guesses(sheet: Sheet, mapping: Mapping, wording: Wording) -> Sequence[ColumnGuess]:
    """Every column of the file, from the left."""
    found = {each.column: each for each in mapping.found}
    width = max(len(mapping.head.labels), *map(len, sheet.rows[:_SAMPLED_ROWS]), 0)
    labels = mapping.head.labels
    guessed = []
    for column in range(width):
        each = found.get(column)
        reason = ""
        if each is not None:
            reason = wording.message(each.reason)
            if each.guessed:
                reason += f" · {round(each.confidence * 100)}\u00a0%"
        guessed.append(
            ColumnGuess(
                column,
                labels[column] if column < len(labels) else "",
                _sample(sheet, mapping, column),
                each.field.value if each else "",
                reason,
                each is None or each.confidence >= _SURE,
            )
        )
    return guessed


def _sample(sheet: Sheet, mapping: Mapping, column: int) -> str:
    first = mapping.head.first_data_row
    for row in sheet.rows[first : first + _SAMPLED_ROWS]:
        if column < len(row) and text(row[column]):
            return text(row[column])
    return ""
