"""`ledger import`: take files in, whatever they are."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from creditdesk import private
from creditdesk.catalog.headings import headings
from creditdesk.cli.ledger import answers, receipt_answers
from creditdesk.cli.session import Files, Terminal, day, existing, terminal
from creditdesk.domain.ledger.documents import LedgerDraft
from creditdesk.errors import Problem, UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns import chosen as columns_chosen
from creditdesk.importers.columns import profile
from creditdesk.importers.columns.questions import questions
from creditdesk.importers.structured.document import Structured
from creditdesk.intake import archives, taking_in
from creditdesk.intake import looking as intake
from creditdesk.intake.looking import Owner, Piece, Shape
from creditdesk.intake.opening import expect_files, open_file
from creditdesk.services.ledger import AgedTakenIn, StatementTaken, TakenIn
from creditdesk.workspace import Desk

PASSWORD = "CREDITDESK_FILE_PASSWORD"  # noqa: S105 - the name of the variable, not a secret


class MapUnreadable(UserError):
    """A mapping is not of the form field=header."""

    message = N_(
        "{text} names no column. Write it as field=header, for example doc_no=单据编号."
    )


class AnswerUnreadable(UserError):
    """Not of the form question=option."""

    message = N_(
        "{text} is no answer. Write it as question=option, as the import shows them."
    )


class AnswersUnreadable(UserError):
    """Not a JSON object."""

    message = N_(
        "{name} is no file of answers: it must be a JSON object of options by question."
    )


class ProfileUnknown(UserError):
    """The client has no profile of this name."""

    message = N_("{client} has no profile {name}. It has: {known}.")


class ColumnsUnneeded(UserError):
    """Columns, a sheet or an order of days were chosen for a file that has none."""

    message = N_(
        "{name} is a structured file ({what}) and says itself what everything means. "
        "Leave out --map, --profile, --sheet and --day-first."
    )


class NothingTaken(UserError):
    """Not one row of a file could be taken."""

    message = N_(
        "Nothing was taken from {name}: {count} rows were refused. The reasons stand with the rows."
    )


class SummaryUndated(UserError):
    """Nobody says of which day an aged summary is."""

    message = N_(
        "{name} is an aged summary, and nothing in it says of which day. Say it with --as-of."
    )


class CustomersAlone(UserError):
    """A list of customers, with no invoices beside it."""

    message = N_(
        "{name} is a list of customers. It gives their names to invoices imported together with it; "
        "name both files."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedByCommand:
    """What the command line says about the files."""

    owner: Owner
    number: int
    dry_run: bool
    payments_counted: bool | None
    as_of: str
    day_first: bool | None = None


def import_(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    files: Files,
    *,
    client: Annotated[str, typer.Option()],
    sheet: Annotated[str | None, typer.Option()] = None,
    profile_name: Annotated[str | None, typer.Option("--profile")] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", help="field=header; with any, nothing is guessed."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    day_first: Annotated[bool, typer.Option("--day-first")] = False,
    encoding: Annotated[str | None, typer.Option(help="Of a text file.")] = None,
    as_of: Annotated[str, typer.Option("--as-of", help="Of an aged summary.")] = "",
    payments_counted: Annotated[
        bool | None,
        typer.Option(
            "--payments-counted/--payments-later",
            help="Whether a list of payments is in the open amounts beside it.",
        ),
    ] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(help="QUESTION=OPTION: an answer to what the import asks."),
    ] = None,
    answers_file: Annotated[
        Path | None,
        typer.Option(
            "--answers", help="A JSON file of answers by question.", readable=False
        ),
    ] = None,
) -> None:
    """Take invoices, credit notes, payments, balances and receipts in; several files (or a ZIP) that belong together.

    The password of a protected file is taken from CREDITDESK_FILE_PASSWORD.
    """
    call = terminal(context)
    with call.desk() as desk, private.folder() as folder:
        inside = archives.expanded(
            list(map(existing, files)), folder.joinpath, call.progress()
        )
        expect_files(len(inside))
        number = desk.clients.named(client)
        card = next(line for line in desk.clients.all() if line.id == number)
        chosen = _columns(maps or [])
        if profile_name:
            chosen = _profile(desk, number, client, profile_name).columns
        pieces, told = [], []
        for file in inside:
            try:
                piece = _piece(call, desk, number, file, chosen, sheet, encoding, day_first=day_first)  # fmt: skip
            except UserError as refused:
                if file in files:
                    raise
                # One file of a ZIP doesn't hold the others up.
                told.append(_refused(call, file, refused))
            else:
                pieces.append(piece)
        asked = AskedByCommand(
            owner=taking_in.owner_of(
                card, desk.ledger, _answers(answer or [], answers_file)
            ),
            number=number,
            dry_run=dry_run,
            payments_counted=payments_counted,
            as_of=as_of,
            day_first=day_first or None,
        )
        if pieces:
            told = [*_taken_in(call, desk, pieces, asked), *told]
    if len(told) == 1:
        (one,) = told
        if one.refusal is not None:
            raise call.fall_short(one.refusal, one.data, one.lines)
        call.answer(one.data, one.lines)
        return
    data = [{"file": one.file, **one.data} for one in told]
    lines = [line for one in told for line in (f"{one.file}:", *one.lines)]
    if all(one.refusal for one in told) and told[0].refusal is not None:
        raise call.fall_short(told[0].refusal, {"files": data}, lines)
    call.answer({"files": data}, lines)


def _answers(said: Sequence[str], file: Path | None) -> dict[str, str]:
    """What was answered on the command line; a question's id may hold an equals sign, an option never."""
    found: dict[str, str] = {}
    if file is not None:
        try:
            content = json.loads(existing(file).read_text("utf-8"))
        except ValueError as error:
            raise AnswersUnreadable(name=file.name) from error
        if not isinstance(content, dict):
            raise AnswersUnreadable(name=file.name)
        found |= {str(question): str(option) for question, option in content.items()}
    for each in said:
        question, equals, option = each.rpartition("=")
        if not (equals and question and option):
            raise AnswerUnreadable(text=each)
        found[question] = option
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """What one file gave. `refusal`: it gave nothing."""

    file: str
    data: dict[str, object]
    lines: Sequence[str]
    refusal: UserError | None = None


