"""Which documents of a ledger a policy covers, as far as a ledger tells (rules.md 2.2 scope, excluded_buyers)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.policy.choices import PaymentMethod
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.i18n import N_

Key = tuple[int, str, str]
"""A document as the ledger names it: buyer, number, kind. An empty number: money nobody has assigned yet."""

_AHEAD = re.compile(
    r"预付|预收|款到发货|先款后货|现金|现款|现结|货到付款|\badvance\b|prepa(id|yment)|"
    r"^cash$|\bcash (with order|on delivery)\b|\bCOD\b|\bCIA\b|\bCWO\b",
    re.IGNORECASE,
)
_LETTER_OF_CREDIT = re.compile(
    r"信用证|\bL\s*/\s*C\b|\bLC\b|letter of credit", re.IGNORECASE
)
_METHODS = (
    ("LC_SIGHT", re.compile(r"即期信用证|(L\s*/\s*C|\bLC|letter of credit).*\bsight", re.IGNORECASE)),
    ("LC_USANCE", _LETTER_OF_CREDIT),
    ("DP", re.compile(r"付款交单|\bD\s*/?\s*P\b", re.IGNORECASE)),
    ("DA", re.compile(r"承兑交单|\bD\s*/?\s*A\b", re.IGNORECASE)),
    ("CAD", re.compile(r"\bCAD\b", re.IGNORECASE)),
    ("OA", re.compile(r"赊销|\bO\s*/?\s*A(?![a-z])|open account", re.IGNORECASE)),
)  # fmt: skip
_OPEN_ACCOUNT = "OA"
_NO = frozenset({"false", "no", "0", "否"})


class LeftOut(StrEnum):
    """Why a document is not declared."""

    EXCLUDED_BUYER = "EXCLUDED_BUYER"
    OTHER_BUYER = "OTHER_BUYER"
    OTHER_COUNTRY = "OTHER_COUNTRY"
    PAID_AHEAD = "PAID_AHEAD"
    LETTER_OF_CREDIT = "LETTER_OF_CREDIT"
    BY_HAND = "BY_HAND"


LEFT_OUT_WORDS: dict[LeftOut, str] = {
    LeftOut.EXCLUDED_BUYER: N_("the policy excludes this buyer"),
    LeftOut.OTHER_BUYER: N_("the policy names other buyers only"),
    LeftOut.OTHER_COUNTRY: N_("the policy does not cover the buyer's country"),
    LeftOut.PAID_AHEAD: N_("paid in advance or in cash: no credit is given"),
    LeftOut.LETTER_OF_CREDIT: N_("under a letter of credit, outside the scope"),
    LeftOut.BY_HAND: N_("left out by hand"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A buyer, by everything a policy may name it by. `former`: names and numbers of buyers merged into it."""

    id: int
    name: str
    code: str = ""
    uscc: str = ""
    country: str = ""
    former: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """What it answers to, for comparison only."""
        told = (self.name, self.code, self.uscc, *self.former)
        return frozenset(map(_bare, told)) - {""}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A document as the ledger has it; `amount` is positive for both kinds.

    `net`, `vat`, `vat_rate` None: the ledger doesn't say. `term`: the terms of payment in the ledger's own words.
    """

    buyer: Customer
    number: str
    kind: DocumentKind
    issued: date
    amount: Money
    shipped: date | None = None
    due: date | None = None
    against: str = ""
    net: Money | None = None
    vat: Money | None = None
    vat_rate: Decimal | None = None
    term: str = ""

    @property
    def key(self) -> Key:
        """What tells it again."""
        return self.buyer.id, self.number, self.kind.value

    @property
    def day(self) -> date:
        """The day that decides into which period it falls: shipment, or its own date where that isn't known."""
        return self.shipped or self.issued


