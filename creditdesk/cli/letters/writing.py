"""Writing a letter from the command line, about a claim, or about a client and its buyer."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from creditdesk.catalog.letters import Letter
from creditdesk.cli.policies.policy import policy_named, settings
from creditdesk.cli.session import Terminal, today
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.services.policies import NoPolicyRuns
from creditdesk.workspace import Desk

Fields = Annotated[list[str] | None, typer.Option("--field", help="name=value")]


class LetterUnknown(UserError):
    """No letter has this name."""

    message = N_("There is no letter {id}. There are: {ids}.")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which letter is written, to which file, with what typed into it."""

    letter: Letter
    out: Path
    fields: list[str]


def write_of_claim(call: Terminal, asked: Asked, claim: int) -> None:
    """The letter of a claim, or of its buyer under its policy."""
    with call.desk() as desk:
        written = _write(call, desk, asked, claim=claim)
    _answer(call, asked, written)


def write_of_client(
    call: Terminal, asked: Asked, *, client: str, buyer: str, policy: str
) -> None:
    """The letter of a client; an empty name of a buyer or a policy: none is named."""
    with call.desk() as desk:
        owner = desk.clients.named(client)
        written = _write(
            call,
            desk,
            asked,
            policy=_policy(desk, asked.letter, owner, client, policy),
            buyer=desk.buyers.named(owner, buyer) if buyer else None,
        )
    _answer(call, asked, written)


def _write(  # noqa: PLR0913 - what any letter may be about
    call: Terminal,
    desk: Desk,
    asked: Asked,
    *,
    policy: int | None = None,
    buyer: int | None = None,
    claim: int | None = None,
) -> tuple[dict[str, str], tuple[Message, ...]]:
    """What stands in its places, and what of it is printed as codes."""
    from creditdesk.presenters.letters.drafts import DRAFTS  # noqa: PLC0415 - heavy, and no other command waits for it
    from creditdesk.presenters.letters.letter_draft import About  # noqa: PLC0415 - as above
    from creditdesk.presenters.parts.wording import Wording  # noqa: PLC0415 - as above

    about = About.of(
        desk,
        asked.letter,
        today(),
        Wording(call.language),
        policy=policy,
        buyer=buyer,
        claim=claim,
    )
    draft = DRAFTS[asked.letter.source](about)
    draft.take_texts(settings(asked.fields))
    draft.give_number()
    draft.writing(asked.out, call.language)(call.progress())
    return draft.places(call.language), draft.remarks(call.language)


def _answer(
    call: Terminal, asked: Asked, written: tuple[dict[str, str], tuple[Message, ...]]
) -> None:
    places, remarks = written
    said = [call.words.say(each) for each in remarks]
    call.answer(
        {"file": asked.out, "places": places, "remarks": said},
        [call.words(N_("Written to {path}."), path=asked.out), *said],
    )


def _policy(
    desk: Desk, letter: Letter, owner: int, client: str, number: str
) -> int | None:
    if number:
        return policy_named(desk, owner, client, number)[0]
    running = desk.policies.in_force(owner, today())
    if letter.needs_policy and not running:
        raise NoPolicyRuns(day=today())
    return running[0] if running else None