def _refused(call: Terminal, file: Path, refused: UserError) -> _Told:
    said = call.words.say(refused.said)
    data: dict[str, object] = {"error": {"code": refused.code, "message": said}}
    return _Told(file.name, data, [said], refused)


def _piece(  # noqa: PLR0913, PLR0917 - what the command line says about one file
    call: Terminal,
    desk: Desk,
    number: int,
    file: Path,
    chosen: Mapping[str, str],
    sheet: str | None,
    encoding: str | None,
    *,
    day_first: bool,
) -> Piece:
    """One file, looked at; what can't be read is refused at once, before anything is taken in."""
    opened = open_file(
        file, call.progress(), sheet_name=sheet, encoding=encoding,
        password=os.environ.get(PASSWORD) or None,
    )  # fmt: skip
    if isinstance(opened, Structured):
        if chosen or sheet or day_first:
            raise ColumnsUnneeded(name=file.name, what=opened.title)
        return intake.look(file, opened, headings())
    if chosen:
        mapping = columns_chosen.mapped(opened, chosen, day_first=day_first or None)
        return Piece(path=file, shape=Shape.LEDGER, sheet=opened, mapping=mapping)
    before = taking_in.told_before(desk.ledger, number)
    found = intake.look(file, opened, headings(), before, day_first=day_first or None)
    if found.fault is not None:
        raise found.fault
    return found


def _taken_in(
    call: Terminal, desk: Desk, pieces: Sequence[Piece], asked: AskedByCommand
) -> list[_Told]:
    if all(each.shape is Shape.CUSTOMERS for each in pieces):
        raise CustomersAlone(name=pieces[0].path.name)
    drafts = intake.drafts(
        pieces, asked.owner, call.progress(), payments_counted=asked.payments_counted
    )
    told = [
        _ledger(call, desk, piece, _with_warning(desk, piece, draft, asked), asked)
        for piece, draft in drafts
    ]
    for piece in pieces:
        if piece.shape is Shape.AGED:
            told.append(_aged(call, desk, piece, asked))
        elif piece.shape is Shape.BANK:
            try:
                told.append(_bank(call, desk, piece, asked))
            except UserError as refused:
                if len(pieces) == 1:
                    raise
                told.append(_refused(call, piece.path, refused))
    return told


