"""`policy`: templates, policies, limits, duties."""

from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from creditdesk.catalog.policies import templates
from creditdesk.cli.lazy import group_of
from creditdesk.cli.session import day, terminal, today
from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.choices import LimitState
from creditdesk.domain.policy.contract_review import STATE_TITLES, still_waiting
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.limit_deciding import decide
from creditdesk.services.policies import (
    LimitDecision,
    LimitTermUnclear,
    NewPolicy,
    PolicyId,
)
from creditdesk.workspace import Desk

_MORE = {
    "premium": "creditdesk.cli.policies.premium:premium",
    "renewals": "creditdesk.cli.policies.renewals:renewals",
    "limits": "creditdesk.cli.policies.voiding:limits",
    "notices": "creditdesk.cli.policies.voiding:notices",
    "reopen-duty": "creditdesk.cli.policies.voiding:reopen_duty",
    "void": "creditdesk.cli.policies.voiding:void",
    "void-limit": "creditdesk.cli.policies.voiding:void_limit",
    "void-note": "creditdesk.cli.policies.voiding:void_note",
    "void-notice": "creditdesk.cli.policies.voiding:void_notice",
    "what-if": "creditdesk.cli.insurers.what_if:what_if",
}
app = typer.Typer(
    cls=group_of(_MORE), no_args_is_help=True, help="Policies and their duties."
)


class SettingUnreadable(UserError):
    """A setting is not of the form key=value."""

    message = N_(
        "{text} sets nothing. Write it as key=value, for example insured_pct=90."
    )


class AmountUnreadable(UserError):
    """Not a decimal number."""

    message = N_("{text} is not an amount. Write it as 500000 or 500000.00.")


class TermReadingUnsaid(UserError):
    """The words of the longest term have several readings."""

    message = N_(
        "“{words}” can be meant in several ways. Say which with --term-answer: {options}."
    )


class PolicyUnknown(UserError):
    """The client has no policy of this number."""

    message = N_("{client} has no policy {number}. It has: {known}.")


@app.command("templates")
def templates_(context: typer.Context) -> None:
    """List the templates a policy can start from."""
    call = terminal(context)
    found = templates()
    call.answer(
        [
            {
                "id": each.id,
                "title": each.title.in_language(call.language),
                "insurer": each.insurer.in_language(call.language),
                "currency": each.currency,
            }
            for each in found
        ],
        [
            f"{each.id}  {each.title.in_language(call.language)}  {each.currency}"
            for each in found
        ],
    )


@app.command()
def add(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    template: Annotated[str, typer.Option()],
    number: Annotated[str, typer.Option()],
    from_: Annotated[str, typer.Option("--from")],
    to: Annotated[str, typer.Option("--to")],
    values: Annotated[list[str] | None, typer.Option("--set", help="key=value")] = None,
) -> None:
    """Make a policy from a template."""
    call = terminal(context)
    with call.desk() as desk:
        made = desk.policies.add(
            NewPolicy(
                client_id=desk.clients.named(client),
                template=template,
                number=number,
                start=day(from_),
                end=day(to),
                values=settings(values or []),
            )
        )
        line = desk.policies.file(made, day(from_)).line
    call.answer(
        {"id": made, "number": line.number, "unconfirmed": line.unconfirmed, "to_be_asked": line.to_enter},
        [
            call.words(
                N_(
                    "Made policy {number}: {unconfirmed} values are defaults not yet checked, "
                    "{missing} are still to be entered."
                ),
                number=line.number, unconfirmed=line.unconfirmed, missing=line.to_enter,
            )
        ],
    )  # fmt: skip


@app.command("list")
def list_(
    context: typer.Context, client: Annotated[str | None, typer.Option()] = None
) -> None:
    """List the policies."""
    call = terminal(context)
    with call.desk() as desk:
        lines = desk.policies.all(
            today(), desk.clients.named(client) if client else None
        )
    call.answer(
        [
            {
                "id": line.id, "client": line.client, "number": line.number, "template": line.template,
                "insurer": line.insurer, "currency": line.currency, "from": line.start, "to": line.end,
                "unconfirmed": line.unconfirmed, "to_be_asked": line.to_enter,
            }
            for line in lines
        ],
        [f"{line.client}  {line.number}  {line.insurer}  {line.start} – {line.end}" for line in lines],
    )  # fmt: skip


