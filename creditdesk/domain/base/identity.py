"""Who a company is: the unified social credit code (统一社会信用代码, GB 32100-2015; rules.md 11.1)."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from creditdesk.i18n import N_, Message

_LENGTH = 18
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(3**place % 31 for place in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECK = "10X98765432"
_MISREAD = str.maketrans("OI", "01")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a code: its name for scripts, and the sentence."""

    code: str
    message: Message


@dataclass(frozen=True, slots=True)
class UsccCheck:
    """What a code looks like. Problems make it invalid; warnings don't.

    `suggestion`: the code as it may have been meant, to be offered and never applied silently; None if there is none.
    """

    normalized: str
    problems: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    suggestion: str | None = None

    @property
    def valid(self) -> bool:
        """Whether length, characters and check character agree."""
        return not self.problems


def check_uscc(text: str) -> UsccCheck:
    """Judge a code as a person typed it. Real codes with a wrong check character exist: warn, never block."""
    code = normalized(text)
    problems = _problems(code)
    return UsccCheck(
        normalized=code,
        problems=problems,
        warnings=_warnings(code),
        suggestion=_suggestion(code) if problems else None,
    )


def normalized(text: str) -> str:
    """Half-width capitals without spaces, hyphens and invisible characters."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(
        character
        for character in plain
        if not character.isspace()
        and unicodedata.category(character) not in {"Pd", "Cf", "Cc"}
        and character != "\u2212"
    )


def check_character(first_17: str) -> str:
    """The 18th character that belongs to the first 17. Raises `ValueError` for a character outside the alphabet."""
    total = sum(
        _ALPHABET.index(character) * weight
        for character, weight in zip(first_17, _WEIGHTS, strict=True)
    )
    return _ALPHABET[-total % 31]


def organisation_check(code: str) -> str:
    """The check character of the organisation code (GB 11714) from its eight characters."""
    total = sum(
        int(character, 36) * weight
        for character, weight in zip(code, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0X987654321"[total % 11]


def is_resident_id(code: str) -> bool:
    """Whether 18 digits are a plausible personal ID number: a birth date and its check digit (GB 11643)."""
    if len(code) != _LENGTH or not (code.isascii() and code.isdecimal()):
        return False
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(code[:17]))
    return code[17] == _RESIDENT_CHECK[total % 11] and _is_date(code[6:14])


def _is_date(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1900
    except ValueError:
        return False


def _problems(code: str) -> tuple[Finding, ...]:
    if len(code) != _LENGTH:
        return (_length_problem(code),)
    strange = tuple(sorted(set(code) - set(_ALPHABET)))
    if strange:
        text = N_("These characters don't occur in a social credit code: {characters}.")
        return (Finding("CHARACTER", Message.of(text, characters=strange)),)
    expected = check_character(code[:17])
    if code[17] == expected:
        return ()
    text = N_(
        "The last character of {code} is {found}, but {expected} belongs to the others. "
        "Compare it with the business licence."
    )
    message = Message.of(text, code=code, found=code[17], expected=expected)
    return (Finding("CHECK", message),)


def _length_problem(code: str) -> Finding:
    if len(code) == 15 and code.isdecimal():
        text = N_(
            "{code} has 15 digits, as old business and tax numbers have. "
            "Enter it as an old number, or take the 18 characters from the licence."
        )
        return Finding("LENGTH", Message.of(text, code=code))
    text = N_("A social credit code has 18 characters; this one has {count}.")
    return Finding("LENGTH", Message.of(text, count=len(code)))


def _warnings(code: str) -> tuple[Finding, ...]:
    found = []
    if is_resident_id(code):
        text = N_("{code} looks like a personal ID number, not like a company's code.")
        found.append(Finding("PERSONAL_ID", Message.of(text, code=code)))
    if len(code) == _LENGTH and set(code) <= set(_ALPHABET):
        expected = organisation_check(code[8:16])
        if code[16] != expected:
            text = N_(
                "Character 17 of {code} is {found}; {expected} belongs to the organisation code before it."
            )
            message = Message.of(text, code=code, found=code[16], expected=expected)
            found.append(Finding("ORGANISATION_CHECK", message))
        if not code[2:8].isdecimal():
            text = N_(
                "Characters 3 to 8 of {code} should be the six digits of an area."
            )
            found.append(Finding("AREA", Message.of(text, code=code)))
    return tuple(found)


def _suggestion(code: str) -> str | None:
    """The code with O read as 0 and I as 1, if that makes it valid."""
    meant = code.translate(_MISREAD)
    return meant if meant != code and not _problems(meant) else None
