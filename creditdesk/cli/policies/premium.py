"""`policy premium`: what a policy costs by its own terms, and what of it is paid."""

from collections.abc import Iterator
from typing import Annotated

import typer

from creditdesk.cli.policies.policy import policy_named
from creditdesk.cli.session import Terminal, day, terminal, today
from creditdesk.domain.policy.premium_notes import PremiumNote
from creditdesk.i18n import N_
from creditdesk.services.premiums import PremiumFile, Reckoned


def premium(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    number: Annotated[str, typer.Option(help="The policy's number.")],
    as_of: Annotated[str | None, typer.Option("--as-of")] = None,
) -> None:
    """Compute the premium by what was declared and by the ledger; say what is paid and owed."""
    call = terminal(context)
    with call.desk() as desk:
        owner = desk.clients.named(client)
        policy, _ = policy_named(desk, owner, client, number)
        file = desk.premiums.file(policy, day(as_of) if as_of else today())
    readings = {"declared": file.by_declared, "ledger": file.by_ledger}
    found = {name: _reading(each) for name, each in readings.items() if each}
    call.answer(
        {
            "policy": file.policy,
            "currency": file.currency,
            "as_of": file.on,
            "basis": file.basis.value,
            **found,
            "noted": file.noted,
            "paid": file.paid,
            "owed": file.owed,
            "max_liability": file.maximum,
            "max_liability_note": file.counted_note,
            "notes": [_note(each) for each in file.notes],
        },
        list(_lines(call, file)),
    )  # fmt: skip


def _lines(call: Terminal, file: PremiumFile) -> Iterator[str]:
    """Both readings one after the other, each with its working or what stands against it."""
    readings = [(N_("By what was declared"), file.by_declared)]
    if file.by_ledger:
        readings.append((N_("By the ledger"), file.by_ledger))
    for title, found in readings:
        yield call.words(title)
        if found.premium is None and found.refused:
            yield f"  {call.words(found.refused.text, **dict(found.refused.places))}"
        for step in found.premium.steps if found.premium else ():
            words = call.words(step.label.text, **dict(step.label.places))
            yield f"  {words}  {step.amount}"


def _reading(found: Reckoned) -> dict[str, object]:
    made = found.premium
    return {
        "base": found.base,
        "figures": found.documents,
        "premium": made.premium if made else None,
        "total": made.total if made else None,
        "bps": made.bps if made else None,
        "minimum_bites": made.minimum_bites if made else None,
        "refused": found.refused,
        "not_converted": {each.currency: each for each in found.unconverted},
        "steps": [
            {
                "code": step.code,
                "label": step.label,
                "amount": step.amount,
                "detail": step.detail,
                "clause": step.clause,
            }
            for step in (made.steps if made else ())
        ],
    }


def _note(note: PremiumNote) -> dict[str, object]:
    return {
        "id": note.id,
        "kind": note.kind.value,
        "amount": note.amount,
        "currency": note.amount.currency,
        "due_on": note.due_on,
        "paid_on": note.paid_on,
        "reference": note.reference,
    }
