"""The words of payment terms, in the languages that ledgers are written in, and what a term of a ledger means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from creditdesk.catalog import reading
from creditdesk.domain.ledger.term_grammar import understood
from creditdesk.domain.ledger.term_words import Sense, TermWords, Token
from creditdesk.domain.ledger.terms import BaseDay, PaymentTerm

KINDS = "terms"

Phrases = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Same:
    """Pairs of characters: the first stands for the second."""

    characters: str


@dataclass(frozen=True, slots=True)
class _Numbers:
    """`digits` from 0 to 9, `tens` from 10 on, `two`: characters that mean 2 as well."""

    digits: str
    two: str
    tens: str
    words: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Units:
    days: Phrases
    day: Phrases
    day_of_month: Phrases
    working_days: Phrases
    weeks: Phrases
    months: Phrases
    years: Phrases
    half_year: Phrases


@dataclass(frozen=True, slots=True)
class _Months:
    this: Phrases
    next: Phrases
    after_next: Phrases
    every: Phrases


@dataclass(frozen=True, slots=True)
class _MonthEnds:
    this: Phrases
    next: Phrases
    after_next: Phrases


@dataclass(frozen=True, slots=True)
class _Words:
    """`way`: ways of payment; `usance_collection`: those that pay when papers are shown. `split` parts a document.

    `bill`: money comes at a bill's maturity, and no term tells when the bill is drawn.
    `within`, `period`: they say that a number of days is a length of time.
    """

    net: Phrases
    after: Phrases
    before: Phrases
    monthly: Phrases
    month_end: Phrases
    no_credit: Phrases
    sight: Phrases
    usance_collection: Phrases
    question: Phrases
    rest: Phrases
    retention: Phrases
    way: Phrases
    bill: Phrases
    within: Phrases
    period: Phrases
    filler: Phrases
    split: Phrases


@dataclass(frozen=True, slots=True)
class _File:
    """`at_once`: paid on that very day."""

    id: str
    same: _Same
    numbers: _Numbers
    units: _Units
    base_days: dict[BaseDay, Phrases]
    months: _Months
    month_ends: _MonthEnds
    words: _Words
    at_once: dict[BaseDay, Phrases]


@lru_cache(maxsize=20_000)
def payment_term(text: str) -> PaymentTerm:
    """What the words of a ledger's term mean; a ledger repeats its wordings, and each is read once."""
    return understood(text, term_words())


@cache
def term_words() -> TermWords:
    """The words of all shipped files."""
    return words_of(reading.read(path, _File) for path in reading.folder(KINDS))


def read(path: Path) -> TermWords:
    """One file. Raises `CatalogError` for a key it does not know, and for a phrase that says two things."""
    return words_of([reading.read(path, _File)])


def words_of(files: Iterable[_File]) -> TermWords:
    """The words of these files together. Raises `CatalogError` where one says two things."""
    known = list(files)
    same: dict[str, str] = {}
    digits: dict[str, int] = {}
    tens: dict[str, int] = {}
    for file in known:
        pairs = file.same.characters
        same |= dict(zip(pairs[::2], pairs[1::2], strict=True))
        digits |= {each: value for value, each in enumerate(file.numbers.digits)}
        digits |= dict.fromkeys(file.numbers.two, 2)
        tens |= {each: 10**power for power, each in enumerate(file.numbers.tens, 1)}
    plain = TermWords({}, same, digits, tens, longest=0)
    phrases: dict[tuple[str, ...], Token] = {}
    for phrase, token in (pair for file in known for pair in _tokens(file)):
        atoms = tuple(plain.atoms(phrase))
        if phrases.setdefault(atoms, token) != token:
            raise reading.CatalogError(f"{phrase} says two things")
    longest = max(map(len, phrases), default=0)
    return TermWords(phrases, same, digits, tens, longest)


def _tokens(file: _File) -> Iterator[tuple[str, Token]]:
    for phrase, value in file.numbers.words.items():
        yield phrase, Token(Sense.NUMBER, Decimal(value))
    for sense, phrases in _plain_words(file):
        yield from ((phrase, Token(sense)) for phrase in phrases)
    for base, phrases in file.base_days.items():
        yield from ((phrase, Token(Sense.BASE, base=base)) for phrase in phrases)
    for base, phrases in file.at_once.items():
        yield from ((phrase, Token(Sense.AT_ONCE, base=base)) for phrase in phrases)
    for sense, which in (
        (Sense.WHICH_MONTH, file.months),
        (Sense.MONTH_LAST, file.month_ends),
    ):
        for months, phrases in enumerate((which.this, which.next, which.after_next)):
            yield from ((phrase, Token(sense, months=months)) for phrase in phrases)


def _plain_words(file: _File) -> Iterator[tuple[Sense, Phrases]]:
    units, words = file.units, file.words
    yield from (
        (Sense.DAYS, units.days),
        (Sense.DAY, units.day),
        (Sense.DAY_OF_MONTH, units.day_of_month),
        (Sense.WORKING_DAYS, units.working_days),
        (Sense.WEEKS, units.weeks),
        (Sense.MONTHS, units.months),
        (Sense.YEARS, units.years),
        (Sense.HALF_YEAR, units.half_year),
        (Sense.EVERY_MONTH, file.months.every),
        (Sense.NET, words.net),
        (Sense.AFTER, words.after),
        (Sense.BEFORE, words.before),
        (Sense.MONTHLY, words.monthly),
        (Sense.MONTH_END, words.month_end),
        (Sense.NO_CREDIT, words.no_credit),
        (Sense.SIGHT, words.sight),
        (Sense.COLLECTION, words.usance_collection),
        (Sense.QUESTION, words.question),
        (Sense.REST, words.rest),
        (Sense.RETENTION, words.retention),
        (Sense.WAY, words.way),
        (Sense.BILL, words.bill),
        (Sense.WITHIN, words.within),
        (Sense.PERIOD, words.period),
        (Sense.FILLER, words.filler),
        (Sense.SPLIT, words.split),
    )
