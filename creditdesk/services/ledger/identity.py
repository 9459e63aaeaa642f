"""Which known buyer a reference means, and by what it was told (rules.md 11.1, 11.6, 12 trap 14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.identity import normalized
from creditdesk.domain.credit.buyer_identity import (
    code_without_zeros,
    differ_by_zeros,
    differ_in_tax_id,
    same_tax_id,
    tax_key,
)
from creditdesk.domain.credit.buyer_names import is_branch, normal_name
from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.models import Buyer, BuyerAlias
from creditdesk.readings.merged import Merged, standing


class Means(StrEnum):
    """By what a buyer was told."""

    CODE = "code"
    TAX_ID = "tax_id"
    NAME = "name"
    NAME_NOT_TAX_ID = "name_not_tax_id"
    NORMAL_NAME = "normal_name"


@dataclass(frozen=True, slots=True)
class Joined:
    """A reference that was set to a buyer by something a person should look at. `by` is never the code."""

    ref: BuyerRef
    buyer: str
    by: Means

    @property
    def said(self) -> Message:
        """What was joined, by what."""
        return Message.of(
            _SAID[self.by], name=self.ref.name, buyer=self.buyer, id=self.ref.uscc
        )


_SAID = {
    Means.TAX_ID: N_("{name} is {buyer}, by the tax id {id}."),
    Means.NORMAL_NAME: N_(
        "{name} is {buyer}: the names differ in spaces, width, punctuation or the writing of the company's form only."
    ),
    Means.NAME_NOT_TAX_ID: N_(
        "{name} was told by its name, but the file gives it the tax id {id} and its card another. Check which is right."
    ),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Two codes that differ by the zeros before them only: both stay, until a person says that they are one."""

    code: str
    other: str

    @property
    def said(self) -> Message:
        """The question, in words."""
        text = N_("Is {code} the same customer as {other}?")
        return Message.of(text, code=self.code, other=self.other)


def said_of(joined: Iterable[Joined], asked: Iterable[Question]) -> tuple[Problem, ...]:
    """What a person should look at, as remarks without a row."""
    told = [each.said for each in joined] + [each.said for each in asked]
    return tuple(map(Problem, told))


