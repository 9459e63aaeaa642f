"""What a file on its way in is called, how it was read, and what stands against it, without Qt."""

from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.mapping import RowKind
from creditdesk.importers.files.dates import Order
from creditdesk.intake.files import File
from creditdesk.intake.looking import Shape
from creditdesk.presenters.parts.wording import Wording

_SHAPES = {
    Shape.AGED: N_("Aged summary without documents"),
    Shape.BANK: N_("Bank statement"),
    Shape.CUSTOMERS: N_("List of customers"),
    Shape.UNKNOWN: N_("Not recognised"),
}
_KINDS = {
    RowKind.LEDGER: N_("Ledger of invoices"),
    RowKind.CREDIT_NOTES: N_("Credit notes"),
    RowKind.PAYMENTS: N_("Payments"),
}
_ORDERS = {
    Order.DAY_FIRST: N_("day first"),
    Order.MONTH_FIRST: N_("month first"),
    Order.YEAR_FIRST: N_("year first"),
    Order.MINGUO: N_("years counted from 1912 (民國)"),
}


def title(file: File | None, say: Wording) -> str:
    """What the file is, and how it was read."""
    if file is None:
        return say(N_("Invoices, credit notes and payments, as the client's program exports them"))  # fmt: skip
    parts = [file.name]
    piece = file.piece
    if piece is not None:
        parts.append(shape(file, say))
        if piece.by_profile:
            parts.append(say(N_("read as last time")))
        if piece.sheet is not None and piece.sheet.encoding:
            parts.append(piece.sheet.encoding)
        if piece.as_of is not None:
            parts.append(say(N_("as of {day}"), day=piece.as_of))
    return " · ".join(filter(None, (*parts, _order(file, say))))


def shape(file: File, say: Wording) -> str:
    """What kind of file it is."""
    piece = file.piece
    if piece is None:
        return say(N_("can't be read"))
    if piece.structured is not None:
        return say.message(piece.structured.title)
    if piece.shape is Shape.LEDGER and piece.mapping is not None:
        return say(_KINDS[piece.mapping.kind])
    return say(_SHAPES[piece.shape])


def fault(file: File | None, say: Wording) -> str:
    """What stands against taking the file in; empty: nothing."""
    if file is None:
        return ""
    if file.fault is not None:
        return say.message(file.fault)
    if file.piece and file.piece.shape is Shape.CUSTOMERS:
        return say(
            N_(
                "This is a list of customers. It gives their names to the invoices you drop together with it; "
                "by itself there is nothing to take in."
            )
        )
    return ""


def _order(file: File, say: Wording) -> str:
    """How the dates were read, in words."""
    if file.order is None:
        return ""
    return say(N_("Dates: {order}"), order=Message(_ORDERS[file.order]))
