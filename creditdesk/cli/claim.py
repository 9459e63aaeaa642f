"""`claim`: open, attach, compute, package."""

import hashlib
from pathlib import Path
from typing import Annotated, Literal

import typer

from creditdesk.cli.session import Number, Terminal, day, terminal, today
from creditdesk.domain.claims import (
    CAUSE_TITLES,
    ITEM_STATE_TITLES,
    SUPPLIER_TITLES,
    Cause,
)
from creditdesk.domain.evidence import EvidenceState
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers import evidence
from creditdesk.reports import claim_package
from creditdesk.reports.claim_package import WrittenPackage
from creditdesk.services.claims import (
    ClaimId,
    ClaimLine,
    Estimate,
    EvidenceLine,
    NewClaim,
)


class NotComputable(UserError):
    """Something the calculation needs is not known."""

    message = N_("The indemnity can't be computed: {missing}")


app = typer.Typer(no_args_is_help=True, help="Claims and their packages.")


@app.command("open")
def open_(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    cause: Annotated[Cause, typer.Option()],
    date_of_loss: Annotated[str, typer.Option("--date-of-loss")],
    invoice: Annotated[list[str] | None, typer.Option()] = None,
) -> None:
    """Open a claim on the overdue or the named invoices."""
    call = terminal(context)
    with call.desk() as desk:
        owner = desk.clients.named(client)
        made = desk.claims.open(
            NewClaim(
                client_id=owner,
                buyer_id=desk.buyers.named(owner, buyer),
                cause=cause,
                date_of_loss=day(date_of_loss),
                numbers=tuple(invoice or ()),
                today=today(),
            )
        )
        line = desk.claims.file(made, today()).line
    call.answer(
        {"id": made, "number": line.number},
        [
            call.words(
                N_("Opened claim {number}, id {id}."), number=line.number, id=made
            )
        ],
    )


@app.command()
def attach(context: typer.Context, claim: Number, item: str, files: list[Path]) -> None:
    """Attach evidence to a checklist item; every file is kept as it is."""
    call = terminal(context)
    with call.desk() as desk:
        most = desk.upkeep.threshold("evidence_mb") * 1024 * 1024
        # Every file is looked at before the first is kept: a missing one stops them all.
        looked = [evidence.inspect(path, call.progress(), most=most) for path in files]
        lines = [
            (
                path,
                desk.claims.attach(ClaimId(claim), item, each, path.read_bytes()),
            )
            for path, each in zip(files, looked, strict=True)
        ]
    call.answer(
        [_attached(path, line) for path, line in lines],
        [f"{path.name}: {_state(line)}" for path, line in lines],
    )


@app.command("list")
def list_(
    context: typer.Context, client: Annotated[str | None, typer.Option()] = None
) -> None:
    """List the claims."""
    call = terminal(context)
    with call.desk() as desk:
        lines = desk.claims.all(desk.clients.named(client) if client else None)
    call.answer(
        [_line(line) for line in lines],
        [
            f"{line.id}  {line.number}  {line.client} → {line.buyer}  {line.state.value}"
            for line in lines
        ],
    )


@app.command()
def show(context: typer.Context, claim: Number) -> None:
    """Show one claim."""
    call = terminal(context)
    with call.desk() as desk:
        file = desk.claims.file(ClaimId(claim), today())
    say = call.words
    data = {
        **_line(file.line),
        "export": file.export,
        "narrative": file.narrative,
        "invoices": [
            {
                "number": each.number,
                "issued": each.issued,
                "due": each.due,
                "amount": each.amount,
                "open": each.open,
                "currency": each.amount.currency,
            }
            for each in file.invoices
        ],
        "completeness": file.completeness.percent,
        "missing": file.completeness.missing,
        "readiness": [
            {
                "test": each.code,
                "verdict": each.verdict.value,
                "title": each.title,
                "said": each.words,
            }
            for each in file.findings
        ],
        "packages": [
            {
                "written_at": each.written_at,
                "file": each.file_name,
                "pages": each.pages,
                "complete": each.complete,
            }
            for each in file.packages
        ],
    }
    lines = [
        f"{file.line.number}  {file.line.buyer}  {say(CAUSE_TITLES[file.line.cause])}",
        *(
            f"{each.verdict.value}: {say.say(each.title)}. {say.say(each.words)}"
            for each in file.findings
        ),
    ]
    call.answer(data, lines)


@app.command()
def checklist(context: typer.Context, claim: Number) -> None:
    """Show what the insurer wants and what is there."""
    call = terminal(context)
    with call.desk() as desk:
        rows = desk.claims.file(ClaimId(claim), today()).checklist
    say = call.words
    data = [
        {
            "code": row.code,
            "title": row.title.in_language(call.language),
            "mandatory": row.mandatory,
            "supplier": tuple(Message(SUPPLIER_TITLES[each]) for each in row.suppliers),
            "state": row.state.value,
            "documents": row.documents,
            "note": row.note,
        }
        for row in rows
    ]
    call.answer(
        data,
        [
            f"{row.code}  {row.title.in_language(call.language)}  {say(ITEM_STATE_TITLES[row.state])}"
            for row in rows
        ],
    )


