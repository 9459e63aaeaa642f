"""`insurer contact`, `insurer waiting`: what was said with insurers and brokers, and requests nobody answered."""

from pathlib import Path
from typing import Annotated

import typer

from creditdesk.cli.session import Number, Terminal, day, existing, terminal, today
from creditdesk.domain.credit.contacts import ContactWay
from creditdesk.domain.insurers.contacts import (
    Course,
    NewPartyContact,
    PaperOfNobody,
    PartyContact,
    PartyKind,
)
from creditdesk.importers.files import evidence
from creditdesk.presenters.insurers.relations import chase_text
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Desk

app = typer.Typer(no_args_is_help=True, help="Calls, visits and letters with insurers and brokers.")  # fmt: skip
On = Annotated[str, typer.Option("--on", help="Today, unless given.")]
Owner = Annotated[str, typer.Option("--client", help="The client it is about; all, unless given.")]  # fmt: skip


@app.command()
def add(  # noqa: PLR0913 - what is said of a contact
    context: typer.Context,
    party: str,
    said: str,
    *,
    way: Annotated[ContactWay, typer.Option()],
    course: Annotated[Course, typer.Option(help="Who turned to whom.")] = Course.OUT,
    kind: Annotated[PartyKind, typer.Option()] = PartyKind.INSURER,
    on: On = "",
    client: Owner = "",
    person: Annotated[str, typer.Option(help="With whom.")] = "",
    follow: Annotated[str, typer.Option(help="The day by which an answer is expected.")] = "",
    paper: Annotated[str, typer.Option(help="The letter or e-mail itself; it is kept with its SHA-256.")] = "",
) -> None:  # fmt: skip
    """Keep a call, visit, letter or e-mail."""
    call = terminal(context)
    with call.desk() as desk:
        mine = desk.clients.named(client) if client else None

        def change() -> int:
            new = NewPartyContact(
                kind=kind,
                party=party,
                way=way,
                course=course,
                on=day(on) if on else today(),
                said=said,
                person=person,
                client_id=mine,
                follow_on=day(follow) if follow else None,
                document=_kept(call, desk, mine, paper),
            )
            return desk.insurers.add_contact(new, today())

        made = desk.do(change)
        line = next(each for each in desk.insurers.contacts() if each.id == made)
    call.answer(_contact(line), [_line(line)])


@app.command("list")
def list_(
    context: typer.Context,
    *,
    client: Owner = "",
    waiting: Annotated[bool, typer.Option("--waiting", help="Only those whose answer is expected.")] = False,
) -> None:  # fmt: skip
    """List the contacts, the newest first, with what was voided."""
    call = terminal(context)
    with call.desk() as desk:
        found = desk.insurers.contacts(desk.clients.named(client) if client else None)
    shown = [each for each in found if each.waits or not waiting]
    call.answer([_contact(each) for each in shown], [_line(each) for each in shown])


@app.command()
def answer(context: typer.Context, contact: Number, text: str, *, on: On = "") -> None:
    """Keep that the answer came."""
    call = terminal(context)
    with call.desk() as desk:
        desk.insurers.answer_contact(contact, day(on) if on else today(), text, today())
        line = next(each for each in desk.insurers.contacts() if each.id == contact)
    call.answer(_contact(line), [_line(line)])


@app.command()
def void(
    context: typer.Context, contact: Number, *, why: Annotated[str, typer.Option()]
) -> None:
    """Void a contact that was entered by mistake; it stays in the history."""
    call = terminal(context)
    with call.desk() as desk:
        desk.insurers.void_contact(contact, why)
    call.answer({"voided": contact}, [])


def waiting(context: typer.Context, *, client: Owner = "") -> None:
    """List the limits that were asked for and not answered, with a letter that asks for the answer."""
    call = terminal(context)
    with call.desk() as desk:
        owner = desk.clients.named(client) if client else None
        found = desk.insurers.waiting(owner, today())
    say, on = Wording(call.language), today()
    call.answer(
        [
            {
                "client": each.client,
                "policy": each.policy,
                "insurer": each.insurer,
                "buyer": each.buyer,
                "currency": each.amount.currency if each.amount else None,
                "amount": each.amount.plain if each.amount else None,
                "asked_on": each.asked_on,
                "days": each.days(on),
                "usual_days": each.usual,
                "slow": each.is_slow(on),
                "letter": chase_text(each, on, say),
            }
            for each in found
        ],
        [chase_text(each, on, say) for each in found],
    )


def _kept(call: Terminal, desk: Desk, client: int | None, paper: str) -> int | None:
    if not paper:
        return None
    if client is None:
        raise PaperOfNobody
    path = existing(Path(paper))
    most = desk.upkeep.threshold("evidence_mb") * 1024 * 1024
    looked = evidence.inspect(path, call.progress(), most=most)
    return desk.watch.keep_paper(client, looked, path.read_bytes())


def _contact(line: PartyContact) -> dict[str, object]:
    return {
        "id": line.id,
        "kind": line.kind.value,
        "party": line.party,
        "client": line.client or None,
        "buyer": line.buyer or None,
        "way": line.way.value,
        "course": line.course.value,
        "on": line.on,
        "person": line.person,
        "said": line.said,
        "follow_on": line.follow_on,
        "answered_on": line.answered_on,
        "answer": line.answer,
        "file": line.file_name or None,
        "sha256": line.digest or None,
        "who": line.who,
        "voided": line.voided.why if line.voided else None,
    }


def _line(line: PartyContact) -> str:
    return f"{line.id}  {line.on}  {line.party}  {line.said}"
