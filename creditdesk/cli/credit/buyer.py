"""`buyer`: the credit files' figures."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

import typer

from creditdesk.catalog.letters import NOTICE_LETTERS, letters
from creditdesk.cli.credit import (
    chasing,
    deciding,
    entering,
    judging,
    statements,
)
from creditdesk.cli.credit import doubles as buyer_doubles
from creditdesk.cli.letters.writing import Asked, Fields, write_of_client
from creditdesk.cli.policies.policy import TermReadingUnsaid
from creditdesk.cli.session import Out, Replace, Terminal, day, terminal, today
from creditdesk.domain.base.money import Money
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.services.buyers import BuyerTermUnclear
from creditdesk.services.policies import LimitNow, ShipAnswer, Verdict, otherwise

Told = Literal["overdue", "adverse", "extension", "mandate"]
app = typer.Typer(no_args_is_help=True, help="The buyers' credit files.")
buyer_doubles.register(app)
judging.register(app)
deciding.register(app)
app.add_typer(statements.app, name="statement")
app.add_typer(entering.ratings, name="rating")
app.add_typer(entering.facts, name="fact")
app.add_typer(entering.contacts, name="contact")
chasing.register(app)
_SAID = {
    Verdict.YES: N_("Yes: the goods may leave under cover."),
    Verdict.PART: N_("In part."),
    Verdict.NO: N_("No: the goods would leave without cover."),
    Verdict.UNKNOWN: N_("It can't be said yet."),
}


class ShipAmountUnreadable(UserError):
    """Not an amount above nothing."""

    message = N_("{text} is not an amount to ship. Write it as 80000 or 80000.00.")


@app.command()
def term(  # noqa: PLR0913 - what is said of a term
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    term: Annotated[str, typer.Option(help="Days or words; empty: none is agreed.")],
    term_answer: Annotated[
        str, typer.Option("--term-answer", help="Which reading of the words is meant.")
    ] = "",
    dates: Annotated[
        bool,
        typer.Option("--dates", help="It dates what gives neither day nor term."),
    ] = False,
) -> None:
    """Say which payment term was agreed with a buyer."""
    call = terminal(context)
    with call.desk() as desk:
        owner = desk.clients.named(client)
        number = desk.buyers.named(owner, buyer)
        card = replace(desk.buyers.file(number).card, term=term, term_dates=dates)

        def change() -> int:
            if term_answer:
                desk.ledger.settle_terms(owner, term.strip(), term_answer, number)
            desk.buyers.change(number, card)
            return desk.ledger.date_by_agreed(number)

        try:
            dated = desk.do(change)
        except BuyerTermUnclear as unclear:
            options = tuple(
                Message.of(
                    "{id} ({text})",
                    id=f"{each.id}:N" if each.wants else each.id,
                    text=each.text,
                )
                for each in unclear.offered
            )
            raise TermReadingUnsaid(words=term, options=options) from unclear
        kept = desk.buyers.file(number).card
    call.answer(
        {"id": number, "term": kept.term, "dates": kept.term_dates, "moved": dated},
        [call.words(N_("{moved} due dates set."), moved=dated)],
    )


@app.command("list")
def list_(
    context: typer.Context, client: Annotated[str | None, typer.Option()] = None
) -> None:
    """List the buyers with what they owe and what limit they have today."""
    call = terminal(context)
    with call.desk() as desk:
        number = desk.clients.named(client) if client else None
        lines = desk.buyers.all(number)
        limits = desk.policies.limits_now(today(), number)
    call.answer(
        [
            {
                "id": line.id,
                "client": line.client,
                "code": line.code,
                "name": line.name,
                "uscc": line.uscc,
                "country": line.country,
                "open": {amount.currency: amount for amount in line.open},
                "documents": line.documents,
                "limit": _limit(limits.get(line.id)),
            }
            for line in lines
        ],
        [
            f"{line.code}  {line.name}  {'  '.join(str(amount) for amount in line.open)}"
            for line in lines
        ],
    )


@app.command()
def notice(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    kind: Annotated[Told, typer.Option(help="What the insurer is told or asked.")],
    out: Out,
    replace_: Replace = False,
    policy: Annotated[str, typer.Option(help="Its number; the one that runs, unless given.")] = "",
    fields: Fields = None,
) -> None:  # fmt: skip
    """Write what the insurer is told or asked about a buyer, as .pdf, in the language of the answer."""
    call = terminal(context)
    call.output(out, replace=replace_)
    asked = Asked(letters()[NOTICE_LETTERS[kind]], out, fields or [])
    write_of_client(call, asked, client=client, buyer=buyer, policy=policy)


@app.command("may-ship")
def may_ship(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    on: Annotated[str | None, typer.Option(help="Today, unless given.")] = None,
    amount: Annotated[str | None, typer.Option(help="Value of the goods.")] = None,
    currency: Annotated[str | None, typer.Option(help="The policy's.")] = None,
) -> None:
    """Say whether goods may still leave, for how much and under whose cover."""
    call = terminal(context)
    when = day(on) if on else today()
    with call.desk() as desk:
        number = desk.buyers.named(desk.clients.named(client), buyer)
        found = desk.policies.may_ship(number, when)
        if amount is not None:
            code = currency or found.currency or "CNY"
            asked = _amount(amount, code.upper())
            found = desk.policies.may_ship(number, when, asked)
    call.answer(_answer(found), _lines(call, found))


def _answer(found: ShipAnswer) -> dict[str, object]:
    return {
        "on": found.on,
        "answer": found.verdict.value,
        "may_ship": found.verdict in {Verdict.YES, Verdict.PART},
        "currency": found.currency or None,
        "headroom": found.room,
        "limit": found.limit,
        "used": found.used,
        "uncovered": found.uncovered,
        "asked": found.asked,
        "insured": found.insured,
        "headroom_unless_refused": found.room_unless_refused,
        "used_unless_refused": found.used_unless_refused,
        "used_if_declared": found.used_if_declared,
        "policy": found.policy or None,
        "policy_version_from": found.version_from,
        "decision": found.decision_no or None,
        "state": found.stage.value,
        "discretionary": found.basis or None,
        "until": found.until,
        "until_why": found.until_why,
        "waiting_since": found.asked_on,
        "obstacles": [
            {"code": str(each.code), "said": each.said, "lifted_by": each.lifted_by}
            for each in found.obstacles
        ],
        "differences": list(found.differences),
        "conditions": list(found.conditions),
        "unconfirmed": [field.key for field in found.unconfirmed],
    }


def _lines(call: Terminal, found: ShipAnswer) -> list[str]:
    said = _SAID[found.verdict]
    if found.room_unless_refused:
        said = N_("The insurer may refuse: the risk is known.")
    lines = [call.words(said)]
    if found.room is not None:
        lines.append(call.words(N_("Room under cover: {room}"), room=str(found.room)))
    if found.until is not None and found.until_why is not None:
        until = Message.of(
            N_("Until {day}: {why}."), day=found.until, why=found.until_why
        )
        lines.append(call.words.say(until))
    lines.extend(call.words.say(each.said) for each in found.obstacles)
    lines.extend(call.words.say(each) for each in found.differences)
    lines.extend(call.words.say(each) for each in otherwise(found))
    return lines


def _amount(text: str, currency: str) -> Money:
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise ShipAmountUnreadable(text=text) from error
    if not amount.is_finite() or not 0 < amount < Decimal(10) ** 15:
        raise ShipAmountUnreadable(text=text)
    return Money(amount, currency).rounded()


def _limit(limit: LimitNow | None) -> dict[str, object] | None:
    if limit is None:
        return None
    return {
        "policy": limit.policy,
        "state": limit.state,
        "amount": limit.amount,
        "currency": limit.amount.currency if limit.amount else None,
        "from": limit.since,
        "to": limit.until,
    }
