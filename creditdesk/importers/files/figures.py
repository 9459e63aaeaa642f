"""Amounts as people and programs write them, read exactly. rules.md 11.6."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from creditdesk.importers.files.cells import LONGEST_FIGURE, Cell, DamagedNumber

_PLAIN = re.compile(r"-?\d+(\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(,\d{2,3})*,\d{3}(\.\d*)?|\d+(\.\d*)?|\.\d+")
_SIGNS = re.compile(
    r"人民币|rmb|cny|usd|eur|gbp|hkd|jpy|aud|cad|sgd|hk\$|us\$|[¥$€£₩₹₽]|元整?|圆",
    re.IGNORECASE,
)
_SPACES = str.maketrans("", "", " \u00a0\u2009\u202f'’`")
_MINUS = str.maketrans("−–—‐‑﹣", "------")
_NOTHING = frozenset({"", "-", "--", "/", "n/a", "na", "null", "none", "nil", "无"})
_COMMA_CENTS = re.compile(r"\d,\d{1,2}\D*$")
_POINT_CENTS = re.compile(r"\d\.\d{1,2}\D*$")
_TEN_THOUSAND = 10_000
_DIGITS = 20


class NotAnAmount(ValueError):
    """The cell holds something, and it is no amount."""


def amount(
    cell: Cell, *, decimal_comma: bool = False, factor: int = 1
) -> Decimal | None:
    """The exact amount, None for an empty cell. Raises `NotAnAmount`, for what no ledger can mean too.

    A workbook's own number is taken at the 15 digits the workbook guarantees. `factor`: the unit of the column, which a
    cell that names its own (3.5万) doesn't need.
    """
    if cell is None:
        return None
    value = _read(cell, decimal_comma=decimal_comma)
    if value and factor != 1 and not (isinstance(cell, str) and "万" in cell):
        value *= factor
    if value is not None and not (value.is_finite() and value.adjusted() < _DIGITS):
        raise NotAnAmount(str(cell))
    return value


def _read(cell: Cell, *, decimal_comma: bool) -> Decimal | None:
    if isinstance(cell, float):
        return Decimal(f"{cell:.15g}")
    if not isinstance(cell, str) or isinstance(cell, DamagedNumber):
        raise NotAnAmount(str(cell))
    if len(cell) > LONGEST_FIGURE:
        raise NotAnAmount(cell)
    if not decimal_comma and cell.isascii() and _PLAIN.fullmatch(cell):
        return Decimal(cell)
    return _written(cell, decimal_comma=decimal_comma)


def is_amount(cell: Cell) -> bool:
    """Whether the cell is an amount, with a decimal point or a decimal comma."""
    for comma in (False, True):
        try:
            amount(cell, decimal_comma=comma)
        except NotAnAmount:
            continue
        return True
    return False


def writes_decimal_comma(cells: Iterable[Cell]) -> bool:
    """Whether a column means 1234.56 by `1.234,56`: some amount ends so and none ends in a point and cents."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    return any(map(_COMMA_CENTS.search, texts)) and not any(
        map(_POINT_CENTS.search, texts)
    )


def _written(shown: str, *, decimal_comma: bool) -> Decimal | None:
    bare = unicodedata.normalize("NFKC", shown).translate(_MINUS)
    bare = _SIGNS.sub("", bare).translate(_SPACES).casefold()
    if bare in _NOTHING:
        return None
    negative, digits = _without_sign(bare)
    factor = _TEN_THOUSAND if digits.endswith("万") else 1
    digits = digits.removesuffix("万")
    if decimal_comma:
        digits = digits.replace(".", "").replace(",", ".")
    if not _GROUPED.fullmatch(digits):
        raise NotAnAmount(shown)
    value = Decimal(digits.replace(",", "")) * factor
    return -value if negative else value


def _without_sign(bare: str) -> tuple[bool, str]:
    """Brackets, a minus before or behind, and Cr mean negative."""
    if bare.startswith("(") and bare.endswith(")"):
        return True, bare[1:-1]
    for mark in ("cr", "贷"):
        if bare.endswith(mark):
            return True, bare.removesuffix(mark)
    for mark in ("dr", "借", "+"):
        bare = bare.removesuffix(mark).removeprefix("+")
    if bare.startswith("-"):
        return True, bare[1:]
    return bare.endswith("-"), bare.removesuffix("-")
