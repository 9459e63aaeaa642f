"""`client`: the firm's clients."""

from typing import Annotated

import typer

from creditdesk.cli.desk import forecasting, stopping
from creditdesk.cli.session import amount_of, day, terminal, today
from creditdesk.domain.base import identity
from creditdesk.i18n import N_
from creditdesk.services.clients import ClientCard

app = typer.Typer(no_args_is_help=True, help="The firm's clients.")
forecasting.register(app)
stopping.register(app)


@app.command()
def add(
    context: typer.Context,
    name: str,
    uscc: Annotated[str, typer.Option()] = "",
    currency: Annotated[str, typer.Option()] = "CNY",
) -> None:
    """Open the books of a new client."""
    call = terminal(context)
    with call.desk() as desk:
        number = desk.clients.add(ClientCard(name=name, uscc=uscc, currency=currency))
    checked = identity.check_uscc(uscc) if uscc else None
    warnings = (
        [call.words.say(one.message) for one in (*checked.problems, *checked.warnings)]
        if checked
        else []
    )
    call.answer(
        {"id": number, "name": name, "warnings": warnings},
        [call.words(N_("Added {name}."), name=name), *warnings],
    )


@app.command("credit-rules")
def credit_rules(
    context: typer.Context,
    name: str,
    file: Annotated[str, typer.Argument(help="JSON, - for standard input; left out: show them.")] = "",
) -> None:  # fmt: skip
    """Show a client's own credit rules, or keep those of a file from their day on."""
    from creditdesk.cli.credit.rules_file import read_rules, rules_json  # noqa: PLC0415 - a list of clients waits for none of it

    call = terminal(context)
    with call.desk() as desk:
        number = desk.clients.named(name)
        own = next(each.currency for each in desk.clients.all() if each.id == number)
        if file:
            desk.credit.keep_rules(number, read_rules(file, own, today()))
        found = desk.credit.credit_rules(number, today())
    call.answer(rules_json(found) if found else None)


@app.command("credit-rules-history")
def credit_rules_history(context: typer.Context, name: str) -> None:
    """List all rules that were kept for a client, the newest day first, with those that were voided."""
    from creditdesk.cli.credit.rules_file import rules_json  # noqa: PLC0415 - a list of clients waits for none of it

    call = terminal(context)
    with call.desk() as desk:
        found = desk.credit.credit_rules_history(desk.clients.named(name))
    call.answer(
        [
            {"id": each.id, **rules_json(each.rules), "who": each.who, "voided": each.voided}
            for each in found
        ],
        [f"{each.id}  {each.rules.since}  {each.who}" for each in found],
    )  # fmt: skip


@app.command("void-credit-rules")
def void_credit_rules(
    context: typer.Context,
    rules: Annotated[int, typer.Argument(help="The number in the history.")],
    *,
    why: Annotated[str, typer.Option(help="Kept in the history with the entry.")],
) -> None:
    """Void credit rules that were kept by mistake: those before them hold again."""
    call = terminal(context)
    with call.desk() as desk:
        desk.credit.void_rules(rules, why)
    told = N_("The rules are void; those before them hold again.")
    call.answer({"voided": rules}, [call.words(told)])


@app.command()
def authority(  # noqa: PLR0913 - what a rule says
    context: typer.Context,
    name: str,
    *,
    amount: Annotated[str, typer.Option(help="Up to which amount people decide alone.")],
    approver: Annotated[str, typer.Option(help="Who approves what is above.")],
    currency: Annotated[str, typer.Option(help="The client's, unless given.")] = "",
    since: Annotated[str, typer.Option(help="From which day on; today, unless given.")] = "",
) -> None:  # fmt: skip
    """Say up to which amount a client's people decide on credit alone, and who approves what is above."""
    from creditdesk.services.credit import Authority  # noqa: PLC0415 - a list of clients waits for none of it

    call = terminal(context)
    with call.desk() as desk:
        number = desk.clients.named(name)
        own = next(each.currency for each in desk.clients.all() if each.id == number)
        code = (currency or own).upper()
        rule = Authority(
            amount=amount_of(amount, code),
            approver=approver,
            since=day(since) if since else today(),
        )
        desk.credit.authorize(number, rule)
    said = N_("Above {amount} {approver} approves.")
    call.answer(
        {
            "amount": rule.amount,
            "currency": code,
            "approver": approver,
            "since": rule.since,
        },
        [call.words(said, amount=rule.amount, approver=approver)],
    )


@app.command()
def void(
    context: typer.Context,
    name: str,
    *,
    why: Annotated[str, typer.Option(help="Kept in the history with the entry.")],
) -> None:
    """Void a client that was entered by mistake; refused where anything was entered for it."""
    call = terminal(context)
    with call.desk() as desk:
        number = desk.clients.named(name)
        desk.clients.void(number, why)
    told = N_("{name} is void; it stays in the history with the reason.")
    call.answer({"voided": number}, [call.words(told, name=name)])


@app.command("list")
def list_(context: typer.Context) -> None:
    """List the clients."""
    call = terminal(context)
    with call.desk() as desk:
        lines = desk.clients.all()
    call.answer(
        [
            {
                "id": line.id,
                "name": line.name,
                "uscc": line.uscc,
                "currency": line.currency,
                "buyers": line.buyers,
                "policies": line.policies,
                "claims": line.claims,
            }
            for line in lines
        ],
        [f"{line.id}  {line.name}  {line.uscc}  {line.currency}" for line in lines],
    )