class Known:
    """The client's buyers, as references are looked up among them."""

    def __init__(self, session: Session, client_id: int) -> None:
        self.by_code: dict[str, int] = {}
        self.by_name: dict[str, int] = {}
        self.codes_of: dict[int, str] = {}
        self.tax_of: dict[int, str] = {}
        self._names: dict[int, set[str]] = {}
        self._cards: dict[int, str] = {}
        self._later: list[tuple[int, BuyerRef]] = []
        self._compared = _Compared({}, {}, {})
        self._read(session, client_id)

    def find(self, ref: BuyerRef) -> tuple[int, Means] | None:
        """The buyer a reference means: by code, tax id, name or alias, and the name as it is compared."""
        if ref.code and ref.code in self.by_code:
            return self.by_code[ref.code], Means.CODE
        taxed = self._by_tax_id(ref) if ref.uscc else None
        if taxed is not None:
            return taxed, Means.TAX_ID
        named = self.by_name.get(ref.name) if ref.name else None
        if named is not None:
            # Another buyer with a code of its own may carry the same name.
            if ref.code and self.codes_of.get(named):
                return None
            differs = differ_in_tax_id(ref.uscc, self.tax_of.get(named, ""))
            return named, Means.NAME_NOT_TAX_ID if differs else Means.NAME
        alike = self._by_normal_name(ref)
        return None if alike is None else (alike, Means.NORMAL_NAME)

    def add(self, number: int, ref: BuyerRef) -> None:
        """What is known of a buyer by now."""
        if ref.code:
            self.by_code.setdefault(ref.code, number)
            self.codes_of[number] = ref.code
        if ref.uscc:
            self.tax_of.setdefault(number, ref.uscc)
        if ref.name:
            self.by_name.setdefault(ref.name, number)
            self._cards.setdefault(number, ref.name)
            self._names.setdefault(number, set()).add(ref.name)
        self._later.append((number, ref))

    def is_new_name(self, number: int, name: str) -> bool:
        """Whether no ledger called the buyer so before."""
        return name not in self._names.get(number, set())

    def is_new_tax_id(self, number: int, ref: BuyerRef) -> bool:
        """Whether the reference tells a tax id that the card has none of."""
        return bool(tax_key(ref.uscc)) and not self.tax_of.get(number)

    def name_of(self, number: int) -> str:
        """The buyer as its card names it."""
        return self._cards.get(number) or self.codes_of.get(number, "")

    def question(self, code: str) -> Question | None:
        """The other code that differs from this one by the zeros before it only."""
        found = self._now.codes.get(code_without_zeros(code), set())
        for number in sorted(found, key=lambda each: (each < 0, abs(each))):
            other = self.codes_of.get(number, "")
            if differ_by_zeros(code, other):
                return Question(code, other)
        return None

    def _by_tax_id(self, ref: BuyerRef) -> int | None:
        key = tax_key(ref.uscc)
        found = {
            number
            for number in self._now.tax_ids.get(key, ())
            if same_tax_id(self.tax_of.get(number, ""), ref.uscc)
        }
        if not key or len(found) != 1:
            return None
        number = found.pop()
        if ref.code and self.codes_of.get(number):
            return None
        return None if self._is_branch_of(number, ref.name) else number

    def _is_branch_of(self, number: int, name: str) -> bool:
        """A branch may stand under the tax id of its head office: it is a buyer of its own."""
        card = self.name_of(number)
        branch = bool(name) and (is_branch(name) or is_branch(card))
        return branch and normal_name(name) != normal_name(card)

    def _by_normal_name(self, ref: BuyerRef) -> int | None:
        found = self._now.names.get(normal_name(ref.name), set()) if ref.name else set()
        if len(found) != 1:
            return None
        (number,) = found
        if ref.code and self.codes_of.get(number):
            return None
        differs = differ_in_tax_id(ref.uscc, self.tax_of.get(number, ""))
        return None if differs else number

    @property
    def _now(self) -> "_Compared":
        """The buyers as they are compared; made when the first name or number is not found as it is written."""
        for number, ref in self._later:
            self._compared.add(number, ref)
        self._later.clear()
        return self._compared

    def _read(self, session: Session, client_id: int) -> None:
        there = standing(session, client_id)
        buyers = select(
            Buyer.id, Buyer.code, Buyer.name, Buyer.uscc, Buyer.merged_into
        ).where(Buyer.client_id == client_id)
        rows = session.execute(buyers.order_by(Buyer.id)).all()
        for number, code, name, uscc, merged in rows:
            if merged is None:
                self.add(number, BuyerRef(code=code, name=name, uscc=uscc))
        for number, code, *_, merged in rows:
            if merged is not None and code:
                self.by_code.setdefault(code, there.of(number))
        self._read_aliases(session, client_id, there)

    def _read_aliases(self, session: Session, client_id: int, there: Merged) -> None:
        aliases = (
            select(BuyerAlias.buyer_id, BuyerAlias.name)
            .join(Buyer)
            .where(Buyer.client_id == client_id)
        )
        for number, name in session.execute(aliases.order_by(BuyerAlias.id)):
            self.add(there.of(number), BuyerRef(name=name))


@dataclass(slots=True)
class _Compared:
    """Buyers by normal name, by tax id and by code without zeros."""

    names: dict[str, set[int]]
    tax_ids: dict[str, set[int]]
    codes: dict[str, set[int]]

    def add(self, number: int, ref: BuyerRef) -> None:
        if ref.name:
            self.names.setdefault(normal_name(ref.name), set()).add(number)
        if ref.uscc and (key := tax_key(normalized(ref.uscc))):
            self.tax_ids.setdefault(key, set()).add(number)
        if ref.code:
            self.codes.setdefault(code_without_zeros(ref.code), set()).add(number)
