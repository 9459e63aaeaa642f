"""`buyer doubles`, `merge`, `unmerge`, `merges`, `apart`: which buyers are one and the same."""

from typing import Annotated

import typer

from creditdesk.cli.session import Number, Terminal, terminal
from creditdesk.i18n import N_
from creditdesk.services.buyers import Double, DoubleSide, MergeId, MergeLine

Client = Annotated[str, typer.Option()]


def register(app: typer.Typer) -> None:
    """Add the commands to those of the buyers."""
    app.command("doubles")(doubles)
    app.command("merge")(merge)
    app.command("unmerge")(unmerge)
    app.command("merges")(merges)
    app.command("apart")(apart)


def doubles(
    context: typer.Context, client: Annotated[str | None, typer.Option()] = None
) -> None:
    """List the pairs of buyers that may be one, with what speaks for and against it."""
    call = terminal(context)
    with call.desk() as desk:
        number = desk.clients.named(client) if client else None
        found = desk.buyers.doubles(number)
    call.answer(
        [_double(each) for each in found],
        [line for each in found for line in _lines(call, each)],
    )


def merge(
    context: typer.Context,
    keep: str,
    gone: str,
    *,
    client: Client,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
) -> None:
    """Make two buyers one: all of GONE belongs to KEEP; it can be undone."""
    call = terminal(context)
    with call.desk() as desk:
        number = desk.clients.named(client)
        one, other = (desk.buyers.named(number, name) for name in (keep, gone))
        plan = desk.buyers.merge_plan(one, other)
        made = None if dry_run else desk.buyers.merge(one, other)
    told = (
        call.words(N_("{gone} would become {keep}."), gone=gone, keep=keep)
        if dry_run
        else call.words(N_("{gone} is {keep} now."), gone=gone, keep=keep)
    )
    call.answer(
        {
            "merge": made,
            "keep": plan.keep,
            "gone": plan.gone,
            "moved": dict(plan.moves),
            "names": list(plan.names),
            "obstacles": [call.words.say(each) for each in plan.obstacles],
        },
        [told, *(call.words.say(each) for each in plan.obstacles)],
    )


def unmerge(context: typer.Context, merge: Number) -> None:
    """Make a merged buyer two again, while nothing later rests on it."""
    call = terminal(context)
    with call.desk() as desk:
        desk.buyers.unmerge(MergeId(merge))
        line = next(each for each in desk.buyers.merges() if each.id == merge)
    told = call.words(N_("{gone} and {keep} are two again."), gone=line.gone, keep=line.keep)  # fmt: skip
    call.answer(_merge(line), [told])


def merges(
    context: typer.Context, client: Annotated[str | None, typer.Option()] = None
) -> None:
    """List the merges made, newest first."""
    call = terminal(context)
    with call.desk() as desk:
        number = desk.clients.named(client) if client else None
        found = desk.buyers.merges(number)
    call.answer(
        [_merge(each) for each in found],
        [f"{each.id}  {each.gone} → {each.keep}" for each in found],
    )


def apart(context: typer.Context, one: str, other: str, *, client: Client) -> None:
    """Say that two buyers are two: they are not proposed again."""
    call = terminal(context)
    with call.desk() as desk:
        number = desk.clients.named(client)
        first, second = (desk.buyers.named(number, name) for name in (one, other))
        desk.buyers.keep_apart(first, second)
    told = call.words(N_("{one} and {other} stay two."), one=one, other=other)
    call.answer({"one": first, "other": second}, [told])


def _double(double: Double) -> dict[str, object]:
    return {
        "confidence": double.likeness.confidence,
        "question": double.likeness.question,
        "reasons": [
            {"code": each.reason.value, "said": each.said}
            for each in double.likeness.grounds
        ],
        "buyers": [_side(double.one), _side(double.other)],
    }


def _side(side: DoubleSide) -> dict[str, object]:
    return {
        "id": side.id,
        "name": side.name,
        "codes": list(side.codes),
        "aliases": list(side.aliases),
        "uscc": side.tax_id,
        "open": {amount.currency: amount for amount in side.open},
        "documents": side.documents,
        "payments": side.payments,
        "limits": [
            {"policy": each.policy, "state": each.state, "amount": each.amount}
            for each in side.limits
        ],
        "claims": list(side.claims),
        "files": list(side.files),
    }


def _merge(line: MergeLine) -> dict[str, object]:
    return {
        "merge": line.id,
        "client": line.client,
        "keep": line.keep,
        "gone": line.gone,
        "gone_code": line.gone_code,
        "moved": dict(line.moves),
        "merged_at": line.merged_at.isoformat(),
        "undone_at": line.undone_at.isoformat() if line.undone_at else None,
        "who": line.who,
    }


def _lines(call: Terminal, double: Double) -> list[str]:
    one, other = (
        "  ".join((side.name, *side.codes)) for side in (double.one, double.other)
    )
    question = double.likeness.question
    asked = [call.words.say(question)] if question else []
    return [
        f"{double.likeness.confidence} %  {one}  =  {other}",
        *(f"    {line}" for line in asked),
        *(f"    {call.words.say(each.said)}" for each in double.likeness.grounds),
    ]
