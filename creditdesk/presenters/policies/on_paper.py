"""What a marked place of the paper says of a value, as far as its text can be read; what can't be is not guessed."""

import re
import unicodedata
from decimal import Decimal

from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.policy.fields import FieldType, PolicyField
from creditdesk.presenters.policies.schedule import VALUE

_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_FIGURES = frozenset({FieldType.NUMBER, FieldType.PERCENT, FieldType.MONEY})
_SHOWN = 40


def says_so(field: PolicyField, text: str, marked: str) -> bool | None:
    """Whether the marked words say this value. None: they can't be compared."""
    said = _plain(marked)
    if not said or not text:
        return None
    if field.type in _FIGURES:
        figures = _figures(said)
        return Decimal(text) in figures if figures else None
    if field.type is FieldType.RULE:
        wanted = {
            Decimal(step.n)
            for way in CountRule.parse(text).ways
            for step in way.offsets
            if step.n
        }
        figures = _figures(said)
        return wanted <= set(figures) if wanted and figures else None
    if field.type is FieldType.DATE:
        days = _days(said)
        return text in days if days else None
    if field.type is FieldType.TEXT:
        return _plain(text) in said
    return None


def taken_from(field: PolicyField, marked: str) -> dict[str, str]:
    """The inputs as the marked words fill them, where they say one thing only; empty where a person must read them."""
    said = _plain(marked)
    if field.type in _FIGURES:
        figures = set(_figures(said))
        return {VALUE: f"{figures.pop():f}"} if len(figures) == 1 else {}
    if field.type is FieldType.RULE:
        figures = set(_figures(said))
        return {"n1": f"{figures.pop():f}"} if len(figures) == 1 else {}
    if field.type is FieldType.DATE:
        days = set(_days(said))
        return {VALUE: days.pop()} if len(days) == 1 else {}
    words = " ".join(marked.split())
    return {VALUE: words} if field.type is FieldType.TEXT and words else {}


def quoted(marked: str) -> str:
    """The marked words as they are quoted: on one line, cut where they are long."""
    words = " ".join(marked.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _figures(said: str) -> list[Decimal]:
    return [Decimal(each.replace(",", "")) for each in _FIGURE.findall(said)]


def _days(said: str) -> list[str]:
    found = (tuple(map(int, each)) for each in _DAY.findall(said))
    return [f"{year:04}-{month:02}-{day:02}" for year, month, day in found]
