"""Recognises what the columns of a ledger mean, and says why. rules.md 11.6."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import islice

from creditdesk.catalog.headings import Field, Headings, SheetKind, normalised
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.bracketed import with_open_amounts
from creditdesk.importers.columns.chosen import (
    HeadingsNotFound,
    LedgerNotRecognised,
    by_profile,
    listed,
)
from creditdesk.importers.columns.contents import by_content, fits, holds_any
from creditdesk.importers.columns.continued import with_documents_above
from creditdesk.importers.columns.heads import (
    Head,
    heads,
    is_word,
    last_name,
    names,
)
from creditdesk.importers.columns.likeness import alike
from creditdesk.importers.columns.mapping import (
    AMOUNTS,
    NUMBERS,
    ColumnFound,
    Mapping,
    RowKind,
    cell,
    missing,
)
from creditdesk.importers.columns.other_side import names_seller, owes_to_others
from creditdesk.importers.columns.profile import Profile, signature
from creditdesk.importers.columns.running import without_running_balance
from creditdesk.importers.columns.same_money import in_same_money
from creditdesk.importers.columns.sections import spread
from creditdesk.importers.columns.split_dates import with_whole_dates
from creditdesk.importers.columns.totals import total_word
from creditdesk.importers.columns.yearless import without_year
from creditdesk.importers.files import figures
from creditdesk.importers.files.cells import SEARCHED_ROWS, Row, Sheet, filled

_SAMPLE = 60


CONTACTS, BANK = "contacts", "bank"
_REFERENCES = frozenset(
    {"reference", "ref", "refno", "referenceno", "referencenumber", "number"}
)


class OtherKindOfFile(UserError):
    """A list of something else; its place `kind_id` says of what."""

    message = N_(
        "{name} looks like {kind}, not like a list of invoices. Its headings are: {headers}. "
        "Export the receivables with buyer, document number, date and amount."
    )


class DatesWithoutYear(UserError):
    """Days such as 5月3日: which year they mean nobody can tell from the file."""

    message = N_(
        "The dates of {name} have no year, for example {example}. Write the year into the dates and take it in again."
    )


def prepared(sheet: Sheet, known: Headings) -> Sheet:
    """The sheet with what stands beside its rows, such as a section's buyer, written into them."""
    if not any(True for _ in heads(sheet)):
        return sheet
    dated = with_whole_dates(sheet)
    mapping = _best(dated, known)
    summed = with_open_amounts(dated, mapping)
    if summed is not dated:
        mapping = _best(summed, known)
    named = spread(summed, mapping, known)
    if named is not summed:
        mapping = _best(named, known)
    return with_documents_above(named, mapping, known)


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
    if remembered is None and owes_to_others(sheet, mapping, known):
        raise _other_kind(sheet, mapping.head, _purchases(known))
    if day_first is not None:
        mapping = replace(mapping, day_first=day_first)
    absent = missing(mapping)
    if absent:
        raise _refusal(sheet, known, mapping.head, absent)
    return mapping


def draft(sheet: Sheet, known: Headings) -> Mapping:
    """The best guess for a person to correct: what has no known heading is proposed by what it holds.

    Raises `HeadingsNotFound`.
    """
    mapping = _best(sheet, known)
    sample = _sample(sheet, mapping.head, known)
    proposed = by_content(mapping.head, mapping.found, _wanted(mapping), sample)
    return replace(mapping, found=(*mapping.found, *proposed))


def _wanted(mapping: Mapping) -> tuple[Field, ...]:
    """The fields a ledger can't do without that this mapping lacks."""
    have = set(mapping.columns)
    wanted: dict[Field, frozenset[Field]] = {
        Field.DOC_DATE: frozenset({Field.DOC_DATE, Field.POST_DATE}),
        Field.AMOUNT: frozenset(AMOUNTS) - {Field.PAID},
        Field.DOC_NO: frozenset(NUMBERS),
        Field.BUYER_NAME: frozenset({Field.BUYER_NAME, Field.BUYER_CODE}),
    }
    return tuple(field for field, either in wanted.items() if not have & either)


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
    if not (missing(best) and _other_kinds(best.head, known)):
        sample = _sample(sheet, best.head, known)
        close = tuple(alike(best.head, best.found, known, sample))
        best = replace(best, found=(*best.found, *close))
    best = replace(best, found=_dated(_of_invoices(best.found)))
    best = replace(best, found=_in_same_money(sheet, best, known))
    best = _larger_is_amount(sheet, _with_net(best))
    return without_running_balance(sheet, best, known)


