"""`buyer decide`, `approve`, `decisions`, `score-history`: what the client decides, and how the score moved."""

from typing import Annotated

import typer

from creditdesk.cli.credit.entering import (
    Buyer,
    Client,
    On,
    Paper,
    Why,
    kept_paper,
    named,
    when,
)
from creditdesk.cli.session import Number, Terminal, amount_of, terminal, today
from creditdesk.domain.credit.deciding import (
    VERDICT_TITLES,
    CreditVerdict,
    KeptPoint,
    changes,
)
from creditdesk.i18n import N_
from creditdesk.services.credit import DecisionLine, NewDecision, ScoreLine


def register(app: typer.Typer) -> None:
    """Add the commands to `buyer`."""
    app.command("decide")(decide)
    app.command("approve")(approve)
    app.command("decisions")(decisions)
    app.command("void-decision")(void_decision)
    app.command("score-history")(history)
    app.command("void-score")(void_score)


def decide(  # noqa: PLR0913 - what a decision says
    context: typer.Context,
    *,
    client: Client,
    buyer: Buyer,
    verdict: Annotated[CreditVerdict, typer.Option()],
    reason: Annotated[str, typer.Option()],
    amount: Annotated[str, typer.Option(help="Up to which amount.")] = "",
    currency: Annotated[str, typer.Option()] = "CNY",
    terms: Annotated[str, typer.Option(help="On which terms.")] = "",
    term_days: Annotated[
        int | None, typer.Option("--term-days", help="Longest payment term.")
    ] = None,
    allowed_by: Annotated[
        str,
        typer.Option(
            "--allowed-by", help="Who allows a departure from the client's rules."
        ),
    ] = "",
    on: On = "",
    paper: Paper = "",
) -> None:
    """Record what the client decides about a buyer, with the figures as they stand on the day."""
    call = terminal(context)
    with call.desk() as desk:
        number = named(desk, client, buyer)

        def change() -> int:
            new = NewDecision(
                buyer_id=number,
                verdict=verdict,
                on=when(on),
                reason=reason,
                amount=amount_of(amount, currency) if amount else None,
                terms=terms,
                term_days=term_days,
                allowed_by=allowed_by,
                document=kept_paper(call, desk, client, paper),
            )
            return desk.credit.decide(new, today())

        made = desk.do(change)
        line = next(each for each in desk.credit.decisions(number) if each.id == made)
    call.answer(decision_json(line), _lines(call, line))


def approve(
    context: typer.Context,
    decision: Number,
    *,
    by: Annotated[str, typer.Option(help="Who approves.")],
    on: On = "",
) -> None:
    """Record the approval a decision waits for."""
    call = terminal(context)
    with call.desk() as desk:
        desk.credit.approve(decision, by, when(on), today())
    call.answer({"id": decision, "approved_by": by, "approved_on": when(on)})


def decisions(context: typer.Context, *, client: Client, buyer: Buyer) -> None:
    """List the decisions on a buyer, the newest first, with those that were voided."""
    call = terminal(context)
    with call.desk() as desk:
        found = desk.credit.decisions(named(desk, client, buyer))
    call.answer(
        [decision_json(each) for each in found],
        [line for each in found for line in _lines(call, each)],
    )


def void_decision(context: typer.Context, decision: Number, *, why: Why) -> None:
    """Void a decision that was entered by mistake."""
    call = terminal(context)
    with call.desk() as desk:
        desk.credit.void_decision(decision, why)
    call.answer({"voided": decision})


def history(context: typer.Context, *, client: Client, buyer: Buyer) -> None:
    """List the kept scores, the newest first, each with what changed since the one before."""
    call = terminal(context)
    with call.desk() as desk:
        found = desk.credit.scores(named(desk, client, buyer))
    standing = [each for each in found if each.voided is None]
    before = dict(zip((each.id for each in standing), [*standing[1:], None], strict=True))  # fmt: skip
    call.answer(
        [_score(each, before.get(each.id)) for each in found],
        [f"{each.as_of}  {each.score}  {each.grade or '—'}" for each in found],
    )


def void_score(context: typer.Context, score: Number, *, why: Why) -> None:
    """Void a score that was kept by mistake."""
    call = terminal(context)
    with call.desk() as desk:
        desk.credit.void_score(score, why)
    call.answer({"voided": score})


def decision_json(line: DecisionLine) -> dict[str, object]:
    """A decision as scripts read it."""
    return {
        "id": line.id,
        "verdict": line.verdict.value,
        "on": line.on,
        "amount": line.amount,
        "currency": line.currency,
        "terms": line.terms,
        "term_days": line.term_days,
        "departures": [each.value for each in line.departures],
        "allowed_by": line.allowed_by or None,
        "reason": line.reason,
        "figures": dict(line.figures),
        "approver": line.approver or None,
        "approved_by": line.approved_by or None,
        "approved_on": line.approved_on,
        "waits": line.waits,
        "who": line.who,
        "voided": line.voided.why if line.voided else None,
    }


def _lines(call: Terminal, line: DecisionLine) -> list[str]:
    said = f"{line.on}  {call.words(VERDICT_TITLES[line.verdict])}  {line.amount or ''}"
    if not line.waits:
        return [said.rstrip()]
    text = N_("Above what is decided alone: {approver} has to approve it.")
    return [said.rstrip(), call.words(text, approver=line.approver)]


def _score(line: ScoreLine, before: ScoreLine | None) -> dict[str, object]:
    moved = changes(before.points, line.points) if before else ()
    return {
        "id": line.id,
        "as_of": line.as_of,
        "scorecard": {"id": line.card, "version": line.version},
        "model": line.model,
        "score": line.score,
        "raw_score": line.raw,
        "grade": line.grade,
        "completeness": line.completeness,
        "caps": list(line.caps),
        "currency": line.currency,
        "limits": dict(line.limits),
        "points": {code: each.points for code, each in line.points.items()},
        "changes": [
            {"code": each.code, "before": _point(each.before), "after": _point(each.after)}
            for each in moved
        ],
        "who": line.who,
        "voided": line.voided.why if line.voided else None,
    }  # fmt: skip


def _point(point: KeptPoint | None) -> dict[str, object] | None:
    if point is None:
        return None
    return {"value": point.value or None, "points": point.points, "max": point.max}
