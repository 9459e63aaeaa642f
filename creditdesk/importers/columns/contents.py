"""What a column holds: days, amounts, numbers that never repeat, names that do. rules.md 11.6."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from creditdesk.catalog.headings import Field
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.heads import Head, is_day
from creditdesk.importers.columns.mapping import AMOUNTS, DATES, ColumnFound, cell
from creditdesk.importers.files import figures
from creditdesk.importers.files.cells import Row, text

CERTAINTY = 0.4
"""How sure a guess by content alone is: enough to propose, never enough to take in unasked."""
_MOSTLY = 0.8
_FEWEST = 3
_LONGEST_NUMBER = 30


def fits(field: Field, column: int, sample: list[Row]) -> bool:
    """Whether what stands in the column can be this field; an empty column can be anything."""
    values = [value for row in sample if (value := cell(row, column)) is not None]
    if field in DATES:
        good = sum(1 for value in values if is_day(value))
    elif field in AMOUNTS:
        good = sum(1 for value in values if figures.is_amount(value))
    else:
        return True
    return 2 * good >= len(values)


def holds_any(field: Field, column: int, rows: Iterable[Row]) -> bool:
    """Whether at least one cell of the column is what its heading says, wherever it stands."""
    if field not in DATES and field not in AMOUNTS:
        return True
    is_it = is_day if field in DATES else figures.is_amount
    return any(is_it(value) for row in rows if (value := cell(row, column)) is not None)


def by_content(
    head: Head,
    found: tuple[ColumnFound, ...],
    wanted: tuple[Field, ...],
    sample: list[Row],
) -> Iterator[ColumnFound]:
    """The likeliest column for each wanted field, judged by its cells alone; each column once."""
    taken = {each.column for each in found}
    columns = [
        _Column.of(column, sample)
        for column in range(len(head.parts))
        if column not in taken
    ]
    for field in wanted:
        best = max(
            (each for each in columns if each.column not in taken),
            key=lambda each: each.promise(field),
            default=None,
        )
        if best is not None and best.promise(field) > 0:
            taken.add(best.column)
            reason = Message.of(_REASONS[field], count=best.different)
            header = head.labels[best.column]
            yield ColumnFound(field, best.column, header, reason, CERTAINTY)


_REASONS = {
    Field.DOC_DATE: N_("it holds days ({count} different ones)"),
    Field.AMOUNT: N_("it holds amounts ({count} different ones)"),
    Field.DOC_NO: N_("it holds {count} numbers that never repeat"),
    Field.BUYER_NAME: N_("it holds {count} names that repeat"),
}


@dataclass(frozen=True, slots=True)
class _Column:
    """What the cells of one column are, as shares of those that are filled."""

    column: int
    filled: int
    days: float
    amounts: float
    cents: float
    words: float
    numbered: float
    different: int

    @classmethod
    def of(cls, column: int, sample: list[Row]) -> "_Column":
        values = [value for row in sample if (value := cell(row, column)) is not None]
        shown = list(map(text, values))
        count = len(values) or 1
        days = sum(map(is_day, values)) / count
        return cls(
            column=column,
            filled=len(values),
            days=days,
            amounts=sum(map(figures.is_amount, values)) / count,
            cents=sum(_has_cents(value) for value in shown) / count,
            words=sum(_is_wordy(value) for value in shown) / count,
            numbered=sum(_is_number(value) for value in shown) / count,
            different=len(set(shown)),
        )

    def promise(self, field: Field) -> float:
        """From 0: impossible."""
        if self.filled < _FEWEST:
            return 0
        repeats = 1 - self.different / self.filled
        if field is Field.DOC_DATE:
            return self.days if self.days >= _MOSTLY else 0
        if self.days >= _MOSTLY:
            return 0
        if field is Field.AMOUNT:
            return self.amounts + self.cents if self.amounts >= _MOSTLY else 0
        if field is Field.DOC_NO:
            unique = self.different == self.filled
            return self.numbered if unique and self.numbered >= _MOSTLY else 0
        return self.words + repeats if self.words >= _MOSTLY and repeats else 0


def _has_cents(shown: str) -> bool:
    return "." in shown


def _is_wordy(shown: str) -> bool:
    return sum(map(str.isalpha, shown)) >= 2 and not any(map(str.isdigit, shown))


def _is_number(shown: str) -> bool:
    return len(shown) <= _LONGEST_NUMBER and any(map(str.isdigit, shown))
