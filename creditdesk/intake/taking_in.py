"""What a file on its way says, held against the desk and taken into it: whatever kind of file it is."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from creditdesk.domain.ledger.asked import Answers
from creditdesk.domain.ledger.bank import BankStatement
from creditdesk.domain.ledger.documents import AgedDraft, LedgerDraft
from creditdesk.importers.aged import summary
from creditdesk.importers.bank import statement
from creditdesk.importers.bank.statement import NoBankStatement, View
from creditdesk.importers.columns.profile import from_json, to_json
from creditdesk.importers.files.cells import Sheet
from creditdesk.importers.structured.document import Structured
from creditdesk.intake.file_remarks import aged_with_remarks
from creditdesk.intake.looking import Owner, Piece, ToldBefore
from creditdesk.intake.opening import open_file
from creditdesk.jobs import Progress
from creditdesk.services.clients import ClientLine
from creditdesk.services.ledger import AgedTakenIn, Ledger, StatementTaken, TakenIn

Draft = LedgerDraft | AgedDraft | BankStatement
Told = TakenIn | AgedTakenIn | StatementTaken
_DIGITS = re.compile(r"[\d\s_.年月日-]+")


def owner_of(client: ClientLine, ledger: Ledger, said: Answers | None = None) -> Owner:
    """Whose files a client's are, with what is known to questions about them and what was just said."""
    answers = {**ledger.answers(client.id), **(said or {})}
    return Owner(client.name, client.currency, client.uscc, answers)


def told_before(ledger: Ledger, client: int) -> ToldBefore:
    """How this client's files were read before, and what was answered about them."""
    kept = ledger.profiles(client).values()
    profiles = tuple(from_json(json.dumps(each)) for each in kept)
    return ToldBefore(profiles, ledger.answers(client))


def read_summary(
    piece: Piece, as_of: date, owner: Owner, progress: Progress
) -> AgedDraft:
    """What an aged summary says of a day."""
    assert piece.sheet is not None  # noqa: S101 - a summary is a table
    assert piece.aged is not None  # noqa: S101 - see above
    draft = summary.read(piece.sheet, piece.aged, as_of, owner.currency, progress)
    return aged_with_remarks(draft, piece.sheet, piece.aged)


def read_statement(
    sheet: Sheet,
    owner: Owner,
    progress: Progress,
    *,
    day_first: bool | None = None,
    view: View | None = None,
) -> BankStatement:
    """What a bank says came in, see `statement.read`."""
    return statement.read(
        sheet,
        progress,
        currency=owner.currency,
        own_names=(owner.name,),
        day_first=day_first,
        view=view,
        answers=owner.answers,
    )


def open_statement(  # noqa: PLR0913 - the file and all a person may say of it
    path: Path,
    owner: Owner,
    progress: Progress,
    *,
    sheet: str | None = None,
    day_first: bool | None = None,
    view: View | None = None,
) -> BankStatement:
    """The same of a file that is said to be a statement. Raises what opening and reading it refuse."""
    opened = open_file(path, progress, sheet_name=sheet)
    if isinstance(opened, Structured):
        raise NoBankStatement(name=path.name)
    return read_statement(opened, owner, progress, day_first=day_first, view=view)


def compare(ledger: Ledger, client: int, draft: Draft, progress: Progress) -> Told:
    """What taking it in would do; nothing is written."""
    if isinstance(draft, AgedDraft):
        return ledger.compare_aged(client, draft)
    if isinstance(draft, BankStatement):
        return ledger.compare_statement(client, draft)
    return _of_its_file(ledger.compare(client, draft, progress), draft)


def take_in(
    ledger: Ledger, client: int, draft: Draft, path: Path, progress: Progress
) -> Told:
    """Keep it, with the file itself. Raises what `Ledger.take_in` raises."""
    if isinstance(draft, AgedDraft):
        return ledger.take_in_aged(client, draft, path, progress)
    if isinstance(draft, BankStatement):
        return ledger.take_in_statement(client, draft, path, progress)
    return _of_its_file(ledger.take_in(client, draft, path, progress), draft)


def _of_its_file(told: TakenIn, draft: LedgerDraft) -> TakenIn:
    """What is asked about one of several files names it: an answer is never another file's, too."""
    asked = tuple(each.of_one_file(draft.one_of) for each in told.questions)
    return replace(told, questions=asked)


def keep_profile(ledger: Ledger, client: int, piece: Piece) -> None:
    """Remember how the columns of a file were read that no profile has known, for next month's."""
    if piece.mapping is not None and not piece.by_profile:
        content = json.loads(to_json(piece.mapping.profile()))
        ledger.save_profile(client, _profile_name(piece.path), content)


def _profile_name(path: Path) -> str:
    """The file's name without what changes every month."""
    return _DIGITS.sub(" ", path.stem).strip() or path.stem