def _in_same_money(
    sheet: Sheet, mapping: Mapping, known: Headings
) -> tuple[ColumnFound, ...]:
    sample = _sample(sheet, mapping.head, known)

    def candidates(field: Field) -> list[int]:
        free = set(mapping.columns.values()) - {mapping.columns.get(field)}
        return [
            column
            for column, _ in _candidates(mapping.head, field, known)
            if column not in free and fits(field, column, sample)
        ]

    return in_same_money(mapping.head, mapping.found, candidates)


def _of_invoices(found: tuple[ColumnFound, ...]) -> tuple[ColumnFound, ...]:
    """Beside invoices' numbers a Reference is what the buyer calls it, often the same for many: it numbers nothing."""
    fields = {each.field: each for each in found}
    number = fields.get(Field.DOC_NO)
    if (
        number is None
        or Field.INVOICE_NO not in fields
        or normalised(number.header) not in _REFERENCES
    ):
        return found
    return tuple(each for each in found if each is not number)


def _recognised(sheet: Sheet, head: Head, known: Headings) -> Iterator[ColumnFound]:
    sample = _sample(sheet, head, known)
    taken: set[int] = set()
    whole = sheet.rows[head.first_data_row :]
    for field in Field:
        candidates = [
            (column, confidence)
            for column, confidence in _candidates(head, field, known)
            if column not in taken
        ]
        fitting = [each for each in candidates if fits(field, each[0], sample)]
        # A known heading is kept whatever its cells hold: further down some may be what it says. rules.md 14.4.
        for column, confidence in fitting or (
            each for each in candidates if holds_any(field, each[0], whole)
        ):
            taken.add(column)
            header = head.labels[column]
            reason = Message.of(N_("by its heading {header}"), header=header)
            yield ColumnFound(field, column, header, reason, confidence)
            break


def _candidates(head: Head, field: Field, known: Headings) -> list[tuple[int, float]]:
    """Columns that may be this field, the best heading first; equal headings from the left."""
    places = _places(known.fields[field])
    ranked = []
    for column, parts in enumerate(head.parts):
        options = [
            (name, 1.0 if place == 0 else 0.9)
            for place, name in enumerate(names(parts))
        ]
        if field not in AMOUNTS:
            options.append((last_name(parts), 0.6))
        for name, confidence in options:
            if name in places:
                ranked.append((-confidence, places[name], column))
                break
    return [(column, -confidence) for confidence, _, column in sorted(ranked)]


@cache
def _places(aliases: tuple[str, ...]) -> dict[str, int]:
    """Where each heading stands among those of its field."""
    return {alias: place for place, alias in reversed(list(enumerate(aliases)))}


def _sample(sheet: Sheet, head: Head, known: Headings) -> list[Row]:
    first = head.first_data_row
    near = sheet.rows[first : first + 5 * _SAMPLE]
    good = (row for row in near if _holds_values(row) and not total_word(known, row))
    return list(islice(good, _SAMPLE))


@lru_cache(maxsize=1_000)
def _holds_values(row: Row) -> bool:
    """Whether it is neither empty nor a row of headings again."""
    return filled(row) > 1 and not all(
        map(is_word, (value for value in row if value is not None))
    )


