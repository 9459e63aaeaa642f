"""`declaration`: what is to be declared to the insurer, what was, and recording that it went out."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from creditdesk.cli.policies.policy import policy_named
from creditdesk.cli.session import (
    Number,
    OutIfAny,
    Replace,
    Terminal,
    day,
    existing,
    terminal,
    today,
)
from creditdesk.domain.base.money import Money, is_currency
from creditdesk.domain.cover.in_scope import LEFT_OUT_WORDS, Key
from creditdesk.domain.declare.declarations import DeclarationKind
from creditdesk.domain.declare.declared import STATE_WORDS, Declared, Difference
from creditdesk.domain.declare.insurable import InsurableLine
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.files import evidence
from creditdesk.presenters.declarations.declaration_paper import paper_of
from creditdesk.reports import declaration as paper
from creditdesk.services.declarations import NewDeclaration, PeriodFile, PeriodLine
from creditdesk.workspace import Desk

app = typer.Typer(no_args_is_help=True, help="Declarations to the insurer.")
_MEGABYTE = 1024 * 1024


class TotalUnreadable(UserError):
    """Not an amount with its currency."""

    message = N_("{text} is no total. Write it as 250000.00 or USD=250000.00.")


@app.command("list")
def list_(
    context: typer.Context,
    *,
    client: Annotated[str | None, typer.Option()] = None,
    policy: Annotated[str | None, typer.Option(help="The policy's number.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of")] = None,
) -> None:
    """Say for each period what the ledger holds and what was declared."""
    call = terminal(context)
    on = day(as_of) if as_of else today()
    with call.desk() as desk:
        owner = desk.clients.named(client) if client else None
        found = desk.declarations.overview(on, client_id=owner)
    lines = [line for line in found.periods if policy in {None, line.policy}]
    call.answer([_period(line) for line in lines], [_said(call, line) for line in lines])  # fmt: skip


@app.command()
def show(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    policy: Annotated[str, typer.Option(help="The policy's number.")],
    from_: Annotated[str, typer.Option("--from", help="First day of the period.")],
    kind: Annotated[DeclarationKind | None, typer.Option()] = None,
    as_of: Annotated[str | None, typer.Option("--as-of")] = None,
    out: OutIfAny = None,
    replace: Replace = False,
) -> None:
    """Say what one period's declaration holds, what is left out and why, and what differs."""
    call = terminal(context)
    on = day(as_of) if as_of else today()
    if out is not None:
        call.output(out, replace=replace)
    with call.desk() as desk:
        owner = desk.clients.named(client)
        number, _ = policy_named(desk, owner, client, policy)
        file = _file(desk, number, kind, day(from_), on)
    if out is not None:
        made = paper_of(file, file.still, on)
        paper.write(made, out, call.language, call.progress())
    call.answer(_whole(call, file), [_said(call, file.line)])


@app.command()
def record(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    policy: Annotated[str, typer.Option(help="The policy's number.")],
    from_: Annotated[str, typer.Option("--from")],
    to: Annotated[str, typer.Option("--to")],
    on: Annotated[str, typer.Option("--on", help="The day it was declared.")],
    way: Annotated[str, typer.Option()] = "",
    reference: Annotated[str, typer.Option()] = "",
    kind: Annotated[DeclarationKind | None, typer.Option()] = None,
    total: Annotated[
        list[str] | None,
        typer.Option(help="What stands on the paper: 250000 or USD=250000."),
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(help="An invoice left out on purpose.")
    ] = None,
    corrects: Annotated[
        int | None, typer.Option(help="The declaration it takes the place of.")
    ] = None,
    proof: Annotated[
        Path | None, typer.Option(help="What proves it.", readable=False)
    ] = None,
) -> None:
    """Keep that a period was declared; the duty is closed."""
    call = terminal(context)
    with call.desk() as desk:
        owner = desk.clients.named(client)
        number, currency = policy_named(desk, owner, client, policy)
        start, end = day(from_), day(to)
        made = desk.declarations.record(
            NewDeclaration(
                policy_id=number,
                start=start,
                end=end,
                on=day(on),
                kind=kind,
                way=way,
                reference=reference,
                proof=_kept(desk, number, existing(proof)) if proof else None,
                totals=tuple(_total(each, currency) for each in total) if total else None,
                left_out=_keys(desk, number, kind, (start, end), without or ()),
                corrects=corrects,
            ),
            today(),
        )  # fmt: skip
        lines = [
            line
            for line in desk.declarations.overview(today(), policy_id=number).periods
            if start <= line.asked.period.start and line.asked.period.end <= end
        ]
    call.answer(
        {"declarations": made, "periods": [_period(line) for line in lines]},
        [_said(call, line) for line in lines],
    )


@app.command()
def void(
    context: typer.Context,
    declaration: Number,
    *,
    why: Annotated[str, typer.Option(help="Kept in the history with the entry.")],
) -> None:
    """Void an entry that was a mistake: nothing was sent."""
    call = terminal(context)
    with call.desk() as desk:
        desk.declarations.void(declaration, today(), why)
    told = N_("The declaration is void; it stays in the history with the reason.")
    call.answer({"voided": declaration}, [call.words(told)])


