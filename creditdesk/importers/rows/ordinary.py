"""Reads the ordinary rows of a ledger by columns: what `rows` and `outcome` make of them, many times quicker.

Ordinary is an invoice whose cells are what they should be and that no other row belongs to. Whatever is in doubt here
is not ordinary: it is left to the careful reading, which knows what to say of it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress, repeat
from typing import Any

from creditdesk.catalog.headings import Field, Headings, Word
from creditdesk.domain.base.money import FINE_DIGITS, exponent
from creditdesk.domain.ledger.documents import BuyerRef, DocumentKind, DueBy
from creditdesk.domain.ledger.marks import Mark, marked
from creditdesk.domain.ledger.rows import DocumentRow, PaymentRow
from creditdesk.domain.ledger.term_days import DueState
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.currencies import of_text
from creditdesk.importers.columns.layout import Layout, is_receivable
from creditdesk.importers.columns.mapping import RowKind
from creditdesk.importers.files.cells import Row
from creditdesk.importers.rows.amounts import currency_code, rate
from creditdesk.importers.rows.cells import is_nothing
from creditdesk.importers.rows.lines_read import (
    form_of,
    is_unassigned,
    voucher_number,
)
from creditdesk.importers.rows.portion import ODD, Memory, Portion
from creditdesk.importers.rows.terms import CLOSE, row_term
from creditdesk.jobs import Progress

_AT_ONCE = 10_000
_UNIT = 10**FINE_DIGITS
Key = tuple[str, str]


@dataclass(slots=True)
class Ordinary:
    """What the ordinary rows tell: a document each, and beside it its payment and whether its due date was counted."""

    documents: list[DocumentRow] = field(default_factory=list)
    payments: list[PaymentRow | None] = field(default_factory=list)
    counted: list[bool] = field(default_factory=list)

    @property
    def keys(self) -> list[Key]:
        """What tells documents apart: the buyer's code, else its name, and the number."""
        return [
            (each.buyer.code or each.buyer.name, each.number) for each in self.documents
        ]

    @property
    def finer(self) -> int:
        """How many amounts have parts of a cent."""
        return sum(each.amount_fine % _UNIT != 0 for each in self.documents)

    def without(self, keys: Iterable[Key]) -> "Ordinary":
        """Those of other keys."""
        gone = set(keys)
        return self.kept([key not in gone for key in self.keys])

    def add(self, other: "Ordinary", plain: Sequence[int]) -> None:
        """Take over those marked as plain."""
        kept = other.kept(plain)
        self.documents += kept.documents
        self.payments += kept.payments
        self.counted += kept.counted

    def kept(self, which: Sequence[int]) -> "Ordinary":
        """Those marked."""
        return Ordinary(
            list(compress(self.documents, which)),
            list(compress(self.payments, which)),
            list(compress(self.counted, which)),
        )


def ordinary(
    how: Layout, rows: Sequence[Row], first: int, progress: Progress
) -> Ordinary:
    """The ordinary ones of these rows; `first` is the number of the first row."""
    found = Ordinary()
    if how.kind is not RowKind.LEDGER or not how.amounts or how.factors:
        return found
    memory = Memory(how)
    for place in range(0, len(rows), _AT_ONCE):
        progress.step(Message(N_("Reading the rows")), place, len(rows))
        portion = Portion(memory, rows[place : place + _AT_ONCE])
        found.add(_read(portion, first + place), portion.plain)
    keys = found.keys
    if len(set(keys)) == len(keys):
        return found
    return found.without(key for key, times in Counter(keys).items() if times > 1)


def _read(portion: Portion, first: int) -> Ordinary:
    """All rows of a portion as if they were ordinary; it knows afterwards which are."""
    _refuse_others(portion)
    _refuse_places(portion, first)
    invoice_numbers = _invoice_numbers(portion)
    issued = [
        day or posted
        for day, posted in zip(
            portion.days(Field.DOC_DATE), portion.days(Field.POST_DATE), strict=True
        )
    ]
    numbers = _numbers(portion, invoice_numbers, issued)
    portion.keep(numbers)
    portion.keep(issued)
    terms = portion.texts(Field.TERM)
    given = portion.days(Field.DUE_DATE)
    buyers, currencies = _buyers(portion), _currencies(portion)
    shipped = portion.days(Field.SHIP_DATE)
    due = _due(portion, given, issued, shipped, buyers)
    digits = exponent(_main_currency(portion.how))
    amounts = portion.fines(portion.how.amounts[0], digits)
    portion.keep([amount is not None and amount > 0 for amount in amounts])
    nets, vats = _splits(portion, amounts, digits)
    documents = zip(
        range(first, first + portion.size), buyers, numbers, repeat(DocumentKind.INVOICE.value), issued, due,
        shipped, terms, currencies, amounts, repeat(0), nets, vats, _rates(portion),
        invoice_numbers, portion.identifiers(Field.AGAINST), portion.identifiers(Field.CONTRACT),
        _memos(portion), repeat(None), _due_by(due, given), repeat(""), repeat(0), repeat(""),
    )  # fmt: skip
    found = [DocumentRow._make(each) for each in documents]
    return Ordinary(
        found,
        _payments(portion, found, digits),
        [day is not None and not own for day, own in zip(due, given, strict=True)],
    )


