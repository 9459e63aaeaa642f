"""Recognises what the columns of a ledger mean, and says why. domain.md 11.6."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from creditdesk.catalog.headings import Field, Headings, SheetKind, normalised
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers import figures
from creditdesk.importers.cells import Cell, Row, Sheet, filled
from creditdesk.importers.chosen import (
    HeadingsNotFound,
    LedgerNotRecognised,
    by_profile,
    listed,
)
from creditdesk.importers.heads import (
    SEARCHED_ROWS,
    Head,
    heads,
    is_day,
    last_name,
    names,
)
from creditdesk.importers.mapping import (
    AMOUNTS,
    DATES,
    Found,
    Kind,
    Mapping,
    cell,
    missing,
)
from creditdesk.importers.profile import Profile, signature
from creditdesk.importers.running import without_running_balance

_SAMPLE = 60


class OtherKindOfFile(UserError):
    """A list of something else."""

    message = N_(
        "{name} looks like {kind}, not like a list of invoices. Its headings are: {headers}. "
        "Export the receivables with buyer, document number, date and amount."
    )


def guess(
    sheet: Sheet,
    known: Headings,
    profiles: Iterable[Profile] = (),
    *,
    day_first: bool | None = None,
) -> Mapping:
    """What the columns mean, by a client's profile of the same layout or else by their headings.

    Raises `UserError`s that name the headings when buyer, number, date or amount can't be found.
    """
    remembered = _by_profile(sheet, tuple(profiles))
    mapping = remembered or _best(sheet, known)
    if day_first is not None:
        mapping = replace(mapping, day_first=day_first)
    absent = missing(mapping)
    if absent:
        raise _refusal(sheet, known, mapping.head, absent)
    return mapping


def draft(sheet: Sheet, known: Headings) -> Mapping:
    """The best guess, however incomplete, for a person to correct. Raises `HeadingsNotFound`."""
    return _best(sheet, known)


def _by_profile(sheet: Sheet, profiles: tuple[Profile, ...]) -> Mapping | None:
    if not profiles:
        return None
    signatures = {profile.signature: profile for profile in profiles}
    for head in heads(sheet):
        profile = signatures.get(signature(head.labels))
        if profile:
            return by_profile(sheet, profile)
    return None


def _best(sheet: Sheet, known: Headings) -> Mapping:
    """The place for the headings under which most is recognised, what a ledger needs above all.

    Of two that recognise as much the deeper one tells more: 金额 under 借方 is not 数量 under 借方.
    """
    best: Mapping | None = None
    score = (-9, 0, 0)
    for head in heads(sheet):
        found = tuple(_recognised(sheet, head, known))
        mapping = Mapping(head=head, found=found, kind=_row_kind(head, known, found))
        new = (-len(missing(mapping)), len(found), head.depth)
        if new > score:
            best, score = mapping, new
    if best is None:
        raise HeadingsNotFound(
            name=sheet.file_name, rows=min(SEARCHED_ROWS, len(sheet.rows))
        )
    return without_running_balance(sheet, _with_net(best), known)


def _recognised(sheet: Sheet, head: Head, known: Headings) -> Iterator[Found]:
    sample = _sample(sheet, head)
    taken: set[int] = set()
    for field in Field:
        for column, confidence in _candidates(head, field, known):
            if column not in taken and _holds(field, column, sample):
                taken.add(column)
                header = head.labels[column]
                reason = Message.of(N_("by its heading {header}"), header=header)
                yield Found(field, column, header, reason, confidence)
                break


def _candidates(head: Head, field: Field, known: Headings) -> list[tuple[int, float]]:
    """Columns that may be this field, the best heading first; equal headings from the left."""
    aliases = known.fields[field]
    ranked = []
    for column, parts in enumerate(head.parts):
        options = [
            (name, 1.0 if place == 0 else 0.9)
            for place, name in enumerate(names(parts))
        ]
        if field not in AMOUNTS:
            options.append((last_name(parts), 0.6))
        for name, confidence in options:
            if name in aliases:
                ranked.append((-confidence, aliases.index(name), column))
                break
    return [(column, -confidence) for confidence, _, column in sorted(ranked)]


def _sample(sheet: Sheet, head: Head) -> list[Row]:
    first = head.first_data_row
    rows = [row for row in sheet.rows[first : first + 5 * _SAMPLE] if filled(row) > 1]
    return rows[:_SAMPLE]


def _holds(field: Field, column: int, sample: list[Row]) -> bool:
    """Whether what stands in the column can be this field; an empty column can be anything."""
    values = [value for row in sample if (value := cell(row, column)) is not None]
    if field in DATES:
        good = sum(1 for value in values if is_day(value))
    elif field in AMOUNTS:
        good = sum(1 for value in values if _is_amount(value))
    else:
        return True
    return 2 * good >= len(values)


def _is_amount(value: Cell) -> bool:
    try:
        figures.amount(value)
    except figures.NotAnAmount:
        return False
    return True


def _row_kind(head: Head, known: Headings, found: tuple[Found, ...]) -> Kind:
    """Payments and credit notes come as lists of their own; an invoice list has due dates or open amounts."""
    fields = {each.field for each in found}
    if Field.DUE_DATE in fields or {Field.OPEN, Field.AMOUNT, Field.PAID} <= fields:
        return Kind.LEDGER
    kinds = {kind.id for kind in _kinds(head, known)}
    return next(
        (kind for kind in (Kind.CREDIT_NOTES, Kind.PAYMENTS) if kind in kinds),
        Kind.LEDGER,
    )


def _kinds(head: Head, known: Headings) -> Iterator[SheetKind]:
    here = _all_names(head)
    for kind in known.kinds:
        if len(here & kind.headings) >= kind.at_least:
            yield kind


def _all_names(head: Head) -> frozenset[str]:
    return frozenset(name for parts in head.parts for name in names(parts))


def _with_net(mapping: Mapping) -> Mapping:
    """金额 beside 税额 and without a total is the amount before tax: the total is their sum. domain.md 11.2."""
    amount = next((each for each in mapping.found if each.field is Field.AMOUNT), None)
    fields = set(mapping.columns)
    if (
        not amount
        or normalised(amount.header) != "金额"
        or Field.VAT not in fields
        or Field.NET in fields
    ):
        return mapping
    reason = Message(N_("beside the VAT, so without it"))
    net = replace(amount, field=Field.NET, reason=reason)
    others = tuple(each for each in mapping.found if each is not amount)
    return replace(mapping, found=(*others, net))


def _refusal(
    sheet: Sheet, known: Headings, head: Head, absent: tuple[Message, ...]
) -> UserError:
    here = _all_names(head)
    others = [kind for kind in _kinds(head, known) if kind.id not in list(Kind)]
    if others:
        likest = max(others, key=lambda kind: len(kind.headings & here))
        return OtherKindOfFile(
            name=sheet.file_name, kind=likest.title, headers=listed(head)
        )
    return LedgerNotRecognised(
        name=sheet.file_name, missing=absent, headers=listed(head)
    )
