"""Recognises what the columns of a ledger mean, says why, and lets a person decide otherwise. domain.md 11.6."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from enum import StrEnum

from creditdesk.catalog.headings import Field, Headings, SheetKind, normalised
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers import dates, figures
from creditdesk.importers.cells import Cell, Row, Sheet, filled
from creditdesk.importers.dates import Decision, Order
from creditdesk.importers.heads import Head, heads, is_day, last_name, names
from creditdesk.importers.profile import Profile, signature

DATES = (
    Field.DOC_DATE,
    Field.POST_DATE,
    Field.SHIP_DATE,
    Field.DUE_DATE,
    Field.SETTLED_DATE,
)
AMOUNTS = (
    Field.AMOUNT,
    Field.AMOUNT_FC,
    Field.AMOUNT_LC,
    Field.NET,
    Field.VAT,
    Field.PAID,
    Field.OPEN,
)
_NUMBERS = (Field.DOC_NO, Field.EINVOICE_NO, Field.INVOICE_NO, Field.VOUCHER_NO)
_SAMPLE = 60
_LISTED_HEADERS = 30


class Kind(StrEnum):
    """What each row of the sheet is, unless the row says otherwise."""

    LEDGER = "ledger"
    PAYMENTS = "payments"
    CREDIT_NOTES = "credit_notes"


class HeadersMissing(UserError):
    """Named columns are not there."""

    message = N_("{name} has no column {missing}. Its headings are: {headers}.")


class HeaderAmbiguous(UserError):
    """A named column is there several times."""

    message = N_(
        "{name} has several columns named {header}. "
        "Choose one by its numbered heading: {headers}."
    )


class FieldUnknown(UserError):
    """Not the name of a field."""

    message = N_("There is no field {field}. The fields are: {fields}.")


class LedgerNotRecognised(UserError):
    """Buyer, number, date or amount can't be found."""

    message = N_(
        "In {name} no column was recognised as {missing}. Its headings are: {headers}. Choose the columns yourself."
    )


class OtherKindOfFile(UserError):
    """A list of something else."""

    message = N_(
        "{name} looks like {kind}, not like a list of invoices. Its headings are: {headers}. "
        "Export the receivables with buyer, document number, date and amount."
    )


class HeadingsNotFound(UserError):
    """No row looks like headings."""

    message = N_(
        "{name} has no row of headings in its first {rows} rows. Choose the sheet that lists the invoices."
    )


@dataclass(frozen=True, slots=True)
class Found:
    """One recognised column. `confidence` from 0 to 1."""

    field: Field
    column: int
    header: str
    reason: Message
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What each column means. `head` is where the headings stand; `found` has one entry a field.

    `day_first` None: decided from the columns themselves; False is month first.
    """

    head: Head
    found: tuple[Found, ...]
    kind: Kind = Kind.LEDGER
    day_first: bool | None = None

    @property
    def columns(self) -> dict[Field, int]:
        """Column index by field."""
        return {each.field: each.column for each in self.found}

    @property
    def headers(self) -> dict[str, str]:
        """Heading by canonical field name."""
        return {each.field.value: each.header for each in self.found}

    @property
    def header_row(self) -> int:
        """First row of the headings, counted from 1."""
        return self.head.start + 1

    def corrected(self, field: Field, column: int | None) -> "Mapping":
        """The same with this field read from another column, or from none."""
        others = tuple(
            each for each in self.found if each.field != field and each.column != column
        )
        if column is None:
            return replace(self, found=others)
        reason = Message(N_("chosen by you"))
        chosen = Found(field, column, self.head.labels[column], reason, 1.0)
        return replace(self, found=(*others, chosen))

    def profile(self) -> Profile:
        """What is kept so that the same layout is known next time."""
        return Profile(
            columns=self.headers,
            day_first=self.day_first,
            signature=signature(self.head.labels),
            kind=self.kind,
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


def mapped(
    sheet: Sheet, chosen: Table[str, str], *, day_first: bool | None = None
) -> Mapping:
    """Only the named columns: field name to heading. Raises a `UserError` that names the headings."""
    fields = {_field(name): header for name, header in chosen.items()}
    head = _head_with(sheet, tuple(fields.values()))
    reason = Message(N_("chosen by you"))
    found = []
    for field, header in fields.items():
        column = _column(sheet, head, header)
        found.append(Found(field, column, head.labels[column], reason, 1.0))
    mapping = Mapping(head=head, found=tuple(found), day_first=day_first)
    absent = missing(mapping)
    if absent:
        raise LedgerNotRecognised(
            name=sheet.file_name, missing=absent, headers=_listed(head)
        )
    return mapping


def by_profile(sheet: Sheet, profile: Profile) -> Mapping:
    """The columns a profile names. Raises `HeadersMissing` when the layout is another one."""
    mapping = mapped(sheet, profile.columns, day_first=profile.day_first)
    return replace(mapping, kind=Kind(profile.kind))


def missing(mapping: Mapping) -> tuple[Message, ...]:
    """What a ledger can't do without and this mapping lacks."""
    have = set(mapping.columns)
    amount = (
        bool(have & {Field.AMOUNT, Field.AMOUNT_FC, Field.AMOUNT_LC, Field.OPEN})
        or {Field.NET, Field.VAT} <= have
    )
    day = bool(have & {Field.DOC_DATE, Field.POST_DATE})
    number = bool(have & set(_NUMBERS))
    if mapping.kind is Kind.PAYMENTS:
        amount, day, number = (
            amount or Field.PAID in have,
            day or Field.SETTLED_DATE in have,
            True,
        )
    needs = {
        N_("buyer"): bool(have & {Field.BUYER_CODE, Field.BUYER_NAME}),
        N_("document number"): number,
        N_("date"): day,
        N_("amount"): amount,
    }
    return tuple(Message(need) for need, met in needs.items() if not met)


