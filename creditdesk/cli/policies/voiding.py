"""`policy limits`, `notices`, `void…`, `reopen-duty`: what was entered by mistake."""

from typing import Annotated

import typer

from creditdesk.cli.policies.policy import policy_named
from creditdesk.cli.session import terminal
from creditdesk.domain.base.voiding import Voided
from creditdesk.i18n import N_
from creditdesk.services.policies import STATE_TITLES, LimitLine
from creditdesk.services.watch import DutyId, NoticeLine

Number = Annotated[int, typer.Argument(min=1)]
Why = Annotated[str, typer.Option(help="Kept in the history with the entry.")]


def limits(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    number: Annotated[str | None, typer.Option(help="The policy's number.")] = None,
) -> None:
    """List the decisions on limits, the newest first, with those that were voided."""
    call = terminal(context)
    with call.desk() as desk:
        owner = desk.clients.named(client)
        policy = policy_named(desk, owner, client, number)[0] if number else None
        found = desk.policies.limit_history(client_id=owner, policy_id=policy)
    call.answer(
        [_limit(line) for line in found],
        [
            f"{line.id}  {line.buyer}  {call.words(STATE_TITLES[line.stage])}  "
            f"{call.words(N_('{amount} from {day}'), amount=line.amount, day=line.start)}"
            f"{'  ' + call.words(N_('Void')) if line.voided else ''}"
            for line in found
        ],
    )


def void_limit(context: typer.Context, limit: Number, *, why: Why) -> None:
    """Void a decision on a limit that was entered by mistake; policy limits shows the numbers."""
    call = terminal(context)
    with call.desk() as desk:
        remarks = desk.policies.limit_remarks(limit)
        desk.policies.void_limit(limit, why)
    told = call.words(N_("The decision is void; it stays in the history with the reason."))  # fmt: skip
    call.answer(
        {"voided": limit, "remarks": list(remarks)},
        [told, *map(call.words.say, remarks)],
    )


def notices(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str | None, typer.Option()] = None,
) -> None:
    """List the notices that were sent, the newest first, with those that were voided."""
    call = terminal(context)
    with call.desk() as desk:
        owner = desk.clients.named(client)
        about = desk.buyers.named(owner, buyer) if buyer else None
        found = desk.watch.notice_history(client_id=owner, buyer_id=about)
    call.answer(
        [_notice(line) for line in found],
        [
            f"{line.id}  {line.sent_on}  {line.policy}  {line.buyer}  {', '.join(line.invoices)}"
            f"{'  ' + call.words(N_('Void')) if line.voided else ''}"
            for line in found
        ],
    )


def void_notice(context: typer.Context, notice: Number, *, why: Why) -> None:
    """Void a notice that was recorded by mistake; policy notices shows the numbers."""
    call = terminal(context)
    with call.desk() as desk:
        desk.watch.void_notice(notice, why)
    told = N_("The notice is void; what it fulfilled is to be done again.")
    call.answer({"voided": notice}, [call.words(told)])


def reopen_duty(
    context: typer.Context,
    duties: Annotated[list[int], typer.Argument(min=1, metavar="ID…")],
    *,
    why: Why,
) -> None:
    """Open duties again that were marked by mistake as done or waived; policy duties shows the numbers."""
    call = terminal(context)
    with call.desk() as desk:
        desk.watch.undo_done([DutyId(each) for each in duties], why)
    told = N_("The duty is open again, as far as there is still ground for it.")
    call.answer({"reopened": duties}, [call.words(told)])


def void_note(context: typer.Context, note: Number, *, why: Why) -> None:
    """Void a premium note that was a mistake or that the insurer took back; policy premium shows the numbers."""
    call = terminal(context)
    with call.desk() as desk:
        desk.premiums.void(note, why)
    told = N_("The premium note is void; it stays in the history with the reason.")
    call.answer({"voided": note}, [call.words(told)])


def void(
    context: typer.Context,
    number: str,
    *,
    client: Annotated[str, typer.Option()],
    why: Why,
) -> None:
    """Void a policy that was entered by mistake; refused where something was entered under it."""
    call = terminal(context)
    with call.desk() as desk:
        policy, _ = policy_named(desk, desk.clients.named(client), client, number)
        desk.policies.void(policy, why)
    told = N_("Policy {number} is void; it stays in the history with the reason.")
    call.answer({"voided": policy}, [call.words(told, number=number)])


def _notice(line: NoticeLine) -> dict[str, object]:
    return {
        "id": line.id,
        "policy": line.policy,
        "buyer": line.buyer,
        "sent_on": line.sent_on,
        "way": line.way,
        "invoices": line.invoices,
        "voided": _voided(line.voided),
    }


def _voided(voided: Voided | None) -> dict[str, object] | None:
    return {"at": voided.at, "by": voided.by, "why": voided.why} if voided else None


def _limit(line: LimitLine) -> dict[str, object]:
    return {
        "id": line.id,
        "policy": line.policy,
        "buyer": line.buyer,
        "state": line.stage.value,
        "amount": line.amount,
        "currency": line.amount.currency,
        "from": line.start,
        "to": line.end,
        "decision_no": line.decision_no,
        "who": line.who,
        "voided": _voided(line.voided),
    }
