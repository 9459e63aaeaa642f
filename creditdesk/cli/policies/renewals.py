"""`policy renewals`: what is done when around the end of each policy."""

from typing import Annotated

import typer

from creditdesk.cli.session import Terminal, day, terminal
from creditdesk.domain.duties.rule_words import rule_words
from creditdesk.i18n import N_
from creditdesk.services.watch.renewals import STEP_TITLES, RenewalLine


def renewals(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    as_of: Annotated[str, typer.Option("--as-of")],
) -> None:
    """Say when each policy is renewed, step by step."""
    call = terminal(context)
    on = day(as_of)
    with call.desk() as desk:
        owner = desk.clients.named(client)
        found = desk.watch.renewals(owner, on)
    data = [_json(call, line) for line in found]
    call.answer(data, [text for line in found for text in _lines(call, line)])


def _json(call: Terminal, line: RenewalLine) -> dict[str, object]:
    return {
        "policy": line.policy,
        "insurer": line.insurer,
        "from": line.start,
        "to": line.end,
        "auto_renew": line.auto_renew,
        "notice_days": line.notice_days,
        "renewed_by": line.renewed_by,
        "steps": [
            {
                "code": step.code,
                "title": step.title.in_language(call.language),
                "rule": step.rule.text,
                "legal_date": step.legal,
                "safe_date": step.safe,
                "state": step.state.value,
            }
            for step in line.steps
        ],
    }


def _lines(call: Terminal, line: RenewalLine) -> list[str]:
    head = f"{line.policy}  {line.insurer}  {line.start} \u2013 {line.end}"
    if line.renewed_by:
        head += "  " + call.words(N_("renewed as {policy}"), policy=line.renewed_by)
    return [
        head,
        *(
            f"  {step.safe}  {call.words(STEP_TITLES[step.state])}  {step.title.in_language(call.language)}"
            f"  ({call.words.say(rule_words(step.rule))})"
            for step in line.steps
        ),
    ]
