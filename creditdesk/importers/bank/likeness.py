"""How sure it is that a sheet is a statement of a bank or a wallet, and no ledger."""

from dataclasses import dataclass

from creditdesk.catalog.statements import statement_headings
from creditdesk.i18n import N_, Message
from creditdesk.importers.bank.layout import headings_of, is_enough
from creditdesk.importers.bank.titles import is_journal, is_wallet
from creditdesk.importers.columns.heads import names
from creditdesk.importers.files.cells import Sheet, text

LEDGER = 0.1
"""The confidence in a sheet whose headings are a ledger's."""
_SURE = 4
_WALLETS = (
    "支付宝",
    "微信支付账单",
    "明细查询文件下载",
    "电子客户回单",
    "账户交易明细",
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How sure it is that a sheet is a bank's statement, 0 to 1, and why."""

    confidence: float
    reason: Message


def is_bank_statement(sheet: Sheet) -> Likeness:
    """Whether the sheet is a bank's statement rather than a ledger."""
    known = statement_headings()
    head, columns, texts = headings_of(sheet, known)
    if head is None or not is_enough(columns, texts):
        return Likeness(0.0, Message(N_("No date with money in or out.")))
    shown = {name for parts in head.parts for name in names(parts)}
    own = is_wallet(sheet, known) or is_journal(sheet, known)
    typical = [
        label
        for label, parts in zip(head.labels, head.parts, strict=True)
        if set(names(parts)) & known.typical
    ]
    preamble = " ".join(text(cell) for row in sheet.rows[: head.start] for cell in row)
    sure = len(typical) + 2 * any(word in preamble for word in _WALLETS)
    if (other := shown & known.never) and not own and sure < _SURE:
        told = Message.of(
            N_("Its headings are a ledger's: {headers}."), headers=tuple(sorted(other))
        )
        return Likeness(LEDGER, told)
    confidence = 0.95 if own or sure >= 2 else 0.6 if sure else 0.3
    told = Message.of(
        N_("Its headings are a bank's: {headers}."),
        headers=tuple(typical or [label for label in head.labels if label]),
    )
    return Likeness(confidence, told)


def is_surely(sheet: Sheet) -> bool:
    """Whether it is a wallet's statement or a bank journal, though invoices' numbers may stand in it."""
    known = statement_headings()
    if not (is_wallet(sheet, known) or is_journal(sheet, known)):
        return False
    head, columns, texts = headings_of(sheet, known)
    return head is not None and is_enough(columns, texts)