def _file(
    desk: Desk, policy: int, kind: DeclarationKind | None, start: date, on: date
) -> PeriodFile:
    """The period that begins on a day; without a kind the one there is."""
    found = desk.declarations.overview(on, policy_id=policy).periods
    kinds = [line.asked.kind for line in found if line.asked.period.start == start]
    chosen = kind or next(iter(kinds), DeclarationKind.TURNOVER)
    return desk.declarations.period(policy, chosen, start, on)


def _keys(
    desk: Desk,
    policy: int,
    kind: DeclarationKind | None,
    span: tuple[date, date],
    numbers: Iterable[str],
) -> frozenset[Key]:
    """The documents of these periods that have one of the numbers."""
    wanted = set(numbers)
    if not wanted:
        return frozenset()
    lines = desk.declarations.overview(today(), policy_id=policy).periods
    asked = [
        line.asked
        for line in lines
        if span[0] <= line.asked.period.start and line.asked.period.end <= span[1]
    ]
    files = (
        desk.declarations.period(policy, each.kind, each.period.start, today())
        for each in asked
        if kind in {None, each.kind}
    )
    return frozenset(
        line.row.key
        for file in files
        for line in file.computed.lines
        if line.row.number in wanted
    )


def _kept(desk: Desk, policy: int, path: Path) -> int:
    most = desk.upkeep.threshold("evidence_mb") * _MEGABYTE
    looked = evidence.inspect(path, most=most)
    return desk.declarations.keep_proof(policy, looked, path.read_bytes())


def _total(text: str, currency: str) -> Money:
    code, equals, figure = text.rpartition("=")
    try:
        amount = Decimal(figure.replace(",", "").strip())
    except InvalidOperation as error:
        raise TotalUnreadable(text=text) from error
    given = code.strip().upper() if equals else currency
    if not amount.is_finite() or not is_currency(given):
        raise TotalUnreadable(text=text)
    return Money(amount, given).rounded()


def _said(call: Terminal, line: PeriodLine) -> str:
    period, deadline = line.asked.period, line.asked.deadline
    by = deadline.safe.isoformat() if deadline else "–"
    state = call.words(STATE_WORDS[line.state])
    amounts = ", ".join(f"{each.currency} {each.plain}" for each in line.computed)
    return f"{by}  {line.policy}  {period.start} – {period.end}  {state}  {amounts}"


def _period(line: PeriodLine) -> dict[str, object]:
    period, deadline = line.asked.period, line.asked.deadline
    return {
        "client": line.client,
        "policy": line.policy,
        "kind": line.asked.kind.value,
        "from": period.start,
        "to": period.end,
        "rule": deadline.rule.text if deadline else None,
        "unrolled": deadline.unrolled if deadline else None,
        "legal_date": deadline.legal if deadline else None,
        "safe_date": deadline.safe if deadline else None,
        "state": line.state.value,
        "days_late": line.late,
        "ledger": _by_currency(line.computed),
        "declared": _by_currency(line.declared),
        "declared_on": line.declared_on,
        "documents": line.documents,
        "left_out": line.left_out,
        "differences": line.differences,
    }


def _whole(call: Terminal, file: PeriodFile) -> dict[str, object]:
    return {
        **_period(file.line),
        "lines": [_line(line) for line in file.computed.taken],
        "not_declared": [
            {
                **_line(line),
                "reason": call.words(LEFT_OUT_WORDS[line.left_out]),
                "code": line.left_out.value,
            }
            for line in file.computed.left_out
            if line.left_out is not None
        ],
        "differs": [_difference(file, each) for each in file.differences],
        "declarations": [_declared(file, each) for each in file.declared],
        "risks": [
            {
                "buyer": file.buyers[each.buyer].name,
                "invoice": each.number,
                "due": each.due,
                "days_overdue": each.days_overdue,
                "default_on": each.default_on,
            }
            for each in file.risks
        ],
        "notes": file.computed.notes,
    }


def _line(line: InsurableLine) -> dict[str, object]:
    return {
        "buyer": line.row.buyer.name,
        "document": line.row.number,
        "kind": line.row.kind.value,
        "date": line.row.day,
        "amount": line.amount,
        "currency": line.amount.currency,
    }


def _difference(file: PeriodFile, each: Difference) -> dict[str, object]:
    buyer, number, kind = each.key
    amount = each.now or each.declared
    return {
        "buyer": file.buyers[buyer].name if buyer in file.buyers else "",
        "document": number,
        "kind": kind,
        "declared": each.declared,
        "ledger": each.now,
        "currency": amount.currency if amount else None,
    }


def _declared(file: PeriodFile, each: Declared) -> dict[str, object]:
    return {
        "id": each.id,
        "on": each.on,
        "way": each.way,
        "reference": each.reference,
        "totals": _by_currency(each.totals),
        "documents": sum(bool(line.amount) for line in each.lines),
        "corrects": each.corrects,
        "stands": each.id in file.standing,
        "proof": each.document_id is not None,
        "who": each.who,
    }


def _by_currency(amounts: Iterable[Money]) -> Mapping[str, Money]:
    return {each.currency: each for each in amounts}