def _numbers(
    portion: Portion, invoice_numbers: list[str], issued: Sequence[str | None]
) -> list[str]:
    """As `rows` has them: the document's own number, else the invoice's, else the voucher's."""
    by_month = portion.how.counts_by_month
    parts = zip(
        portion.identifiers(Field.DOC_NO),
        invoice_numbers,
        portion.identifiers(Field.VOUCHER_NO),
        issued,
        strict=True,
    )
    return [
        own
        or invoice
        or voucher_number(voucher, (day or "")[:7], counts_by_month=by_month)
        for own, invoice, voucher, day in parts
    ]


def _refuse_others(portion: Portion) -> None:
    """Rows that are void, of another kind or account, drafts or disputed, as `rows` and `row_amounts` tell them."""
    known = portion.how.known
    for where, words in {
        Field.STATUS: (Word.VOID, Word.DRAFT, Word.REVERSED),
        Field.VOID: (Word.VOID, Word.YES),
        Field.DIRECTION: (Word.CREDIT,),
        Field.METHOD: (Word.BILL,),
    }.items():
        portion.refuse(where, _says(known, words))
    portion.refuse(Field.DOC_TYPE, lambda shown: not _is_invoice(known, shown))
    for where in (Field.RETENTION, Field.ACCEPT_DATE, *portion.how.adjusts):
        portion.refuse(where, _holds_something)
    for where in (Field.ASSIGNED, Field.ASSIGNEE):
        portion.refuse(where, lambda shown: not is_unassigned(known, shown))
    portion.refuse(Field.OPEN, lambda shown: is_nothing(known, shown))
    if not portion.how.named and Field.CURRENCY not in portion.how.columns:
        portion.refuse(portion.how.amounts[0], _names_money)
    portion.refuse(
        Field.DISPUTED, lambda shown: bool(shown) and not known.says(shown, Word.NO)
    )
    if portion.how.by_account:
        portion.refuse(Field.ACCOUNT, lambda shown: not is_receivable(known, shown))


def _refuse_places(portion: Portion, first: int) -> None:
    """Rows whose number format names other money, or whose dates Excel may have exchanged; `first` counts from 1."""
    how = portion.how
    suspect = {row for row, _ in how.suspects}
    signs = how.signs.get(how.columns.get(how.amounts[0], -1), {})
    if not suspect and not signs:
        return
    main = _main_currency(how)
    for place in range(portion.size):
        row = first - 1 + place
        named = of_text(signs.get(row, ""), how.currency)
        if row in suspect or (named and named != main):
            portion.plain[place] = 0


def _is_invoice(known: Headings, shown: str) -> bool:
    """Whether a kind of document is an invoice by one of their words and no other; a row without one is."""
    others = (
        Word.OTHER, Word.CREDIT_NOTE, Word.RECEIPT, Word.DEPOSIT, Word.REFUND, Word.SET_OFF, Word.WRITTEN_OFF,
        Word.RECOVERED, Word.EXCHANGE, Word.BILL,
    )  # fmt: skip
    return not shown or (not known.says(shown, *others) and known.is_invoice(shown))


def _holds_something(shown: str) -> bool:
    return shown.strip() not in {"", "0", "0.00", "-"}


def _names_money(shown: str) -> bool:
    """Whether an amount is written with a sign or code of money."""
    return not shown.isascii() or any(map(str.isalpha, shown)) or "$" in shown


def _says(known: Headings, words: tuple[Word, ...]) -> Callable[[str], bool]:
    return lambda shown: known.says(shown, *words)


def _invoice_numbers(portion: Portion) -> list[str]:
    """As `rows` has them: the all-electronic number, else code and number, else the number."""
    parts = zip(
        portion.identifiers(Field.EINVOICE_NO),
        portion.identifiers(Field.INVOICE_CODE),
        portion.identifiers(Field.INVOICE_NO),
        strict=True,
    )
    return [
        own or (f"{code}-{number}" if code and number else number)
        for own, code, number in parts
    ]


def _due(
    portion: Portion,
    given: Sequence[str | None],
    issued: Sequence[str | None],
    shipped: Sequence[str | None],
    buyers: Sequence[BuyerRef],
) -> Sequence[str | None]:
    """The due dates given, else by the words of the term; what needs more than one day or a word makes its row odd."""
    how = portion.how
    for place, (own, day) in enumerate(zip(given, issued, strict=True)):
        if own and day and own < day:
            portion.plain[place] = 0
    if Field.TERM not in how.columns:
        return given

    def counted(
        told: tuple[str | None, str, str | None, BuyerRef | None, str | None],
    ) -> Any:  # noqa: ANN401 - a day, none, or odd
        day, words, left, buyer, own = told
        if not day or not words or buyer is None:
            return None
        days = (date.fromisoformat(each) if each else None for each in (day, left))
        on, ship = days
        assert on is not None  # noqa: S101 - just asked
        found = row_term(how, words, buyer, on, ship, None)
        if found is None or (found.state is DueState.PARTS and not own):
            return ODD
        if own and found.due and abs(found.due - date.fromisoformat(own)) > CLOSE:
            return ODD
        return found.due and found.due.isoformat()

    words = portion.texts(Field.TERM)
    told = zip(issued, words, shipped, buyers, given, strict=True)
    by_term = portion.memoised("counted", counted, list(told))
    return [own or other for own, other in zip(given, by_term, strict=True)]


