"""`buyer`: the credit files' figures."""

from typing import Annotated

import typer

from creditdesk.cli.session import terminal, today
from creditdesk.services.policies import LimitNow

app = typer.Typer(no_args_is_help=True, help="The buyers' credit files.")


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
