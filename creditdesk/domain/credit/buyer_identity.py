"""Whether two buyers of one client are the same company: by tax id, name and code (rules.md 11.1, 12 trap 14)."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from creditdesk.domain.base.identity import check_uscc, normalized
from creditdesk.domain.credit.buyer_names import core_name, is_branch, normal_name
from creditdesk.i18n import N_, Message

_SHORTEST_TAX_ID = 8
_OLD_NUMBER, _NEW_NUMBER = 15, 18


class Reason(StrEnum):
    """Why two buyers may be one, or are two."""

    TAX_ID = "tax_id"
    NAME = "name"
    ALIAS = "alias"
    FORM = "form"
    NEAR = "near"
    ZEROS = "zeros"
    CODE_FORM = "code_form"
    TAX_ID_MISSING = "tax_id_missing"
    TAX_ID_DIFFERS = "tax_id_differs"
    TAX_ID_WRONG = "tax_id_wrong"
    CODE_DIFFERS = "code_differs"
    NAME_DIFFERS = "name_differs"
    BRANCH = "branch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What tells a buyer. `aliases`: other names in ledgers; `codes`: its own, then those of buyers merged into it."""

    name: str
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    tax_id: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name on the card, then the others."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Ground:
    """One argument, with its sentence."""

    reason: Reason
    said: Message


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two buyers look like one. `confidence` is a percentage; 0: they are not to be proposed."""

    confidence: int
    grounds: tuple[Ground, ...]

    @property
    def question(self) -> Message | None:
        """What is asked where codes differ by leading zeros only, whatever else there is."""
        for each in self.grounds:
            if each.reason is Reason.ZEROS:
                text = N_("Is {one} the same customer as {other}?")
                return Message(text, each.said.places)
        return None


_FOR = {
    Reason.TAX_ID: 95,
    Reason.ALIAS: 85,
    Reason.NAME: 85,
    Reason.FORM: 60,
    Reason.CODE_FORM: 55,
    Reason.NEAR: 50,
    Reason.ZEROS: 45,
}
"""What each argument weighs alone, in per cent; a second one adds a third of what is left."""
_AGAINST = {
    Reason.TAX_ID_DIFFERS: 50,
    Reason.CODE_DIFFERS: 20,
    Reason.NAME_DIFFERS: 20,
    Reason.TAX_ID_WRONG: 5,
}


def tax_key(tax_id: str) -> str:
    """A tax id as it is compared; empty for what can't be one, as 0 or 无.

    An old number of 15 digits is the middle of the social credit code that took its place.
    """
    plain = normalized(tax_id)
    if len(plain) < _SHORTEST_TAX_ID or not plain.isalnum() or not plain.isascii():
        return ""
    if len(set(plain)) < 3 or not any(each.isdigit() for each in plain):
        return ""
    return plain[2:17] if len(plain) == _NEW_NUMBER else plain


def code_key(code: str) -> str:
    """A code without width and case."""
    return unicodedata.normalize("NFKC", code).casefold().strip()


def code_without_zeros(code: str) -> str:
    """A code without width, case and the zeros before it."""
    plain = code_key(code)
    return plain.lstrip("0") or plain[-1:]


def differ_by_zeros(one: str, other: str) -> bool:
    """Whether two codes are the same but for the zeros before them."""
    return (
        bool(one and other)
        and code_key(one) != code_key(other)
        and code_without_zeros(one) == code_without_zeros(other)
    )


def likeness(one: Identity, other: Identity, nearness: int = 0) -> Likeness:
    """How far two buyers look like one, with the arguments for and against.

    `nearness`: how near the names are, in per cent, as far as `may_be_near`; 0 where nobody measured it.
    """
    if _branch_and_head(one, other):
        said = N_("One is a branch of the other, or both are: they stay apart.")
        return Likeness(0, (Ground(Reason.BRANCH, Message(said)),))
    found = [
        *_by_tax_id(one, other),
        *_by_name(one, other, nearness),
        *_by_code(one, other),
    ]
    reasons = {each.reason for each in found}
    if not reasons & {Reason.NAME, Reason.ALIAS, Reason.FORM, Reason.NEAR}:
        said = N_("Their names are different.")
        if Reason.TAX_ID in reasons:
            said = N_("Their names are different: it was renamed, or a tax id is wrong.")  # fmt: skip
        found.append(Ground(Reason.NAME_DIFFERS, Message(said)))
    grounds = tuple(sorted(found, key=_order))
    near_only = {Reason.NEAR, Reason.TAX_ID_DIFFERS} <= reasons
    if near_only and not reasons & {Reason.ZEROS, Reason.CODE_FORM}:
        # Names that are merely near, with a number each: two companies.
        return Likeness(0, grounds)
    return Likeness(_confidence({each.reason for each in found}), grounds)


def _order(ground: Ground) -> int:
    """What speaks for it first, the strongest before; then what speaks against it, then what is only said."""
    reason = ground.reason
    return -_FOR.get(reason, 0) or (1 if reason in _AGAINST else 2)


def _confidence(reasons: set[Reason]) -> int:
    weights = sorted((_FOR[each] for each in reasons if each in _FOR), reverse=True)
    if not weights:
        return 0
    sure = weights[0]
    for _ in weights[1:]:
        sure += (100 - sure) // 3
    return max(5, sure - sum(_AGAINST.get(each, 0) for each in reasons))


def _by_tax_id(one: Identity, other: Identity) -> Iterator[Ground]:
    first, second = tax_key(one.tax_id), tax_key(other.tax_id)
    if first and second:
        if same_tax_id(one.tax_id, other.tax_id):
            said = N_("Both have the tax id {id}.")
            yield Ground(Reason.TAX_ID, Message.of(said, id=normalized(one.tax_id)))
            yield from _wrong_tax_id(one.tax_id)
        else:
            said = N_("Their tax ids differ: {one} and {other}. That speaks against it.")  # fmt: skip
            message = Message.of(said, one=one.tax_id, other=other.tax_id)
            yield Ground(Reason.TAX_ID_DIFFERS, message)
            for each in (one, other):
                yield from _wrong_tax_id(each.tax_id)
    elif first or second:
        said = N_("Only one of them has a tax id.")
        yield Ground(Reason.TAX_ID_MISSING, Message(said))


def same_tax_id(one: str, other: str) -> bool:
    """Whether two tax ids are one, also where one is the old number of 15 digits. Two that are missing are not."""
    first, second = tax_key(one), tax_key(other)
    if not first or first != second:
        return False
    lengths = {len(normalized(one)), len(normalized(other))}
    # Two social credit codes with one middle differ in who registered them.
    return lengths != {_NEW_NUMBER} or normalized(one) == normalized(other)


def differ_in_tax_id(one: str, other: str) -> bool:
    """Whether both have a tax id and they are not the same."""
    return bool(tax_key(one) and tax_key(other)) and not same_tax_id(one, other)


def _wrong_tax_id(tax_id: str) -> Iterator[Ground]:
    plain = normalized(tax_id)
    if len(plain) == _NEW_NUMBER and not check_uscc(plain).valid:
        said = N_("{id} is no valid social credit code: compare it with the licence.")
        yield Ground(Reason.TAX_ID_WRONG, Message.of(said, id=plain))


def _by_name(one: Identity, other: Identity, nearness: int) -> Iterator[Ground]:
    if normal_name(one.name) == normal_name(other.name):
        said = N_(
            "The names differ in spaces, width, punctuation or the writing of the company's form only."
        )
        if one.name == other.name:
            said = N_("The names are the same.")
        yield Ground(Reason.NAME, Message(said))
        return
    shared = {normal_name(each) for each in one.names} & {
        normal_name(each) for each in other.names
    }
    if shared:
        name = next(each for each in (*one.names, *other.names) if normal_name(each) in shared)  # fmt: skip
        said = N_("Both are called {name} in ledgers.")
        yield Ground(Reason.ALIAS, Message.of(said, name=name))
    elif core_name(one.name) == core_name(other.name):
        said = N_("The names differ in the form of the company only.")
        yield Ground(Reason.FORM, Message(said))
    elif nearness:
        said = N_("The names are nearly the same ({percent} %).")
        yield Ground(Reason.NEAR, Message.of(said, percent=nearness))


def _by_code(one: Identity, other: Identity) -> Iterator[Ground]:
    pairs = [(mine, theirs) for mine in one.codes for theirs in other.codes]
    for mine, theirs in pairs:
        places = {"one": mine, "other": theirs}
        if differ_by_zeros(mine, theirs):
            said = N_("The codes {one} and {other} differ in the zeros before them only.")  # fmt: skip
            yield Ground(Reason.ZEROS, Message.of(said, **places))
            return
        if code_key(mine) == code_key(theirs):
            said = N_("The codes {one} and {other} differ in case or width only.")
            yield Ground(Reason.CODE_FORM, Message.of(said, **places))
            return
    if pairs:
        said = N_("The ledger gives them two codes: {one} and {other}.")
        yield Ground(
            Reason.CODE_DIFFERS, Message.of(said, one=pairs[0][0], other=pairs[0][1])
        )


def _branch_and_head(one: Identity, other: Identity) -> bool:
    """A branch and its head office, or two branches: companies that owe apart, unless they bear one name."""
    if not (is_branch(one.name) or is_branch(other.name)):
        return False
    return normal_name(one.name) != normal_name(other.name)
