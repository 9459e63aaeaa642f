"""Whether the one who paid is the one who owes: names as banks write them. rules.md 11.2."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

_NOISE = re.compile(r"[\W_]+")
# Only at the end: a branch goes on after the form and stays apart.
_FORMS = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|companylimited|coltd|limited|ltd|inc|incorporated|corporation|corp|llc|gmbh|ag|sa|bv|plc)$"
)
_WITHIN = re.compile(r"有限公司|有限责任公司|公司|ltd|limited|inc|gmbh|bank|银行")
_BRANCH = re.compile(r".*(分公司|分店|分厂|办事处|分行|支行|branch)")


class Kinship(StrEnum):
    """What a payer's name is to a buyer's."""

    SAME = "same"
    FORM = "form"
    BRANCH = "branch"
    NONE = "none"


@lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """A name without case, width, brackets and blanks."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name).casefold())


@lru_cache(maxsize=50_000)
def core(name: str) -> str:
    """A plain name without the form of the company at its end; whole when nothing else is left."""
    shown = plain(name)
    return _FORMS.sub("", shown) or shown


def kinship(payer: str, name: str) -> Kinship:
    """`SAME` but for width and punctuation, the same but for the company's form, its branch (or the branch's head)."""
    one, other = plain(payer), plain(name)
    if not one or not other:
        return Kinship.NONE
    if one == other:
        return Kinship.SAME
    if core(payer) == core(name):
        return Kinship.FORM
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    if longer.startswith(shorter) and _BRANCH.fullmatch(longer[len(shorter) :]):
        return Kinship.BRANCH
    return Kinship.NONE


def heads(name: str) -> tuple[str, ...]:
    """The companies whose branch this name may be, plain: what stands before the place of the branch."""
    shown = plain(name)
    if not _BRANCH.fullmatch(shown):
        return ()
    return tuple(
        shown[: found.end()]
        for found in _WITHIN.finditer(shown)
        if found.end() < len(shown)
    )