def _due_by(due: Sequence[str | None], given: Sequence[str | None]) -> list[str]:
    return [
        DueBy.TERM.value if day and not own else ""
        for day, own in zip(due, given, strict=True)
    ]


def _buyers(portion: Portion) -> Sequence[BuyerRef]:
    """The buyers, one value for all rows of the same one."""

    def buyer(cells: tuple[str, str, str, str]) -> Any:  # noqa: ANN401 - a buyer, or odd
        code, name, uscc, country = cells
        if not code and not name:
            return ODD
        country = "" if country.isdigit() else country
        return BuyerRef(code=code, name=name or code, uscc=uscc, country=country)

    cells = zip(
        portion.identifiers(Field.BUYER_CODE),
        portion.texts(Field.BUYER_NAME),
        portion.identifiers(Field.BUYER_USCC),
        portion.texts(Field.COUNTRY),
        strict=True,
    )
    return portion.memoised("buyer", buyer, list(cells))


def _currencies(portion: Portion) -> Sequence[str]:
    """The currencies; one with other digits than the client's makes its row odd."""
    how = portion.how
    if Field.CURRENCY not in how.columns or how.amounts[0] is Field.AMOUNT_LC:
        return [_main_currency(how)] * portion.size
    digits = exponent(how.currency)

    def currency(shown: str) -> Any:  # noqa: ANN401 - a code, or odd
        code = currency_code(how, shown)
        return code if code and exponent(code) == digits else ODD

    return portion.memoised("currency", currency, portion.texts(Field.CURRENCY))


def _main_currency(how: Layout) -> str:
    """What amounts are in that name no currency of their own."""
    return how.named.get(how.amounts[0], how.currency)


def _splits(
    portion: Portion, amounts: Sequence[int | None], digits: int
) -> tuple[list[int | None], list[int | None]]:
    """Net and VAT where a row has both and they make its amount; a row where they don't is odd."""
    nets = portion.fines(Field.NET, digits)
    vats = portion.fines(Field.VAT, digits)
    for place, (net, vat) in enumerate(zip(nets, vats, strict=True)):
        if net is None or vat is None:
            nets[place] = vats[place] = None
        elif net + vat != amounts[place]:
            portion.plain[place] = 0
    # Nothing of either is kept as not given.
    return [net or None for net in nets], [vat or None for vat in vats]


def _memos(portion: Portion) -> Sequence[str]:
    """The row's own, and whether the invoice is electronic or on paper."""
    memos = portion.texts(Field.MEMO)
    if Field.FORM not in portion.how.columns:
        return memos
    known = portion.how.known
    forms = portion.memoised(
        "form", lambda shown: form_of(known, shown), portion.texts(Field.FORM)
    )
    return [
        marked(memo, Mark.SENT, form) if form else memo
        for memo, form in zip(memos, forms, strict=True)
    ]


def _rates(portion: Portion) -> Sequence[str]:
    def shown(cell: str) -> str:
        found = rate(cell)
        return "" if found is None else f"{found.normalize():f}"

    return portion.memoised("rate", shown, portion.texts(Field.RATE))


def _payments(
    portion: Portion, documents: Sequence[DocumentRow], digits: int
) -> list[PaymentRow | None]:
    """What each row says was paid, as `outcome` has it; more open than the amount is odd."""
    how = portion.how
    settled = portion.days(Field.SETTLED_DATE)
    if how.takes_open or not how.columns.keys() & {Field.PAID, Field.OPEN}:
        parts: Sequence[int | None] = [None] * portion.size
    else:
        paid_ones = portion.fines(Field.PAID, digits)
        left_ones = portion.fines(Field.OPEN, digits)
        parts = [
            paid if left is None else (document.amount_fine or 0) - left
            for document, paid, left in zip(
                documents, paid_ones, left_ones, strict=True
            )
        ]
        for place, (part, paid, left) in enumerate(
            zip(parts, paid_ones, left_ones, strict=True)
        ):
            if left is not None and paid is not None and part != paid:
                portion.plain[place] = 0
    found: list[PaymentRow | None] = []
    for place, (row, part, day) in enumerate(
        zip(documents, parts, settled, strict=True)
    ):
        paid = row.amount_fine if part is None and day else part
        if paid and paid < 0:
            portion.plain[place] = 0
        found.append(_payment(row, paid, day) if paid else None)
    return found


def _payment(row: DocumentRow, paid: int, settled: str | None) -> PaymentRow:
    key = f"{'settled' if settled else 'paid'}:{row.number}"
    return PaymentRow(
        row.row, row.buyer, row.issued, 0, key, row.number, settled or row.issued, int(settled is not None),
        row.currency, paid, "",
    )  # fmt: skip
