"""Reads a file that was taken in before once more, as it was read then."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from creditdesk.catalog.headings import Field, Headings, headings, normalised
from creditdesk.domain.base.money import Money, is_currency
from creditdesk.domain.ledger.bank import BankStatement
from creditdesk.domain.ledger.documents import AgedDraft, LedgerDraft
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.aged import summary as aged
from creditdesk.importers.columns import aged_layout, recognise
from creditdesk.importers.columns.chosen import by_profile, mapped
from creditdesk.importers.columns.mapping import Mapping, RowKind, cell
from creditdesk.importers.columns.profile import Profile
from creditdesk.importers.files.cells import Sheet, text
from creditdesk.importers.rows import ledger
from creditdesk.importers.rows.control import Control, controls, left_out
from creditdesk.importers.structured.document import Structured, draft_for
from creditdesk.intake.looking import Owner
from creditdesk.intake.opening import open_file
from creditdesk.intake.taking_in import read_statement
from creditdesk.jobs import Progress


class ReadOtherwise(UserError):
    """What was an aged summary, a statement or a table then is not recognised as one now."""

    message = N_(
        "{name} is no longer recognised as what it was taken in as. Import the file again to compare it."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AsThen:
    """How a file was read when it was taken in. `columns`: field to heading. `as_of`: of an aged summary."""

    kind: str
    sheet: str
    columns: dict[str, str]
    as_of: date | None = None
    profiles: tuple[Profile, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A row that was not taken, with its figure."""

    row: int
    reason: Message
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAgain:
    """What the file says, the rows of it that were not taken, and its own totals beside its rows."""

    draft: LedgerDraft | AgedDraft | BankStatement
    left_out: tuple[LeftOutRow, ...] = ()
    controls: tuple[Control, ...] = ()


def read(
    path: Path,
    then: AsThen,
    owner: Owner,
    progress: Progress,
    *,
    password: str | None = None,
) -> ReadAgain:
    """The file's content, read in the child process. Raises `UserError`s, as reading it did then."""
    opened = open_file(path, progress, sheet_name=then.sheet or None, password=password)
    if isinstance(opened, Structured):
        return ReadAgain(draft=draft_for(opened, owner.name, owner.tax_id))
    if then.kind == "aged":
        return ReadAgain(draft=_summary(opened, then, owner, progress))
    if then.kind == "bank":
        return ReadAgain(draft=read_statement(opened, owner, progress))
    known = headings()
    sheet = recognise.prepared(opened, known)
    mapping = _mapping(sheet, then, known)
    draft = ledger.read(
        sheet,
        mapping,
        owner.currency,
        progress,
        answers=owner.answers,
        calendar=owner.calendar,
        client=owner.name,
    )
    return ReadAgain(
        draft=draft,
        left_out=tuple(_left_out(sheet, mapping, draft, owner.currency, known)),
        controls=controls(sheet, mapping, draft),
    )


def _summary(sheet: Sheet, then: AsThen, owner: Owner, progress: Progress) -> AgedDraft:
    layout = aged_layout.recognise(sheet, headings())
    if layout is None or then.as_of is None:
        raise ReadOtherwise(name=sheet.file_name)
    return aged.read(sheet, layout, then.as_of, owner.currency, progress)


def _mapping(sheet: Sheet, then: AsThen, known: Headings) -> Mapping:
    """The columns as they were read then: by recognition or a profile where that says the same, else by their names."""
    guess = _guess(sheet, then.profiles, known)
    if guess is not None and guess.headers == then.columns:
        return guess
    for profile in then.profiles:
        if profile.columns == then.columns:
            return by_profile(sheet, profile)
    named = mapped(sheet, then.columns)
    return replace(named, kind=guess.kind if guess else RowKind.LEDGER)


def _guess(
    sheet: Sheet, profiles: Iterable[Profile], known: Headings
) -> Mapping | None:
    try:
        return recognise.guess(sheet, known, profiles)
    except UserError:
        return None


def _left_out(
    sheet: Sheet, mapping: Mapping, draft: LedgerDraft, currency: str, known: Headings
) -> Iterator[LeftOutRow]:
    column = mapping.columns.get(Field.CURRENCY)
    for each in left_out(sheet, mapping, draft):
        shown = "" if column is None else text(cell(sheet.rows[each.row - 1], column))
        code = known.currencies.get(normalised(shown), shown.upper())
        amount = Money(each.amount, code if is_currency(code) else currency)
        yield LeftOutRow(each.row, each.reason, amount.refined())