def date_order(sheet: Sheet, mapping: Mapping) -> Decision:
    """Whether the file writes the day or the month first: the person's word, else what all its dates together prove."""
    if mapping.day_first is not None:
        return Decision(Order.DAY_FIRST if mapping.day_first else Order.MONTH_FIRST)
    columns = [mapping.columns[field] for field in DATES if field in mapping.columns]
    rows = sheet.rows[mapping.head.first_data_row :]
    return dates.decide(cell(row, column) for column in columns for row in rows)


def cell(row: Row, column: int) -> Cell:
    """The cell of a row that may be shorter than the headings."""
    return row[column] if column < len(row) else None


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
    """The place for the headings under which most is recognised, what a ledger needs above all."""
    best: Mapping | None = None
    score = (-9, 0)
    for head in heads(sheet):
        found = tuple(_recognised(sheet, head, known))
        mapping = Mapping(head=head, found=found, kind=_row_kind(head, known, found))
        new = (-len(missing(mapping)), len(found))
        if new > score:
            best, score = mapping, new
    if best is None:
        raise HeadingsNotFound(name=sheet.file_name, rows=min(40, len(sheet.rows)))
    return _with_net(best)


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
    if fields & {Field.DUE_DATE} or (
        {Field.OPEN, Field.AMOUNT} <= fields and Field.PAID in fields
    ):
        return Kind.LEDGER
    kinds = {kind.id for kind in _kinds(head, known)}
    return next(
        (kind for kind in (Kind.CREDIT_NOTES, Kind.PAYMENTS) if kind in kinds),
        Kind.LEDGER,
    )


def _kinds(head: Head, known: Headings) -> Iterator[SheetKind]:
    here = {name for parts in head.parts for name in names(parts)}
    for kind in known.kinds:
        if len(here & kind.headings) >= kind.at_least:
            yield kind


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
    kinds = sorted(
        _kinds(head, known),
        key=lambda kind: (
            -len(kind.headings & {n for parts in head.parts for n in names(parts)})
        ),
    )
    other = [kind for kind in kinds if kind.id not in list(Kind)]
    if other:
        return OtherKindOfFile(
            name=sheet.file_name, kind=other[0].title, headers=_listed(head)
        )
    return LedgerNotRecognised(
        name=sheet.file_name, missing=absent, headers=_listed(head)
    )


def _field(name: str) -> Field:
    try:
        return Field(name)
    except ValueError as error:
        raise FieldUnknown(field=name, fields=tuple(Field)) from error


def _head_with(sheet: Sheet, wanted: tuple[str, ...]) -> Head:
    """The headings that hold all named ones; else the refusal names those of the row that holds most."""
    keys = {normalised(header): header for header in wanted}
    best: Head | None = None
    most = -1
    for head in heads(sheet):
        here = set(_keys(head))
        if here.issuperset(keys):
            return head
        if (score := len(here.intersection(keys)) * 1000 + len(here)) > most:
            best, most = head, score
    if best is None:
        raise HeadingsNotFound(name=sheet.file_name, rows=min(40, len(sheet.rows)))
    absent = tuple(
        header for key, header in keys.items() if key not in set(_keys(best))
    )
    raise HeadersMissing(name=sheet.file_name, missing=absent, headers=_listed(best))


def _keys(head: Head) -> Iterator[str]:
    for parts, label in zip(head.parts, head.labels, strict=True):
        yield normalised(label)
        yield normalised("".join(parts))
        yield last_name(parts)


def _column(sheet: Sheet, head: Head, header: str) -> int:
    """Exactly as written first, then without case and punctuation, then the lowest heading alone."""
    key = normalised(header)
    tests = (
        [label == header.strip() for label in head.labels],
        [normalised(label) == key for label in head.labels],
        [normalised("".join(parts)) == key for parts in head.parts],
        [last_name(parts) == key for parts in head.parts],
    )
    for test in tests:
        columns = [column for column, hit in enumerate(test) if hit]
        if len(columns) == 1:
            return columns[0]
        if columns:
            same = tuple(head.labels[column] for column in columns)
            raise HeaderAmbiguous(name=sheet.file_name, header=header, headers=same)
    raise HeadersMissing(name=sheet.file_name, missing=(header,), headers=_listed(head))


def _listed(head: Head) -> tuple[str, ...]:
    shown = tuple(label for label in head.labels if label)
    return shown if len(shown) <= _LISTED_HEADERS else (*shown[:_LISTED_HEADERS], "…")
