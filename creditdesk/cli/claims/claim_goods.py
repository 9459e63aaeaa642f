"""`claim goods`, `void-goods`: what goods of a claim brought, up to its date of loss and after it."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from creditdesk.cli.claims.claim_course import looked_at
from creditdesk.cli.policies.policy import amount_typed
from creditdesk.cli.session import Number, Terminal, day, terminal, today
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import GOODS, RECOVERY_TITLES, RecoverySource
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.services.claims import (
    ClaimFile,
    ClaimId,
    GoodsLine,
    NewRecovery,
    RecoveryLine,
)
from creditdesk.services.policies import PolicyId
from creditdesk.workspace import Desk


class GoodsKindOther(UserError):
    """Not from goods."""

    message = N_("{kind} is no money for goods: enter it by `claim recover`.")


class GoodsUntold(UserError):
    """An entry needs all of these."""

    message = N_("An entry needs --kind, --on, --invoice and --amount.")


class GoodsEntryUnknown(UserError):
    """No such line of the list."""

    message = N_("The list has no entry {entry}. It has: {entries}.")


def add_to(app: typer.Typer) -> None:
    """These commands among those of claims."""
    app.command()(goods)
    app.command("void-goods")(void_goods)


def goods(  # noqa: PLR0913 - what is known of goods
    context: typer.Context,
    claim: Number,
    *,
    kind: Annotated[
        RecoverySource | None, typer.Option(help="resale, return or salvage.")
    ] = None,
    on: Annotated[str, typer.Option(help="The day it came in.")] = "",
    invoice: Annotated[str, typer.Option(help="The invoice of the goods.")] = "",
    amount: Annotated[str, typer.Option(help="What they brought.")] = "",
    costs: Annotated[str, typer.Option(help="What it cost.")] = "0",
    currency: Annotated[str, typer.Option(help="The policy's, unless given.")] = "",
    note: Annotated[str, typer.Option()] = "",
    paper: Annotated[Path | None, typer.Option(help="What proves it.")] = None,
) -> None:
    """List what goods brought, or record it: it lessens their invoice; after the loss it is shared."""
    call = terminal(context)
    number = ClaimId(claim)
    with call.desk() as desk:
        if kind is not None:
            if kind not in GOODS:
                raise GoodsKindOther(kind=kind.value)
            if not (on and invoice and amount):
                raise GoodsUntold
            line = desk.claims.file(number, today()).line
            policy = desk.policies.file(PolicyId(line.policy_id), today()).line
            code = (currency or policy.currency).upper()
            new = NewRecovery(
                received_on=day(on),
                source=kind,
                gross=Money(amount_typed(amount), code).rounded(),
                costs=Money(amount_typed(costs), code).rounded(),
                note=note,
                against=(invoice,),
            )
            _record(call, desk, number, new, paper)
        found = desk.claims.file(number, today())
    _answer(call, found)


def void_goods(
    context: typer.Context,
    claim: Number,
    entry: str,
    *,
    reason: Annotated[str, typer.Option(help="Why it was a mistake.")],
) -> None:
    """Say that an entry of the list was a mistake."""
    call = terminal(context)
    number = ClaimId(claim)
    with call.desk() as desk:
        known = {
            _name(each): each for each in _lines(desk.claims.file(number, today()))
        }
        if entry not in known:
            raise GoodsEntryUnknown(entry=entry, entries=tuple(known))
        found = known[entry]
        if isinstance(found, GoodsLine):
            desk.claims.void_goods(number, found.id, reason)
        else:
            desk.claims.void_recovery(number, found.id, reason)
        file = desk.claims.file(number, today())
    _answer(call, file)


def _record(
    call: Terminal, desk: Desk, claim: ClaimId, new: NewRecovery, paper: Path | None
) -> None:
    line = desk.claims.file(claim, today()).line
    taken = looked_at(desk, paper, call) if paper else None

    def record() -> None:
        kept = desk.watch.keep_paper(line.client_id, *taken) if taken else None
        told = replace(new, document=kept)
        if new.received_on > line.date_of_loss:
            desk.claims.recover(claim, told, today())
        else:
            desk.claims.take_goods(claim, told)

    desk.do(record)


def _lines(file: ClaimFile) -> tuple[GoodsLine | RecoveryLine, ...]:
    return (*file.goods, *(each for each in file.recoveries if each.source in GOODS))


def _name(line: GoodsLine | RecoveryLine) -> str:
    return f"G{line.id}" if isinstance(line, GoodsLine) else f"R{line.id}"


def _answer(call: Terminal, file: ClaimFile) -> None:
    lines = _lines(file)
    call.answer([_row(each) for each in lines], [_said(call, each) for each in lines])


def _row(line: GoodsLine | RecoveryLine) -> dict[str, object]:
    mine: dict[str, object] = (
        {"kind": line.kind.value, "on": line.on, "invoices": (line.invoice,)}
        if isinstance(line, GoodsLine)
        else {
            "kind": line.source.value,
            "on": line.received_on,
            "invoices": line.against,
        }
    )
    return {
        "entry": _name(line),
        **mine,
        "amount": line.gross,
        "costs": line.costs,
        "currency": line.gross.currency,
        "net": line.net,
        "insurer": None if isinstance(line, GoodsLine) else line.insurer,
        "voided": line.voided.why if line.voided else None,
    }


def _said(call: Terminal, line: GoodsLine | RecoveryLine) -> str:
    entry = _name(line)
    if line.voided:
        return call.words(N_("{entry} is void: {why}"), entry=entry, why=line.voided.why)  # fmt: skip
    if isinstance(line, GoodsLine):
        told = N_("{entry} {what}, {on}: {net} is taken off invoice {invoice}.")
        what = Message(RECOVERY_TITLES[line.kind])
        return call.words(told, entry=entry, what=what, on=line.on, net=line.net, invoice=line.invoice)  # fmt: skip
    told = N_("{entry} {what}, {on}: {net}, of which the insurer gets {insurer}.")
    what, on = Message(RECOVERY_TITLES[line.source]), line.received_on
    return call.words(
        told, entry=entry, what=what, on=on, net=line.net, insurer=line.insurer
    )
