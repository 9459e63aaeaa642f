"""Writing one paper to everybody it concerns, of one client, several or all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from creditdesk.cli.session import Terminal, today
from creditdesk.errors import UserError
from creditdesk.i18n import N_

if TYPE_CHECKING:
    from creditdesk.presenters.letters.letter_round import RoundWritten


class PaperUnknown(UserError):
    """Nothing of this name goes to many."""

    message = N_("{id} doesn't go to many at once. What does: {ids}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Which paper, to which folder, with what. `clients` empty: of all; `sent` None: nothing is recorded."""

    paper: str
    folder: Path
    texts: dict[str, str]
    clients: Sequence[str] = ()
    sent: date | None = None
    in_one: bool = False
    replace: bool = False


def write_round(call: Terminal, asked: Round) -> None:
    """Write them, and answer what was written and what not and why. Raises `PaperUnknown`, what the round refuses."""
    from creditdesk.presenters.letters.letter_round import LetterRound  # noqa: PLC0415 - heavy, and no other command waits for it
    from creditdesk.presenters.letters.round_papers import PAPERS  # noqa: PLC0415 - as above
    from creditdesk.presenters.parts.wording import Wording  # noqa: PLC0415 - as above

    if asked.paper not in PAPERS:
        raise PaperUnknown(id=asked.paper, ids=tuple(PAPERS))

    def check(path: Path) -> None:
        call.output(path, replace=asked.replace)

    with call.desk() as desk:
        owners = [desk.clients.named(each) for each in asked.clients]
        everyone = owners or [each.id for each in desk.clients.all()]
        found = LetterRound(
            desk=desk,
            paper=PAPERS[asked.paper],
            client_ids=tuple(everyone),
            today=today(),
            say=Wording(call.language),
            language=call.language,
        )
        went = (asked.sent, "") if asked.sent is not None else None
        done = found.writing(
            asked.folder, asked.texts, check=check, sent=went, in_one=asked.in_one
        )(call.progress())
    _answer(call, done)


def _answer(call: Terminal, done: "RoundWritten") -> None:
    files = dict.fromkeys(path for _, path in done.written)
    remarks = [line for line, _ in done.lines if line.refused is not None]
    call.answer(
        {
            "list": done.list,
            "written": [
                {
                    "client": line.client,
                    "buyer": line.buyer or None,
                    "file": path,
                    "items": line.items,
                    "amounts": {each.currency: each for each in line.amounts},
                    "not_demanded": {each.currency: each for each in line.left_out},
                }
                for line, path in done.written
            ],
            "refused": [
                {"client": line.client, "buyer": line.buyer or None, "why": line.refused}
                for line in remarks
            ],
        },
        [
            *(call.words(N_("Written to {path}."), path=each) for each in files),
            *(f"{line.whose}: {call.words.say(line.refused)}" for line in remarks if line.refused),
            call.words(N_("Written to {path}."), path=done.list),
        ],
    )  # fmt: skip
