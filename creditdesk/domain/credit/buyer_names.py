"""Buyers' names as they are compared: one way of writing the form, branches and places kept (rules.md 12.14)."""

import re
import unicodedata
from functools import lru_cache

_NOISE = re.compile(r"[\W_]+")
_LATIN = re.compile(r"[a-z]")
_LATIN_FORMS = (
    (re.compile(r"\b(?:company|co)\b[\s.,]*(?:limited|ltd)\b"), " coltd "),
    (re.compile(r"\blimited\b"), " ltd "),
    (re.compile(r"\bincorporated\b"), " inc "),
    (re.compile(r"\bcorporation\b"), " corp "),
    (re.compile(r"\bcompany\b"), " co "),
    (re.compile(r"\bg\.?\s?m\.?\s?b\.?\s?h\b"), " gmbh "),
    (re.compile(r"\bl\.?\s?l\.?\s?c\b"), " llc "),
    (re.compile(r"\bs\.\s?a\b"), " sa "),
    (re.compile(r"\bb\.\s?v\b"), " bv "),
)
_FORM_AT_END = re.compile(
    r"(?:股份有限公司|有限公司|公司|\b(?:coltd|ltd|inc|corp|co|gmbh|llc|ag|sa|bv|plc))[\W_]*$"
)
_BRANCH = re.compile(
    r"分公司|分店|分厂|分部|分院|分行|支行|支公司|办事处|代表处|经营部|营业部|门市部|项目部|"
    r"\bbranch\b|\brepresentative office\b|\bbetriebsst"
)
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_DIGITS = re.compile(r"[0-9零〇一二三四五六七八九十百甲乙丙丁东西南北]")


@lru_cache(maxsize=100_000)
def normal_name(name: str) -> str:
    """A name without case, width, blanks and punctuation, the company's form written one way.

    What stands in brackets stays, and so does every word for a branch: 甲(上海)公司 and 甲(北京)公司 are two.
    """
    return _NOISE.sub("", _with_one_form(name))


@lru_cache(maxsize=100_000)
def core_name(name: str) -> str:
    """A normal name without the company's form at its end; whole where nothing else is left."""
    core = _FORM_AT_END.sub("", _with_one_form(name))
    return _NOISE.sub("", core) or normal_name(name)


def _with_one_form(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    if not plain.isascii():
        plain = plain.replace("有限责任公司", "有限公司")
    if _LATIN.search(plain):
        for form, written in _LATIN_FORMS:
            plain = form.sub(written, plain)
    return plain


def is_branch(name: str) -> bool:
    """Whether the name says that it is a branch, an office or a works of a company."""
    return bool(_BRANCH.search(unicodedata.normalize("NFKC", name).casefold()))


def may_be_near(one: str, other: str) -> bool:
    """Whether a small difference between two names may be a slip of the pen.

    Figures and directions, the place in brackets, and how a name begins (two Chinese characters, one letter) tell
    companies apart.
    """
    if _told_apart(one) != _told_apart(other):
        return False
    first, second = core_name(one), core_name(other)
    alike = 1 if first.isascii() else 2
    return first[:alike] == second[:alike]


@lru_cache(maxsize=100_000)
def _told_apart(name: str) -> tuple[object, ...]:
    plain = unicodedata.normalize("NFKC", name)
    return tuple(_DIGITS.findall(plain)), tuple(
        normal_name(each) for each in _IN_BRACKETS.findall(plain)
    )