def _ledger(
    call: Terminal, desk: Desk, piece: Piece, draft: LedgerDraft, asked: AskedByCommand
) -> _Told:
    draft = _with_doubts(piece, draft)
    told = _told(call, desk, piece, draft, asked)
    assert isinstance(told, TakenIn)  # noqa: S101 - what a ledger gives
    controls = piece.structured.controls if piece.structured else ()
    return _Told(
        piece.path.name,
        answers.taken_in(told, draft, controls),
        answers.taken_in_lines(call, told, controls),
        _nothing(piece, told),
    )


def _nothing(piece: Piece, told: TakenIn) -> UserError | None:
    if told.took_any or (told.skipped and not told.rejected):
        return None
    return NothingTaken(name=piece.path.name, count=len(told.rejected))


def _with_warning(
    desk: Desk, piece: Piece, draft: LedgerDraft, asked: AskedByCommand
) -> LedgerDraft:
    """A list of payments beside open amounts told before: the page asks, here it is told."""
    if (
        not piece.lists_payments
        or asked.payments_counted is not None
        or not desk.ledger.says_open(asked.number)
    ):
        return draft
    text = N_(
        "The ledger taken in before already says what is still open. If these payments are in those open amounts, "
        "they count twice: take the import back and repeat it with --payments-counted."
    )
    return replace(draft, notes=(Problem(Message(text)), *draft.notes))


def _with_doubts(piece: Piece, draft: LedgerDraft) -> LedgerDraft:
    """What a person would be asked is told, since nobody can answer here."""
    if piece.sheet is None or piece.mapping is None:
        return draft
    doubts = questions(piece.sheet, piece.mapping, headings())
    notes = tuple(Problem(each.why) for each in doubts if each.field is not None)
    if piece.sheet.alike:
        text = N_(
            "Other sheets look like ledgers too and were not read: {sheets}. Import each with --sheet."
        )
        notes += (Problem(Message.of(text, sheets=piece.sheet.alike)),)
    return replace(draft, notes=(*notes, *draft.notes))


def _told(
    call: Terminal,
    desk: Desk,
    piece: Piece,
    draft: taking_in.Draft,
    asked: AskedByCommand,
) -> taking_in.Told:
    """What it gives, or would give."""
    if asked.dry_run:
        return taking_in.compare(desk.ledger, asked.number, draft, call.progress())
    return taking_in.take_in(
        desk.ledger, asked.number, draft, piece.path, call.progress()
    )


def _aged(call: Terminal, desk: Desk, piece: Piece, asked: AskedByCommand) -> _Told:
    on = day(asked.as_of) if asked.as_of else piece.as_of
    if on is None:
        raise SummaryUndated(name=piece.path.name)
    draft = taking_in.read_summary(piece, on, asked.owner, call.progress())
    told = _told(call, desk, piece, draft, asked)
    assert isinstance(told, AgedTakenIn)  # noqa: S101 - what a summary gives
    nothing = None
    if not draft.balances:
        nothing = NothingTaken(name=piece.path.name, count=len(draft.rejected))
    return _Told(
        piece.path.name,
        answers.aged(told, draft),
        answers.aged_told(call, told),
        nothing,
    )


def _bank(call: Terminal, desk: Desk, piece: Piece, asked: AskedByCommand) -> _Told:
    assert piece.sheet is not None  # noqa: S101 - a statement is a table
    statement = taking_in.read_statement(
        piece.sheet, asked.owner, call.progress(), day_first=asked.day_first
    )
    told = _told(call, desk, piece, statement, asked)
    assert isinstance(told, StatementTaken)  # noqa: S101 - what a statement gives
    return _Told(
        piece.path.name,
        {**answers.NO_DOCUMENTS, **receipt_answers.taken(statement, told)},
        receipt_answers.taken_lines(call, statement, told),
    )


def _columns(maps: list[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in maps]
    for name, equals, header in pairs:
        if not (name and equals and header):
            raise MapUnreadable(text=f"{name}{equals}{header}")
    return {name.strip(): header for name, _, header in pairs}


def _profile(desk: Desk, client_id: int, client: str, name: str) -> profile.Profile:
    known = desk.ledger.profiles(client_id)
    if name not in known:
        names = tuple(known) or Message(N_("none yet"))
        raise ProfileUnknown(client=client, name=name, known=names)
    return profile.from_json(json.dumps(known[name]))
