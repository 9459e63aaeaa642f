"""`buyer rating`, `buyer fact`, `buyer contact`: what others think, what is known, and what was said."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from creditdesk.cli.session import (
    Number,
    Terminal,
    amount_of,
    day,
    existing,
    terminal,
    today,
)
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.credit.contacts import ContactWay, Direction, Promise
from creditdesk.domain.credit.facts import FORMS, FactKind
from creditdesk.importers.files import evidence
from creditdesk.services.credit import (
    ContactLine,
    FactLine,
    GradeLine,
    NewContact,
    NewFact,
    NewGrade,
)
from creditdesk.workspace import Desk

ratings = typer.Typer(no_args_is_help=True, help="What agencies and insurers think of a buyer.")  # fmt: skip
facts = typer.Typer(no_args_is_help=True, help="What registers and people know of a buyer.")  # fmt: skip
contacts = typer.Typer(no_args_is_help=True, help="Calls, visits and letters, and promises to pay.")  # fmt: skip
Client = Annotated[str, typer.Option()]
Buyer = Annotated[str, typer.Option()]
On = Annotated[str, typer.Option(help="Today, unless given.")]
Note = Annotated[str, typer.Option()]
Paper = Annotated[str, typer.Option(help="The file that shows it.")]
Why = Annotated[str, typer.Option(help="Kept in the history with the entry.")]


def named(desk: Desk, client: str, buyer: str) -> int:
    """The buyer's number."""
    return desk.buyers.named(desk.clients.named(client), buyer)


def kept_paper(call: Terminal, desk: Desk, client: str, paper: str) -> int | None:
    """Keep the file that shows it; the answer is its number, None: there is none."""
    if not paper:
        return None
    path = existing(Path(paper))
    most = desk.upkeep.threshold("evidence_mb") * 1024 * 1024
    looked = evidence.inspect(path, call.progress(), most=most)
    return desk.watch.keep_paper(desk.clients.named(client), looked, path.read_bytes())


def when(text: str) -> date:
    """The day given, or today."""
    return day(text) if text else today()


@ratings.command("add")
def add_rating(  # noqa: PLR0913 - what is said of a rating
    context: typer.Context,
    *,
    client: Client,
    buyer: Buyer,
    giver: Annotated[str, typer.Option(help="The agency or insurer.")],
    scheme: Annotated[str, typer.Option(help="Its scheme, such as DRA.")],
    value: Annotated[str, typer.Option(help="As it gives it.")],
    direction: Annotated[Direction, typer.Option(help="Which end is good.")],
    as_of: On = "",
    note: Note = "",
    paper: Paper = "",
) -> None:
    """Keep what an agency or insurer says of a buyer, in its own scheme."""
    call = terminal(context)
    with call.desk() as desk:
        number = named(desk, client, buyer)

        def change() -> int:
            return desk.credit.add_grade(
                NewGrade(
                    buyer_id=number,
                    giver=giver,
                    scheme=scheme,
                    value=value,
                    direction=direction,
                    as_of=when(as_of),
                    note=note,
                    document=kept_paper(call, desk, client, paper),
                ),
                today(),
            )

        made = desk.do(change)
        line = next(each for each in desk.credit.grades(number) if each.id == made)
    call.answer(_grade(line), [f"{line.giver}  {line.scheme}  {line.value}"])


@ratings.command("list")
def list_ratings(context: typer.Context, *, client: Client, buyer: Buyer) -> None:
    """List what agencies and insurers say, the newest first, with what was voided."""
    call = terminal(context)
    with call.desk() as desk:
        found = desk.credit.grades(named(desk, client, buyer))
    call.answer(
        [_grade(each) for each in found],
        [f"{each.as_of}  {each.giver}  {each.scheme}  {each.value}" for each in found],
    )


@ratings.command("void")
def void_rating(context: typer.Context, rating: Number, *, why: Why) -> None:
    """Void a rating that was entered by mistake."""
    call = terminal(context)
    with call.desk() as desk:
        desk.credit.void_grade(rating, why)
    call.answer({"voided": rating})


@facts.command("add")
def add_fact(  # noqa: PLR0913 - what is said of a fact
    context: typer.Context,
    *,
    client: Client,
    buyer: Buyer,
    kind: Annotated[FactKind, typer.Option(help="What is known.")],
    on: On = "",
    value: Annotated[str, typer.Option(help="The amount, number or choice its kind asks for.")] = "",
    note: Note = "",
    paper: Paper = "",
) -> None:  # fmt: skip
    """Keep what became known of a buyer; a register where nothing was found is evidence too."""
    call = terminal(context)
    with call.desk() as desk:
        number = named(desk, client, buyer)

        def change() -> int:
            document = kept_paper(call, desk, client, paper)
            new = NewFact(
                buyer_id=number, kind=kind, on=when(on), value=value, note=note, document=document,
            )  # fmt: skip
            return desk.credit.add_fact(new, today())

        made = desk.do(change)
        line = next(each for each in desk.credit.facts(number) if each.id == made)
    call.answer(_fact(line), [_fact_line(call, line)])


