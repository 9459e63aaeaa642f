"""The words of payment terms as tokens: a grammar sees what each word says, in whatever language it stands."""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.ledger.terms import BaseDay

LONGEST = 200
"""Characters of a term that is still read."""

_ATOM = re.compile(r"[0-9]+(?:\.[0-9]+)?|[a-z]+|\S")
_WIDTHS = ("<wide>", "<narrow>", "<small>", "<noBreak>")
_MARKS = {
    **dict.fromkeys(",，;；、", ","),
    **dict.fromkeys("-–—−~", "-"),
    **dict.fromkeys("(（[【", "("),
    **dict.fromkeys(")）]】", ")"),
    **dict.fromkeys(".。'\"“”‘’*·", "."),
    "+": "+",
    "/": "/",
    ":": ":",
    "%": "%",
}


class Sense(StrEnum):
    """What a word says, as one letter of the shapes of the grammar."""

    NUMBER = "N"
    PERCENT = "%"
    DAYS = "d"
    DAY = "D"
    DAY_OF_MONTH = "o"
    WORKING_DAYS = "w"
    WEEKS = "k"
    MONTHS = "m"
    YEARS = "y"
    HALF_YEAR = "h"
    BASE = "B"
    AT_ONCE = "Z"
    WHICH_MONTH = "M"
    EVERY_MONTH = "V"
    MONTH_LAST = "J"
    NET = "n"
    AFTER = "A"
    BEFORE = "F"
    MONTHLY = "E"
    MONTH_END = "e"
    NO_CREDIT = "P"
    SIGHT = "S"
    COLLECTION = "p"
    QUESTION = "Q"
    REST = "L"
    RETENTION = "R"
    WAY = "X"
    BILL = "b"
    WITHIN = "i"
    PERIOD = "t"
    FILLER = "f"
    SPLIT = ","
    PLUS = "+"
    SLASH = "/"
    COLON = ":"
    DASH = "-"
    OPENING = "("
    CLOSING = ")"
    STOP = "."
    UNREAD = "u"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a term. `value`: a number's figure; `base`: the day it names; `months`: which month it means."""

    sense: Sense
    value: Decimal = Decimal(0)
    base: BaseDay = BaseDay.INVOICE
    months: int = 0


def letters_of(tokens: Sequence[Token]) -> str:
    """What the words say, a letter each."""
    return "".join(each.sense.value for each in tokens)


@dataclass(frozen=True, slots=True)
class TermWords:
    """Everything the shipped files know. `phrases`: atoms of a phrase to what it says.

    `same`: characters to the ones they stand for; `digits`, `tens`: of numbers in characters.
    """

    phrases: Mapping[tuple[str, ...], Token]
    same: Mapping[str, str]
    digits: Mapping[str, int]
    tens: Mapping[str, int]
    longest: int

    def atoms(self, text: str) -> list[str]:
        """Numbers, words and single characters, in one width and case; blanks and invisible characters fall away."""
        plain = "".join(map(self._plain, text)).lower()
        return _ATOM.findall(plain)

    def tokens(self, text: str) -> list[Token]:
        """The words of a term; of what nobody knows an unread one."""
        atoms = self.atoms(text)
        found: list[Token] = []
        place = 0
        while place < len(atoms):
            token, length = self._next(atoms, place)
            found.append(token)
            place += length
        return found

    def _plain(self, character: str) -> str:
        if unicodedata.category(character) == "Cf":
            return ""
        if unicodedata.decomposition(character).startswith(_WIDTHS):
            character = unicodedata.normalize("NFKC", character)
        return self.same.get(character, character)

    def _next(self, atoms: Sequence[str], place: int) -> tuple[Token, int]:
        for length in range(min(self.longest, len(atoms) - place), 0, -1):
            token = self.phrases.get(tuple(atoms[place : place + length]))
            if token is not None:
                return token, length
        atom = atoms[place]
        if atom[0] in "0123456789":
            return Token(Sense.NUMBER, Decimal(atom)), 1
        numeral = "".join(self._numeral(atoms, place))
        if numeral:
            return self._number(numeral), len(numeral)
        return Token(Sense(_MARKS.get(atom, Sense.UNREAD))), 1

    def _numeral(self, atoms: Sequence[str], place: int) -> Iterator[str]:
        for atom in atoms[place:]:
            if atom not in self.digits and atom not in self.tens:
                return
            yield atom

    def _number(self, numeral: str) -> Token:
        """六十, 一百二十, 六〇; 一百二 may be 102 or 120, 三五 is "a few": they are not read."""
        if all(each in self.digits for each in numeral):
            if len(numeral) > 1 and not self._zeros().intersection(numeral):
                return Token(Sense.UNREAD)
            digits = "".join(str(self.digits[each]) for each in numeral)
            return Token(Sense.NUMBER, Decimal(digits))
        total, digit, least = 0, None, math.inf
        for place, each in enumerate(numeral):
            if each in self.digits:
                if digit:
                    return Token(Sense.UNREAD)
                digit = self.digits[each]
                continue
            ten = self.tens[each]
            if ten >= least or digit == 0 or (digit is None and place):
                return Token(Sense.UNREAD)
            total, digit, least = total + (digit or 1) * ten, None, ten
        if digit and least != 10 and numeral[-2] not in self._zeros():
            return Token(Sense.UNREAD)
        return Token(Sense.NUMBER, Decimal(total + (digit or 0)))

    def _zeros(self) -> set[str]:
        return {each for each, value in self.digits.items() if value == 0}
