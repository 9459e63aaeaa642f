"""The headings under which banks and wallets list what came in and went out, and the words they use in their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from creditdesk.catalog import reading
from creditdesk.catalog.headings import normalised

KINDS = "statements"


class Part(StrEnum):
    """What a column of a statement can mean. Recognition fills them in this order."""

    INCOME = "income"
    EXPENSE = "expense"
    DATE = "date"
    TIME = "time"
    AMOUNT = "amount"
    DIRECTION = "direction"
    NET = "net"
    FEE = "fee"
    CURRENCY = "currency"
    BALANCE = "balance"
    PAYER = "payer"
    PAYER_ACCOUNT = "payer_account"
    PAYER_BANK = "payer_bank"
    OWN_ACCOUNT = "own_account"
    KIND = "kind"
    NUMBER = "number"
    STATUS = "status"
    TEXT = "text"


class Said(StrEnum):
    """What a word in a row can say about the row."""

    IN = "in"
    OUT = "out"
    NEUTRAL = "neutral"
    NOT_DONE = "not_done"
    REFUND = "refund"
    EXCHANGE = "exchange"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class StatementHeadings:
    """Everything the shipped files know. Headings and words are normalised, better headings first.

    `typical`: headings of statements and of nothing else. `never`: headings that make a sheet something else.
    `wallet`: of wallets, whatever stands beside them. `two_sided`: headings under which banks and books put opposite
    things. `journal`: headings and titles of the books' own journal.
    """

    fields: dict[Part, tuple[str, ...]]
    words: dict[Said, frozenset[str]]
    typical: frozenset[str]
    never: frozenset[str]
    wallet: frozenset[str]
    two_sided: frozenset[str]
    journal: frozenset[str]

    def says(self, text: str, *words: Said) -> bool:
        """Whether this text is one of these words."""
        normal = normalised(text)
        return any(normal in self.words[word] for word in words)


@dataclass(frozen=True, slots=True)
class _Typical:
    headings: tuple[str, ...]
    never: tuple[str, ...]
    wallet: tuple[str, ...] = ()
    two_sided: tuple[str, ...] = ()
    journal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    id: str
    fields: dict[Part, tuple[str, ...]]
    words: dict[Said, tuple[str, ...]]
    typical: _Typical


@cache
def statement_headings() -> StatementHeadings:
    """The headings of all shipped files, Chinese banks first."""
    paths = sorted(reading.folder(KINDS), key=lambda path: path.stem != "zh")
    files = [read(path) for path in paths]
    return StatementHeadings(
        {
            part: tuple(
                dict.fromkeys(name for file in files for name in file.fields[part])
            )
            for part in Part
        },
        {
            word: frozenset().union(*(file.words[word] for file in files))
            for word in Said
        },
        frozenset().union(*(file.typical for file in files)),
        frozenset().union(*(file.never for file in files)),
        frozenset().union(*(file.wallet for file in files)),
        frozenset().union(*(file.two_sided for file in files)),
        frozenset().union(*(file.journal for file in files)),
    )


def read(path: Path) -> StatementHeadings:
    """One file. Raises `CatalogError` for a key it does not know."""
    file = reading.read(path, _File)
    return StatementHeadings(
        {part: _texts(file.fields.get(part, ())) for part in Part},
        {word: frozenset(_texts(file.words.get(word, ()))) for word in Said},
        frozenset(_texts(file.typical.headings)),
        frozenset(_texts(file.typical.never)),
        frozenset(_texts(file.typical.wallet)),
        frozenset(_texts(file.typical.two_sided)),
        frozenset(_texts(file.typical.journal)),
    )


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalised(text) for text in texts))
