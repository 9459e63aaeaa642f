"""`letter`: the letters there are, and writing one of them."""

from typing import Annotated

import typer

from creditdesk.catalog.letters import Letter, letters
from creditdesk.cli.policies.policy import policy_named, settings
from creditdesk.cli.session import (
    Out,
    Replace,
    terminal,
    today,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.services.policies import NoPolicyRuns
from creditdesk.workspace import Desk

app = typer.Typer(no_args_is_help=True, help="Letters to insurers and buyers.")


class LetterUnknown(UserError):
    """No letter has this name."""

    message = N_("There is no letter {id}. There are: {ids}.")


@app.command("list")
def list_(context: typer.Context) -> None:
    """List the letters: to whom, from which page, and what is typed for each."""
    call = terminal(context)
    found = letters().values()
    call.answer(
        [
            {
                "id": each.id,
                "title": each.name,
                "to": each.to.value,
                "from": each.start.value,
                "facts": each.source.value,
                "recorded_as": each.sent.record if each.sent else None,
                "fields": [field.key for field in each.fields],
            }
            for each in found
        ],
        [f"{each.id}  {each.name.in_language(call.language)}" for each in found],
    )


@app.command()
def write(  # noqa: PLR0913 - what any letter may be about
    context: typer.Context,
    letter: str,
    *,
    client: Annotated[str, typer.Option()],
    out: Out,
    replace: Replace = False,
    buyer: Annotated[str, typer.Option()] = "",
    policy: Annotated[str, typer.Option(help="Its number; the one that runs, unless given.")] = "",
    fields: Annotated[list[str] | None, typer.Option("--field", help="name=value")] = None,
) -> None:  # fmt: skip
    """Write one of them, as .pdf, in the language of the answer."""
    from creditdesk.presenters.letters.drafts import DRAFTS  # noqa: PLC0415 - heavy, and no other command waits for it
    from creditdesk.presenters.letters.letter_draft import About  # noqa: PLC0415 - as above
    from creditdesk.presenters.parts.wording import Wording  # noqa: PLC0415 - as above

    call = terminal(context)
    if letter not in letters():
        raise LetterUnknown(id=letter, ids=tuple(letters()))
    wanted = letters()[letter]
    call.output(out, replace=replace)
    with call.desk() as desk:
        owner = desk.clients.named(client)
        about = About.of(
            desk,
            wanted,
            today(),
            Wording(call.language),
            policy=_policy(desk, wanted, owner, client, policy),
            buyer=desk.buyers.named(owner, buyer) if buyer else None,
        )
        draft = DRAFTS[wanted.source](about)
        draft.take_texts(settings(fields or []))
        draft.writing(out, call.language)(call.progress())
        places = draft.places(call.language)
    call.answer(
        {"file": out, "places": places},
        [call.words(N_("Written to {path}."), path=out)],
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