@dataclass(frozen=True, slots=True)
class Named:
    """A company as a policy names it: the words for people, and everything it may be told by."""

    text: str
    names: frozenset[str]

    def means(self, buyer: Customer) -> bool:
        """Whether it is this buyer."""
        return bool(self.names & buyer.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class InScope:
    """What the policy covers, as far as it can be told from a ledger. None: it doesn't restrict."""

    excluded: tuple[Named, ...] = ()
    buyers: tuple[Named, ...] | None = None
    countries: frozenset[str] | None = None
    uncovered: frozenset[str] = frozenset()
    letters_of_credit: bool = True
    vat_insured: bool | None = None

    @classmethod
    def of(cls, terms: PolicyTerms) -> Self:
        """From the policy's fields scope, scope_table, excluded_buyers, country_table and vat_insured."""
        scope = str(terms.values.get("scope", "ALL"))
        listed = _named(terms.values.get("scope_table"))
        countries = frozenset[str]().union(*(each.names for each in listed))
        return cls(
            excluded=_named(terms.values.get("excluded_buyers")),
            buyers=listed or None if scope == "BUYERS" else None,
            countries=countries or None if scope == "COUNTRIES" else None,
            uncovered=_uncovered(terms.values.get("country_table")),
            letters_of_credit=scope != "NON_LC_ALL",
            vat_insured=terms.vat_insured,
        )

    def against(self, row: LedgerRow) -> LeftOut | None:
        """Why the policy leaves this document out; None: it doesn't, as far as the ledger tells."""
        tests = (
            (LeftOut.OTHER_COUNTRY, self.country_of(row.buyer) is not None),
            (LeftOut.PAID_AHEAD, bool(_AHEAD.search(row.term))),
            (LeftOut.LETTER_OF_CREDIT, not self.letters_of_credit and bool(_LETTER_OF_CREDIT.search(row.term))),
        )  # fmt: skip
        by_terms = next((reason for reason, applies in tests if applies), None)
        return self.leaves_out(row.buyer) or by_terms

    def country_of(self, buyer: Customer) -> LeftOut | None:
        """Whether the policy leaves the buyer's country out; a country nobody entered is not."""
        country = _bare(buyer.country)
        listed = self.countries is None or not country or country in self.countries
        out = not listed or country in self.uncovered
        return LeftOut.OTHER_COUNTRY if out else None

    def leaves_out(self, buyer: Customer) -> LeftOut | None:
        """Why the policy leaves a buyer out by name."""
        if any(each.means(buyer) for each in self.excluded):
            return LeftOut.EXCLUDED_BUYER
        if self.buyers is not None and not any(each.means(buyer) for each in self.buyers):  # fmt: skip
            return LeftOut.OTHER_BUYER
        return None

    def unknown_names(self, buyers: Iterable[Customer]) -> tuple[str, ...]:
        """Exclusions that are none of these buyers: kinds of companies a person must recognise."""
        known = tuple(buyers)
        return tuple(
            each.text
            for each in self.excluded
            if not any(each.means(buyer) for buyer in known)
        )


def method_of(term: str) -> str:
    """The way of payment that terms of payment name; open account where they name none."""
    return method_named(term) or _OPEN_ACCOUNT


def method_named(term: str) -> PaymentMethod | None:
    """The way of payment that terms of payment name. None: they name none, so nobody knows."""
    found = (PaymentMethod(name) for name, words in _METHODS if words.search(term))
    return next(found, None)


def _named(value: object) -> tuple[Named, ...]:
    """The companies of a table: texts, or rows whose every text names the company."""
    found = []
    for item in value if isinstance(value, list) else []:
        cells = item.values() if isinstance(item, dict) else (item,)
        texts = [text for text in cells if isinstance(text, str) and text.strip()]
        if texts:
            found.append(Named(texts[0].strip(), frozenset(map(_bare, texts))))
    return tuple(found)


def _uncovered(value: object) -> frozenset[str]:
    items = value if isinstance(value, list) else []
    return frozenset(
        _bare(str(item["country"]))
        for item in items
        if isinstance(item, dict)
        and "country" in item
        and str(item.get("covered", "")).casefold() in _NO
    )


def _bare(text: str) -> str:
    """For comparison: names differ in case, width of brackets and spaces only by accident."""
    same = text.translate(str.maketrans("（）", "()"))
    return "".join(same.split()).casefold()