@app.command()
def estimate(
    context: typer.Context,
    claim: Number,
    *,
    keep: Annotated[bool, typer.Option("--keep")] = False,
) -> None:
    """Compute the indemnity, every step shown; `--keep` keeps it for ever."""
    call = terminal(context)
    with call.desk() as desk:
        made = (
            desk.claims.keep(ClaimId(claim), today())
            if keep
            else desk.claims.estimate(ClaimId(claim), today())
        )
    if made.indemnity is None:
        raise call.fall_short(
            NotComputable(missing=made.missing),
            _estimate(made),
            _estimate_lines(call, made),
        )
    call.answer(_estimate(made), _estimate_lines(call, made))


@app.command()
def package(
    context: typer.Context,
    claim: Number,
    *,
    out: Annotated[Path, typer.Option()],
    lang: Annotated[Literal["zh", "en"] | None, typer.Option()] = None,
) -> None:
    """Write the package: one PDF with everything the insurer wants."""
    call = terminal(context)
    language = lang or call.language
    with call.desk() as desk:
        written = claim_package.write(
            desk.claims.package(ClaimId(claim), today()), out, language, call.progress()
        )
        desk.claims.record_package(
            ClaimId(claim),
            file_name=out.name,
            digest=hashlib.sha256(out.read_bytes()).hexdigest(),
            language=language,
            pages=written.pages,
            complete=written.complete,
        )
    call.answer(_written(written), _written_lines(call, out, written))


def _line(line: ClaimLine) -> dict[str, object]:
    return {
        "id": line.id,
        "number": line.number,
        "client": line.client,
        "buyer": line.buyer,
        "policy": line.policy,
        "cause": line.cause.value,
        "date_of_loss": line.date_of_loss,
        "state": line.state.value,
        "opened_on": line.opened_on,
        "claimed": line.claimed,
        "currency": line.claimed.currency if line.claimed else None,
        "file_by_legal": line.file_by.legal if line.file_by else None,
        "file_by_safe": line.file_by.safe if line.file_by else None,
        "mandatory_present": line.present,
        "mandatory": line.applicable,
    }


def _state(line: EvidenceLine) -> str:
    return "duplicate" if line.duplicate else line.state


def _attached(path: Path, line: EvidenceLine) -> dict[str, object]:
    known = line.pages if line.state == EvidenceState.OK else None
    return {
        "file": path.name,
        "evidence": line.id,
        "state": _state(line),
        "reason": line.reason or "",
        "pages": known,
    }


def _estimate(made: Estimate) -> dict[str, object]:
    found = made.indemnity
    data: dict[str, object] = {
        "missing": made.missing,
        "assumptions": made.calculation.assumptions,
        "steps": [
            {
                "code": step.code,
                "label": step.label,
                "amount": step.amount,
                "detail": step.detail,
                "source": step.source,
            }
            for step in made.calculation.steps
        ],
    }
    if found is None:
        return {"indemnity": None, **data}
    names = (
        "indemnity",
        "date_of_loss",
        "whole_debt",
        "eligible_debt",
        "limit_applied",
        "covered_loss",
        "own_share",
        "own_risk",
        "afl_eroded",
        "stop_date",
    )
    return {
        **{name: getattr(found, name) for name in names},
        "currency": found.indemnity.currency,
        "invoices": [
            {
                "id": row.id,
                "residual": row.residual,
                "eligible": row.eligible,
                "reasons": [reason.value for reason in row.reasons],
            }
            for row in found.rows
        ],
        "allocations": [
            {
                "number": each.number,
                "due": each.due,
                "by_policy": each.by_policy,
                "by_ledger": each.by_ledger,
            }
            for each in made.calculation.allocations
        ],
        **data,
    }


def _estimate_lines(call: Terminal, made: Estimate) -> list[str]:
    say = call.words
    lines = [
        f"{say.say(step.label)}  {step.amount or ''}  {say.say(step.detail) if step.detail else ''}"
        for step in made.calculation.steps
    ]
    return [*lines, *(say.say(each) for each in made.missing)]


def _written(written: WrittenPackage) -> dict[str, object]:
    return {
        "pages": written.pages,
        "complete": written.complete,
        "documents": [
            {
                "label": each.label,
                "title": each.title,
                "file": each.file,
                "first_page": each.first_page,
                "pages": each.pages,
            }
            for each in written.documents
        ],
        "missing": [{"code": row.code, "title": row.title} for row in written.missing],
        "problems": [
            {"file": each.file, "reason": each.reason} for each in written.problems
        ],
    }


def _written_lines(call: Terminal, out: Path, written: WrittenPackage) -> list[str]:
    say = call.words
    lines = [say(N_("{pages} pages written to {path}."), pages=written.pages, path=out)]
    if not written.complete:
        lines.append(say(N_("The package is incomplete.")))
    if written.missing:
        lines.append(
            say(
                N_("Missing: {items}."),
                items=tuple(row.code for row in written.missing),
            )
        )
    lines += [
        say(N_("{file}: {reason}"), file=each.file, reason=each.reason)
        for each in written.problems
    ]
    return lines
