"""`policy limits`, `policy void-limit`, `policy void-note`, `policy void`: what was entered by mistake."""

from typing import Annotated

import typer

from creditdesk.cli.policies.policy import policy_named
from creditdesk.cli.session import terminal
from creditdesk.i18n import N_
from creditdesk.services.policies import STATE_TITLES, LimitLine

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


def _limit(line: LimitLine) -> dict[str, object]:
    voided = line.voided
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
        "voided": {"at": voided.at, "by": voided.by, "why": voided.why} if voided else None,
    }  # fmt: skip
