"""`buyer statement`: a buyer's financial statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from creditdesk.cases.reading import Reader
from creditdesk.cli.case_files import json_of
from creditdesk.cli.session import File, Number, Terminal, day, existing, terminal
from creditdesk.domain.credit.sheet_reading import SheetFound, SheetSaid, sheets_of
from creditdesk.domain.credit.sheets import UNITS, Scheme, Sheet, Standard
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.files import evidence
from creditdesk.intake.buyer_statement import read_file
from creditdesk.services.credit import StatementLine
from creditdesk.workspace import Desk

app = typer.Typer(no_args_is_help=True, help="A buyer's financial statements.")


class Unit(StrEnum):
    """What the figures are counted in."""

    ONE = "1"
    THOUSAND = "1000"
    TEN_THOUSAND = "10000"
    MILLION = "1000000"


class NothingNew(UserError):
    """All periods of the file are there."""

    message = N_("Every period in {name} is kept already. Void the statement that it replaces first.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Read:
    sheets: tuple[Sheet, ...]
    unread: tuple[str, ...] = ()
    remarks: tuple[Message, ...] = ()


@app.command()
def add(  # noqa: PLR0913 - what is said of a statement
    context: typer.Context,
    file: File,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    end: Annotated[str, typer.Option(help="The last day of its period, where the file doesn't say.")] = "",
    months: Annotated[int | None, typer.Option(min=1, max=24, help="Of how many months it is.")] = None,
    unit: Annotated[Unit | None, typer.Option(help="What its figures count in, if the file doesn't say.")] = None,
    currency: Annotated[str, typer.Option()] = "CNY",
    standard: Annotated[Standard, typer.Option()] = Standard.ENTERPRISES,
    scheme: Annotated[Scheme, typer.Option()] = Scheme.CHINESE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be kept.")] = False,
) -> None:  # fmt: skip
    """Take in statements from a table by the names of their rows, or from JSON; periods that are kept stay."""
    call = terminal(context)
    existing(file)
    said = SheetSaid(
        period_end=day(end) if end else None,
        months=months,
        unit=int(unit.value) if unit else None,
        currency=currency.upper(),
        standard=standard,
        scheme=scheme,
    )
    read = _json(file) if file.suffix.lower() == ".json" else _table(call, file, said)
    with call.desk() as desk:
        owner = desk.clients.named(client)
        number = desk.buyers.named(owner, buyer)
        kept = {
            (each.sheet.period_end, each.sheet.months)
            for each in desk.credit.statements(number)
            if each.voided is None
        }
        new = [each for each in read.sheets if (each.period_end, each.months) not in kept]  # fmt: skip
        if not new:
            raise NothingNew(name=file.name)
        doubts = [desk.credit.statement_doubts(number, each, new) for each in new]
        made: list[int | None] = [None] * len(new)
        if not dry_run:
            made = _keep(call, desk, owner, number, new, file)
    call.answer(
        {
            "statements": [
                {**_sheet(each), "id": at, "doubts": told}
                for each, at, told in zip(new, made, doubts, strict=True)
            ],
            "kept_before": [each.period_end for each in read.sheets if each not in new],
            "unread_rows": list(read.unread),
            "remarks": list(read.remarks),
        },
        [
            *(_line(call, each) for each in new),
            *(call.words.say(each) for told in doubts for each in told),
            *map(call.words.say, read.remarks),
        ],
    )


def _keep(  # noqa: PLR0913, PLR0917 - the file, and where it goes
    call: Terminal, desk: Desk, client: int, buyer: int, new: list[Sheet], file: Path
) -> list[int | None]:
    most = desk.upkeep.threshold("evidence_mb") * 1024 * 1024
    looked = evidence.inspect(file, call.progress(), most=most)

    def change() -> list[int | None]:
        paper = desk.watch.keep_paper(client, looked, file.read_bytes())
        return [desk.credit.add_statement(buyer, each, paper) for each in new]

    return desk.do(change)


def _table(call: Terminal, file: Path, said: SheetSaid) -> _Read:
    found: SheetFound = read_file(file, said.scheme, call.progress())
    return _Read(sheets_of(found, said), found.unread, found.remarks)


def _json(file: Path) -> _Read:
    raw = json_of(str(file))
    cases = raw if isinstance(raw, list) else [raw]
    return _Read(tuple(_from_json(Reader(each, file.name)) for each in cases))


def _from_json(case: Reader) -> Sheet:
    unit = case.days("unit", 1)
    if unit not in UNITS:
        raise case.wrong("unit", N_("one of {choices}"), choices=tuple(map(str, UNITS)))
    values = case.part("values")
    scheme = case.any_case("scheme", Scheme) if case.has("scheme") else Scheme.CHINESE
    standard = case.any_case("standard", Standard) if case.has("standard") else Standard.ENTERPRISES  # fmt: skip
    made = Sheet(
        period_end=case.day("period_end"),
        months=case.days("months", 12),
        unit=unit,
        currency=case.currency("currency", "CNY"),
        standard=standard,
        scheme=scheme,
        company=case.text("company", ""),
        values=_values(values),
    )
    case.close()
    return made


def _values(values: Reader) -> Mapping[str, Decimal]:
    found = {key: values.maybe_signed_number(key) for key in values.keys}
    return {key: value for key, value in found.items() if value is not None}


@app.command("list")
def list_(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
) -> None:
    """List a buyer's statements, the newest period first, with those that were voided."""
    call = terminal(context)
    with call.desk() as desk:
        found = desk.credit.statements(desk.buyers.named(desk.clients.named(client), buyer))  # fmt: skip
    call.answer(
        [_kept(each) for each in found], [_line(call, each.sheet) for each in found]
    )


@app.command()
def void(
    context: typer.Context, statement: Number, *, why: Annotated[str, typer.Option()]
) -> None:
    """Void a statement that was entered by mistake; it stays in the history."""
    call = terminal(context)
    with call.desk() as desk:
        desk.credit.void_statement(statement, why)
    call.answer({"voided": statement})


def _kept(line: StatementLine) -> dict[str, object]:
    return {
        "id": line.id,
        **_sheet(line.sheet),
        "who": line.who,
        "voided": line.voided.why if line.voided else None,
    }


def _sheet(sheet: Sheet) -> dict[str, object]:
    return {
        "period_end": sheet.period_end,
        "months": sheet.months,
        "annualised": sheet.annualised,
        "unit": sheet.unit,
        "currency": sheet.currency,
        "standard": sheet.standard.value,
        "scheme": sheet.scheme.value,
        "company": sheet.company,
        "values": {key: f"{value:f}" for key, value in sheet.values.items()},
    }


def _line(call: Terminal, sheet: Sheet) -> str:
    return call.words(
        N_("{day}, {months} months: {count} rows"),
        day=sheet.period_end,
        months=sheet.months,
        count=len(sheet.values),
    )
