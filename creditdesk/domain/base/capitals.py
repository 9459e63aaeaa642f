"""An amount in Chinese capitals, as cheques, receipts and claim forms want it (rules.md 11.3)."""

from creditdesk.domain.base.money import Money, exponent
from creditdesk.errors import UserError
from creditdesk.i18n import N_

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_PARTS = ("角", "分", "厘")
_LARGEST = 10**16
_NAMES = {
    "AUD": "澳大利亚元",
    "CAD": "加拿大元",
    "CHF": "瑞士法郎",
    "CNY": "人民币",
    "EUR": "欧元",
    "GBP": "英镑",
    "HKD": "港元",
    "JPY": "日元",
    "KRW": "韩元",
    "MOP": "澳门元",
    "NZD": "新西兰元",
    "SGD": "新加坡元",
    "TWD": "新台币",
    "USD": "美元",
}


class AmountTooLargeForCapitals(UserError):
    """The capitals end below ten thousand times a million million."""

    message = N_("{amount} is too large to be written in Chinese capitals.")


def capitals(amount: Money, *, jiao_zheng: bool = False) -> str:
    """The amount with its currency's name, rounded to the minor unit: 人民币壹佰元整.

    `jiao_zheng` writes 整 also behind 角. A currency without a Chinese name here keeps its code.
    """
    digits = abs(amount.rounded().minor)
    whole, fraction = divmod(digits, 10 ** exponent(amount.currency))
    if whole >= _LARGEST:
        raise AmountTooLargeForCapitals(amount=amount)
    sign = "负" if amount.rounded().minor < 0 else ""
    parts = f"{fraction:0{exponent(amount.currency)}d}" if fraction else ""
    name = _NAMES.get(amount.currency, amount.currency)
    return f"{name}{sign}{_yuan(whole, parts)}{_small(whole, parts)}{_end(parts, jiao_zheng=jiao_zheng)}"


def _yuan(whole: int, parts: str) -> str:
    if whole == 0:
        return "" if parts else "零元"
    # One zero before 元 is passed over, several are said: both spellings of the regulation are right.
    several = whole % 100 == 0 and parts and parts[0] != "0"
    return f"{_number(whole)}元{'零' if several else ''}"


def _small(whole: int, parts: str) -> str:
    said = ""
    for digit, unit in zip(parts.rstrip("0"), _PARTS, strict=False):
        if digit != "0":
            said += _DIGITS[int(digit)] + unit
        elif (whole or said) and not said.endswith("零"):
            said += "零"
    return said


def _end(parts: str, *, jiao_zheng: bool) -> str:
    last = len(parts.rstrip("0"))
    return "整" if last == 0 or (last == 1 and jiao_zheng) else ""


def _number(value: int) -> str:
    """A whole number in words: 万 and 亿 each end a group of four or eight digits."""
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if value >= size:
            high, low = divmod(value, size)
            # Zeros that lead the lower group are said once; those that end the higher one are not.
            gap = "零" if 0 < low < size // 10 else ""
            return f"{_number(high)}{unit}{gap}{_number(low) if low else ''}"
    return _group(value)


def _group(value: int) -> str:
    said = ""
    for place in reversed(range(4)):
        digit = value // 10**place % 10
        if digit:
            said += _DIGITS[digit] + _PLACES[place]
        elif said and value % 10**place and not said.endswith("零"):
            said += "零"
    return said