@app.command()
def limit(  # noqa: PLR0913 - what a decision says
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    number: Annotated[str, typer.Option(help="The policy's number.")],
    buyer: Annotated[str, typer.Option()],
    amount: Annotated[str, typer.Option()],
    from_: Annotated[str, typer.Option("--from")],
    to: Annotated[str | None, typer.Option("--to")] = None,
    state: Annotated[LimitState, typer.Option()] = LimitState.APPROVED,
    currency: Annotated[str | None, typer.Option()] = None,
    term: Annotated[
        str, typer.Option(help="The longest term of payment, in days or in words.")
    ] = "",
    term_answer: Annotated[
        str, typer.Option("--term-answer", help="Which reading of the words is meant.")
    ] = "",
    sure: Annotated[
        bool, typer.Option(help="So high a limit is meant, and nobody is asked again.")
    ] = False,
) -> None:
    """Record a limit decision on a buyer."""
    call = terminal(context)
    with call.desk() as desk:
        owner = desk.clients.named(client)
        policy, own_currency = policy_named(desk, owner, client, number)
        decision = LimitDecision(
            policy_id=policy,
            buyer_id=desk.buyers.named(owner, buyer),
            state=state.value,
            start=day(from_),
            end=day(to) if to else None,
            amount=Money(amount_typed(amount), (currency or own_currency).upper()),
            max_term=term,
            max_term_as=term_answer,
            sure=sure,
        )
        try:
            made = decide(desk, decision)
        except LimitTermUnclear as unclear:
            options = tuple(
                Message.of("{id} ({text})", id=each.id, text=each.text)
                for each in unclear.offered
            )
            raise TermReadingUnsaid(words=term, options=options) from unclear
    call.answer(
        {"id": made}, [call.words(N_("Recorded the decision on {buyer}."), buyer=buyer)]
    )


@app.command()
def review(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    number: Annotated[str, typer.Option(help="The policy's number.")],
    as_of: Annotated[str | None, typer.Option("--as-of")] = None,
) -> None:
    """Say how far the contract review has come, question by question."""
    call = terminal(context)
    with call.desk() as desk:
        policy, _ = policy_named(desk, desk.clients.named(client), client, number)
        found = desk.policies.contract_review(policy, day(as_of) if as_of else today())
    data = [
        {
            "code": each.item.code,
            "section": each.item.section.in_language(call.language),
            "question": each.item.question.in_language(call.language),
            "fields": each.item.fields,
            "applies": each.applies,
            "state": each.state.value,
            "waits": each.waits,
            "remark": each.answer.remark if each.answer else "",
            "answered_on": each.answer.on if each.answer else None,
            "who": each.answer.who if each.answer else "",
            "changed": [{"field": one.field, "was": one.was, "now": one.now} for one in each.changed],
        }
        for each in found.items
    ]  # fmt: skip
    call.answer(
        {"waiting": still_waiting(found.items), "to_ask": len(found.to_ask), "questions": data},
        [
            f"{each.item.code}  {call.words(STATE_TITLES[each.state])}  {each.item.title.in_language(call.language)}"
            for each in found.items
        ],
    )  # fmt: skip


@app.command()
def duties(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    as_of: Annotated[str, typer.Option("--as-of")],
) -> None:
    """Say what has to be done by when."""
    call = terminal(context)
    on = day(as_of)
    with call.desk() as desk:
        owner = desk.clients.named(client)
        found = desk.as_on(on, lambda: desk.watch.duties_of(client_id=owner))
    lines = [line for line in found if line.state != "superseded"]
    lines.sort(key=lambda line: (line.safe, line.code, line.buyer))
    data = [
        {
            "code": line.code,
            "title": line.title.in_language(call.language),
            "policy": line.policy,
            "buyer": line.buyer,
            "subject": number,
            "anchor": line.rule.anchor.value,
            "anchor_date": line.anchor_on,
            "legal_date": line.legal,
            "safe_date": line.safe,
            "state": line.state,
            "late": line.state == "open" and line.safe < on,
            "provisional": line.provisional,
            "calendar_known": line.calendar_known,
            "consequence": line.consequence.in_language(call.language),
            "rule": line.rule.text,
            "ids": line.ids,
            "voided": line.voided is not None,
        }
        for line in lines
        for number in line.invoices or ("",)
    ]
    call.answer(
        data,
        [
            f"{line.safe}  {line.title.in_language(call.language)}  {line.buyer}  {call.words.name(name)}"
            for line in lines
            for name in line.names or ("",)
        ],
    )


def settings(values: list[str]) -> dict[str, str]:
    """What `key=value` sets; raises `SettingUnreadable`."""
    found = {}
    for each in values:
        key, equals, value = each.partition("=")
        if not (key and equals):
            raise SettingUnreadable(text=each)
        found[key.strip()] = value.strip()
    return found


def amount_typed(text: str) -> Decimal:
    """An amount as it is typed. Raises `AmountUnreadable`."""
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise AmountUnreadable(text=text) from error
    if not amount.is_finite():
        raise AmountUnreadable(text=text)
    return amount


def policy_named(
    desk: Desk, client_id: int, client: str, number: str
) -> tuple[PolicyId, str]:
    """The client's policy of this number, with its currency; raises `PolicyUnknown`."""
    lines = desk.policies.all(today(), client_id)
    for line in lines:
        if line.number == number:
            return line.id, line.currency
    known = tuple(line.number for line in lines) or Message(N_("none yet"))
    raise PolicyUnknown(client=client, number=number, known=known)