def _row_kind(head: Head, known: Headings, found: tuple[ColumnFound, ...]) -> RowKind:
    """Payments and credit notes come as lists of their own; an invoice list has due dates or open amounts."""
    fields = {each.field for each in found}
    if Field.DUE_DATE in fields or {Field.OPEN, Field.AMOUNT, Field.PAID} <= fields:
        return RowKind.LEDGER
    kinds = {kind.id for kind in _kinds(head, known)}
    return next(
        (kind for kind in (RowKind.CREDIT_NOTES, RowKind.PAYMENTS) if kind in kinds),
        RowKind.LEDGER,
    )


def _kinds(head: Head, known: Headings) -> Iterator[SheetKind]:
    here = _all_names(head)
    for kind in known.kinds:
        if len(here & kind.headings) >= kind.at_least:
            yield kind


def _other_kinds(head: Head, known: Headings) -> list[SheetKind]:
    """The lists of something else this could be."""
    return [kind for kind in _kinds(head, known) if kind.id not in list(RowKind)]


def _all_names(head: Head) -> frozenset[str]:
    return frozenset(name for parts in head.parts for name in names(parts))


def _with_net(mapping: Mapping) -> Mapping:
    """金额 beside 税额 and without a total is the amount before tax: the total is their sum. rules.md 11.2."""
    amount = next((each for each in mapping.found if each.field is Field.AMOUNT), None)
    fields = set(mapping.columns)
    if Field.VAT not in fields and "金额" in _net_names(mapping):
        # Without a tax a second 金额 is another amount, not one without tax.
        return mapping.corrected(Field.NET, None)
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


def _larger_is_amount(sheet: Sheet, mapping: Mapping) -> Mapping:
    """Of two columns of one heading beside a tax the one that holds the tax is the amount, wherever it stands."""
    columns = mapping.columns
    needed = (Field.AMOUNT, Field.NET, Field.VAT)
    if not set(needed) <= set(columns):
        return mapping
    first = mapping.head.first_data_row
    told = [
        amount + vat == net
        for row in sheet.rows[first : first + _SAMPLE]
        for amount, net, vat in [[_figure(row, columns[each]) for each in needed]]
        if amount and net and vat
    ]
    if not told or 2 * sum(told) <= len(told):
        return mapping
    other = {Field.AMOUNT: Field.NET, Field.NET: Field.AMOUNT}
    return replace(
        mapping,
        found=tuple(
            replace(each, field=other.get(each.field, each.field))
            for each in mapping.found
        ),
    )


def _figure(row: Row, column: int) -> Decimal | None:
    try:
        return figures.amount(cell(row, column))
    except figures.NotAnAmount:
        return None


def _net_names(mapping: Mapping) -> tuple[str, ...]:
    column = mapping.columns.get(Field.NET)
    return () if column is None else names(mapping.head.parts[column])


def _dated(found: tuple[ColumnFound, ...]) -> tuple[ColumnFound, ...]:
    """Lists of deliveries have no other day: the delivery's is the document's."""
    fields = {each.field for each in found}
    if fields & {Field.DOC_DATE, Field.POST_DATE, Field.SETTLED_DATE}:
        return found
    return tuple(
        replace(each, field=Field.DOC_DATE) if each.field is Field.SHIP_DATE else each
        for each in found
    )


def _purchases(known: Headings) -> SheetKind:
    return next(kind for kind in known.kinds if kind.id == "purchases")


def _other_kind(sheet: Sheet, head: Head, kind: SheetKind) -> OtherKindOfFile:
    return OtherKindOfFile(
        name=sheet.file_name, kind=kind.title, kind_id=kind.id, headers=listed(head)
    )


def _refusal(
    sheet: Sheet, known: Headings, head: Head, absent: tuple[Message, ...]
) -> UserError:
    here = _all_names(head)
    if others := _other_kinds(head, known):
        likest = max(others, key=lambda kind: len(kind.headings & here))
        return _other_kind(sheet, head, likest)
    if any(map(names_seller, head.parts)):
        return _other_kind(sheet, head, _purchases(known))
    if example := without_year(sheet, head, known):
        return DatesWithoutYear(name=sheet.file_name, example=example)
    return LedgerNotRecognised(
        name=sheet.file_name, missing=absent, headers=listed(head)
    )
