"""The headings under which accounting programs export a ledger, and the words they use in its rows. rules.md 11.6."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from creditdesk.catalog import reading
from creditdesk.i18n import Bilingual

KINDS = "headings"


class Field(StrEnum):
    """What a column of a ledger can mean. Recognition fills them in this order."""

    BUYER_NAME = "buyer_name"
    BUYER_CODE = "buyer_code"
    BUYER_USCC = "buyer_uscc"
    COUNTRY = "country"
    DOC_TYPE = "doc_type"
    DOC_NO = "doc_no"
    EINVOICE_NO = "einvoice_no"
    INVOICE_NO = "invoice_no"
    INVOICE_CODE = "invoice_code"
    VOUCHER_NO = "voucher_no"
    DOC_DATE = "doc_date"
    POST_DATE = "post_date"
    SHIP_DATE = "ship_date"
    DUE_DATE = "due_date"
    TERM = "term"
    CURRENCY = "currency"
    FX = "fx"
    AMOUNT = "amount"
    AMOUNT_FC = "amount_fc"
    AMOUNT_LC = "amount_lc"
    NET = "net"
    VAT = "vat"
    RATE = "rate"
    PAID = "paid"
    OPEN = "open"
    SETTLED_DATE = "settled_date"
    DISPUTED = "disputed"
    DIRECTION = "direction"
    MATCHED = "matched"
    AGAINST = "against"
    ACCOUNT = "account"
    STATUS = "status"
    VOID = "void"
    CONTRACT = "contract"
    PROJECT = "project"
    SALESMAN = "salesman"
    DEPT = "dept"
    ACCEPT_DATE = "accept_date"
    CONTRACT_AMOUNT = "contract_amount"
    DISCOUNT = "discount"
    WRITTEN_OFF = "written_off"
    SET_OFF = "set_off"
    RETENTION = "retention"
    RETENTION_DUE = "retention_due"
    ASSIGNED = "assigned"
    ASSIGNEE = "assignee"
    METHOD = "method"
    BILL_DUE = "bill_due"
    MEMO = "memo"
    FORM = "form"


class Word(StrEnum):
    """What a word in a row can say about the row."""

    TOTAL = "total"
    SUBTOTAL = "subtotal"
    OPENING = "opening"
    INVOICE = "invoice"
    RECEIPT = "receipt"
    DEPOSIT = "deposit"
    CREDIT_NOTE = "credit_note"
    REFUND = "refund"
    SET_OFF = "set_off"
    WRITTEN_OFF = "written_off"
    RECOVERED = "recovered"
    EXCHANGE = "exchange"
    OTHER = "other"
    VOID = "void"
    REVERSED = "reversed"
    DRAFT = "draft"
    DEBIT = "debit"
    CREDIT = "credit"
    RECEIVABLE = "receivable"
    YES = "yes"
    NO = "no"
    SETTLED = "settled"
    BILL = "bill"
    ELECTRONIC = "electronic"
    ON_PAPER = "on_paper"


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A list that is no ledger of invoices, told by its headings (normalised)."""

    id: str
    title: Bilingual
    headings: frozenset[str]
    at_least: int


@dataclass(frozen=True, slots=True)
class Headings:
    """Everything the shipped files know. Headings and words are normalised, better headings first.

    `currencies`: a currency's names to its ISO code.
    """

    fields: dict[Field, tuple[str, ...]]
    words: dict[Word, frozenset[str]]
    kinds: tuple[SheetKind, ...]
    currencies: dict[str, str]

    @property
    def all_names(self) -> frozenset[str]:
        """Every known heading, whatever it means."""
        return frozenset(name for names in self.fields.values() for name in names)

    def is_invoice(self, text: str) -> bool:
        """Whether a kind of document goes by a name of invoices: one of their words, or with one in it."""
        normal = normalised(text)
        return any(
            normal == word or (word in normal and (len(word) > 3 or not word.isascii()))
            for word in self.words[Word.INVOICE]
        )

    def says(self, text: str, *words: Word) -> bool:
        """Whether this text is one of these words."""
        normal = normalised(text)
        return any(normal in self.words[word] for word in words)


@dataclass(frozen=True, slots=True)
class _File:
    id: str
    fields: dict[Field, tuple[str, ...]]
    words: dict[Word, tuple[str, ...]]
    kind: tuple[SheetKind, ...] = ()
    currencies: dict[str, tuple[str, ...]] = field(default_factory=dict)


_LONGEST_HEADING = 200
_NOISE = re.compile(r"[\W_]+")


@lru_cache(maxsize=20_000)
def normalised(text: str) -> str:
    """A heading without case, width, blanks and punctuation: `Invoice_No.` is `invoiceno`; of a long one its start."""
    return _normalised(text[:_LONGEST_HEADING])


@lru_cache(maxsize=20_000)
def _normalised(text: str) -> str:
    """A sheet's headings and words are looked at for each field anew."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


@cache
def headings() -> Headings:
    """The headings of all shipped files, Chinese programs first."""
    paths = sorted(reading.folder(KINDS), key=lambda path: path.stem != "zh")
    return _joined([read(path) for path in paths])


def read(path: Path) -> Headings:
    """One file. Raises `CatalogError` for a key it does not know."""
    file = reading.read(path, _File)
    return Headings(
        {field: _texts(file.fields.get(field, ())) for field in Field},
        {word: frozenset(_texts(file.words.get(word, ()))) for word in Word},
        tuple(
            replace(each, headings=frozenset(_texts(each.headings)))
            for each in file.kind
        ),
        {
            name: code
            for code in file.currencies
            for name in _texts(file.currencies[code])
        },
    )


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalised(text) for text in texts))


def _joined(files: list[Headings]) -> Headings:
    return Headings(
        {
            field: tuple(
                dict.fromkeys(name for file in files for name in file.fields[field])
            )
            for field in Field
        },
        {
            word: frozenset().union(*(file.words[word] for file in files))
            for word in Word
        },
        tuple(kind for file in files for kind in file.kinds),
        {name: code for file in files for name, code in file.currencies.items()},
    )