@facts.command("end")
def end_fact(context: typer.Context, fact: Number, *, on: On = "") -> None:
    """Say from which day it is so no more: taken off the list, released."""
    call = terminal(context)
    with call.desk() as desk:
        desk.credit.end_fact(fact, when(on), today())
    call.answer({"id": fact, "ended_on": when(on)})


@facts.command("list")
def list_facts(context: typer.Context, *, client: Client, buyer: Buyer) -> None:
    """List what is known of a buyer, the newest first, with what was voided."""
    call = terminal(context)
    with call.desk() as desk:
        found = desk.credit.facts(named(desk, client, buyer))
    call.answer([_fact(each) for each in found], [_fact_line(call, each) for each in found])  # fmt: skip


@facts.command("void")
def void_fact(context: typer.Context, fact: Number, *, why: Why) -> None:
    """Void a fact that was entered by mistake."""
    call = terminal(context)
    with call.desk() as desk:
        desk.credit.void_fact(fact, why)
    call.answer({"voided": fact})


@contacts.command("add")
def add_contact(  # noqa: PLR0913 - what is said of a contact
    context: typer.Context,
    said: str,
    *,
    client: Client,
    buyer: Buyer,
    way: Annotated[ContactWay, typer.Option()],
    on: On = "",
    person: Annotated[str, typer.Option(help="With whom.")] = "",
    promised_on: Annotated[str, typer.Option(help="The day by which payment was promised.")] = "",
    promised: Annotated[str, typer.Option(help="The amount that was promised.")] = "",
    currency: Annotated[str, typer.Option()] = "CNY",
    paper: Paper = "",
) -> None:  # fmt: skip
    """Keep a call, visit or letter, and what was promised in it."""
    call = terminal(context)
    with call.desk() as desk:
        number = named(desk, client, buyer)

        def change() -> int:
            new = NewContact(
                buyer_id=number,
                way=way,
                on=when(on),
                said=said,
                person=person,
                promised_on=day(promised_on) if promised_on else None,
                promised=amount_of(promised, currency) if promised else None,
                document=kept_paper(call, desk, client, paper),
            )
            return desk.credit.add_contact(new, today())

        made = desk.do(change)
        line = next(each for each in desk.credit.contacts(number) if each.id == made)
    call.answer(_contact(line), [f"{line.on}  {line.said}"])


@contacts.command("settle")
def settle(
    context: typer.Context,
    contact: Number,
    *,
    outcome: Annotated[Promise, typer.Option(help="What became of the promise.")],
    on: On = "",
) -> None:
    """Say that a promise was kept or broken."""
    call = terminal(context)
    with call.desk() as desk:
        desk.credit.settle_promise(contact, outcome, when(on), today())
    call.answer({"id": contact, "outcome": outcome.value})


@contacts.command("list")
def list_contacts(context: typer.Context, *, client: Client, buyer: Buyer) -> None:
    """List the contacts with a buyer, the newest first, with what was voided."""
    call = terminal(context)
    with call.desk() as desk:
        found = desk.credit.contacts(named(desk, client, buyer))
    call.answer([_contact(each) for each in found], [f"{each.on}  {each.said}" for each in found])  # fmt: skip


@contacts.command("void")
def void_contact(context: typer.Context, contact: Number, *, why: Why) -> None:
    """Void a contact that was entered by mistake."""
    call = terminal(context)
    with call.desk() as desk:
        desk.credit.void_contact(contact, why)
    call.answer({"voided": contact})


def _grade(line: GradeLine) -> dict[str, object]:
    return {
        "id": line.id,
        "giver": line.giver,
        "scheme": line.scheme,
        "value": line.value,
        "direction": line.direction.value,
        "as_of": line.as_of,
        "note": line.note,
        "document": line.document_id,
        "who": line.who,
        "voided": _why(line.voided),
    }


def _fact(line: FactLine) -> dict[str, object]:
    return {
        "id": line.id,
        "kind": line.kind.value,
        "on": line.on,
        "value": line.value or None,
        "note": line.note,
        "ended_on": line.ended_on,
        "document": line.document_id,
        "who": line.who,
        "voided": _why(line.voided),
    }


def _fact_line(call: Terminal, line: FactLine) -> str:
    return f"{line.on}  {call.words(FORMS[line.kind].title)}  {line.value}".rstrip()


def _contact(line: ContactLine) -> dict[str, object]:
    return {
        "id": line.id,
        "way": line.way.value,
        "on": line.on,
        "person": line.person,
        "said": line.said,
        "promised_on": line.promised_on,
        "promised": line.promised,
        "currency": line.promised.currency if line.promised else None,
        "outcome": line.outcome.value if line.outcome else None,
        "settled_on": line.settled_on,
        "document": line.document_id,
        "who": line.who,
        "voided": _why(line.voided),
    }


def _why(voided: Voided | None) -> str | None:
    return voided.why if voided else None
