"""The currency that the number format of a cell names: `[$USD]`, `"¥"`, `[$€-2]`."""

import re
from functools import lru_cache

from creditdesk.catalog.headings import headings, normalised
from creditdesk.domain.base.money import is_currency

# `[$€-407]`: a sign and the number of the language it was chosen for; `[$-804]` has a language alone.
_BRACKETED = re.compile(r"\[\$([^\]-]*)(?:-([0-9A-Fa-f]+))?[^\]]*\]")
_QUOTED = re.compile(r'"([^"]*)"')
_BARE = re.compile(r"\\?([$€£¥￥₩₹₽฿₫])")
_DIGITS = re.compile("[0#?]")
_SIGNS = {
    "€": "EUR", "£": "GBP", "₩": "KRW", "₹": "INR", "₽": "RUB", "฿": "THB", "₫": "VND", "us$": "USD", "hk$": "HKD",
    "nt$": "TWD", "s$": "SGD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "r$": "BRL", "nz$": "NZD",
    "rmb¥": "CNY", "cn¥": "CNY", "jp¥": "JPY",
}  # fmt: skip
# Windows' numbers of languages: whose dollar or whose ¥ it is.
_DOLLARS = {
    0x409: "USD", 0xC09: "AUD", 0x1009: "CAD", 0xC0C: "CAD", 0xC04: "HKD", 0x3C09: "HKD", 0x404: "TWD",
    0x1004: "SGD", 0x4809: "SGD", 0x1409: "NZD", 0x80A: "MXN", 0x416: "BRL",
}  # fmt: skip
_YENS = {0x804: "CNY", 0x478: "CNY", 0x411: "JPY"}


@lru_cache(maxsize=1000)
def currency_of(format_code: str) -> str:
    """An ISO code, a bare `$` or `¥` where nobody says whose it is, or nothing."""
    first = format_code.split(";", maxsplit=1)[0]
    if not _DIGITS.search(first):
        return ""
    for sign, language in _BRACKETED.findall(first):
        if found := _named(sign, int(language or "0", 16)):
            return found
    rest = _BRACKETED.sub("", first)
    for shown in _QUOTED.findall(rest):
        if found := _named(shown):
            return found
    bare = _BARE.search(_QUOTED.sub("", rest))
    return _named(bare[1]) if bare else ""


def _named(shown: str, language: int = 0) -> str:
    sign = shown.strip().replace("￥", "¥")
    if sign == "$":
        return _DOLLARS.get(language, "$")
    if sign == "¥":
        return _YENS.get(language, "¥")
    code = sign.upper()
    return (
        _SIGNS.get(sign.casefold())
        or headings().currencies.get(normalised(sign), "")
        or (code if is_currency(code) else "")
    )
