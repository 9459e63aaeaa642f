"""Which money an amount is in: what its cell, its number format or its heading says. rules.md 14.5."""

import re
import unicodedata
from collections.abc import Mapping as Table

from creditdesk.catalog.headings import Field, Headings, normalised
from creditdesk.importers.columns.mapping import Mapping
from creditdesk.importers.files.cells import Cell

DOLLARS = ("USD", "HKD", "CAD", "AUD", "SGD", "TWD", "NZD", "MOP")
"""Currencies that write a bare $."""
BARE_DOLLAR = "$"
_SIGNS = {
    "US$": "USD", "HK$": "HKD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NT$": "TWD", "S$": "SGD",
    "NZ$": "NZD", "MOP$": "MOP", "R$": "BRL", "$": BARE_DOLLAR, "€": "EUR", "£": "GBP", "¥": "CNY", "₩": "KRW",
    "₹": "INR", "₽": "RUB", "฿": "THB", "₫": "VND", "₱": "PHP", "₺": "TRY", "RMB": "CNY", "人民币": "CNY",
    "美元": "USD", "美金": "USD", "欧元": "EUR", "港币": "HKD", "港元": "HKD", "英镑": "GBP", "日元": "JPY",
}  # fmt: skip
_CODES = frozenset(_SIGNS.values()) - {BARE_DOLLAR} | {
    "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "MYR", "IDR", "AED", "SAR", "ZAR", "MXN", "ILS", "EGP", "PKR",
    "BDT", "LKR", "RON", "CLP", "COP", "PEN", "ARS", "KWD", "QAR", "KZT", "UAH",
}  # fmt: skip
_WRITTEN = re.compile(
    "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
    + r"|(?<![A-Z])[A-Z]{3}(?![A-Z])"
)
_WORDS = re.compile(r"[A-Za-z]+")
_ALSO_WORDS = frozenset({"TRY", "ARS", "COP", "CLP", "PEN", "RON"})
_FIELDS = (Field.AMOUNT_FC, Field.AMOUNT, Field.AMOUNT_LC, Field.OPEN)


def of_text(shown: str, client: str) -> str:
    """The ISO code of the money an amount is written in, `BARE_DOLLAR` where only that stands; empty: none is.

    `client`: the client's own currency; its yen are not taken for yuan.
    """
    found = _WRITTEN.search(unicodedata.normalize("NFKC", shown).upper())
    if found is None:
        return ""
    code = _SIGNS.get(found[0], found[0])
    if found[0] == "¥" and client == "JPY":
        return client
    if code == BARE_DOLLAR:
        return client if client in DOLLARS else BARE_DOLLAR
    return code if code in _CODES else ""


def of_cell(cell: Cell, client: str) -> str:
    """The same of a cell; a number cell writes none."""
    return of_text(cell, client) if isinstance(cell, str) else ""


def currencies_named(mapping: Mapping, known: Headings) -> Table[Field, str]:
    """The currency in the heading of an amount: 原币金额(USD), Amount in EUR, 美元金额."""
    if Field.CURRENCY in mapping.columns:
        return {}
    found = {}
    for field in _FIELDS:
        column = mapping.columns.get(field)
        if column is None or column >= len(mapping.head.parts):
            continue
        for part in mapping.head.parts[column]:
            if code := _of_heading(part, known):
                found[field] = code
                break
    return found


def _of_heading(shown: str, known: Headings) -> str:
    plain = unicodedata.normalize("NFKC", shown)
    for word in _WORDS.findall(plain):
        if word.upper() in _CODES and word.upper() not in _ALSO_WORDS:
            return str(word.upper())
    name = normalised(plain)
    for words, code in known.currencies.items():
        if len(words) > 1 and not words.isascii() and words in name and code != "CNY":
            return code
    return "CNY" if "人民币" in name or "rmb" in name else ""
