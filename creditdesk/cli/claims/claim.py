"""`claim`: open, attach, compute, package."""

from pathlib import Path
from typing import Annotated

import typer

from creditdesk import private
from creditdesk.catalog.letters import Start, letters_from
from creditdesk.cli.claims import (
    answers,
    claim_course,
    claim_goods,
    claim_items,
    claim_packages,
    claim_papers,
)
from creditdesk.cli.claims.claim_papers import Pages, Turn
from creditdesk.cli.letters.writing import (
    Asked,
    Fields,
    LetterUnknown,
    write_of_claim,
)
from creditdesk.cli.policies.policy import amount_typed, policy_named
from creditdesk.cli.session import (
    Files,
    Number,
    Out,
    OutIfAny,
    Replace,
    Terminal,
    day,
    existing,
    terminal,
    today,
)
from creditdesk.cli.tasks import answers as task_answers
from creditdesk.domain.base.evidence import (
    PDF,
    EvidenceState,
    InspectedEvidence,
)
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import (
    ITEM_STATE_TITLES,
    Cause,
    RecoverySource,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.files import evidence
from creditdesk.services.claims import (
    ClaimId,
    EvidenceLine,
    NewClaim,
    NewRecovery,
)
from creditdesk.services.policies import PolicyId


class FactUngiven(UserError):
    """A fact without a value: it would be emptied by a slip."""

    message = N_("Write “{given}” as KEY=VALUE; KEY= empties it.")


class NotComputable(UserError):
    """Something the calculation needs is not known."""

    message = N_("The indemnity can't be computed: {missing}")


app = typer.Typer(no_args_is_help=True, help="Claims and their packages.")
claim_course.add_to(app)
claim_packages.add_to(app)
claim_papers.add_to(app)
claim_items.add_to(app)
claim_goods.add_to(app)


@app.command("open")
def open_(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    cause: Annotated[Cause, typer.Option()],
    date_of_loss: Annotated[str, typer.Option("--date-of-loss")],
    invoice: Annotated[list[str] | None, typer.Option()] = None,
    policy: Annotated[
        str | None,
        typer.Option(help="The policy's number, where several were in force."),
    ] = None,
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
                policy_id=policy_named(desk, owner, client, policy)[0]
                if policy
                else None,
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
def cause(context: typer.Context, claim: Number, invoice: str, cause: Cause) -> None:
    """Say why one invoice of a claim isn't paid, where it isn't for the claim's cause."""
    call = terminal(context)
    with call.desk() as desk:
        desk.claims.set_cause(ClaimId(claim), (invoice,), cause)
        file = desk.claims.file(ClaimId(claim), today())
    call.answer(answers.file(file), answers.file_lines(call, file))


@app.command()
def payee(
    context: typer.Context,
    claim: Number,
    invoice: str,
    name: Annotated[str, typer.Argument(help="Empty: as the policy says.")],
) -> None:
    """Say to whom the indemnity of one invoice goes, such as a bank that financed it."""
    call = terminal(context)
    with call.desk() as desk:
        desk.claims.set_loss_payee(ClaimId(claim), (invoice,), name)
        file = desk.claims.file(ClaimId(claim), today())
    call.answer(answers.file(file), answers.file_lines(call, file))


@app.command()
def insured(
    context: typer.Context,
    claim: Number,
    invoice: str,
    name: Annotated[str, typer.Argument(help="Empty: the policyholder.")],
) -> None:
    """Say whose debt one invoice is, a company insured beside the policyholder."""
    call = terminal(context)
    with call.desk() as desk:
        desk.claims.set_joint_insured(ClaimId(claim), (invoice,), name)
        file = desk.claims.file(ClaimId(claim), today())
    call.answer(answers.file(file), answers.file_lines(call, file))


@app.command()
def recover(  # noqa: PLR0913 - what is known of a recovery
    context: typer.Context,
    claim: Number,
    *,
    on: Annotated[str, typer.Option(help="The day the money came in.")],
    source: Annotated[RecoverySource, typer.Option()],
    amount: Annotated[str, typer.Option(help="What came in.")],
    costs: Annotated[
        str, typer.Option(help="What it cost, which may be more than came in.")
    ] = "0",
    currency: Annotated[str | None, typer.Option()] = None,
    invoice: Annotated[
        list[str] | None, typer.Option(help="The invoices it is for, if any by name.")
    ] = None,
    note: Annotated[str, typer.Option()] = "",
) -> None:
    """Record what came in after the loss, shared between the insurer and the insured."""
    call = terminal(context)
    with call.desk() as desk:
        policy = PolicyId(desk.claims.file(ClaimId(claim), today()).line.policy_id)
        code = (currency or desk.policies.file(policy, today()).line.currency).upper()
        new = NewRecovery(
            received_on=day(on),
            source=source,
            gross=Money(amount_typed(amount), code).rounded(),
            costs=Money(amount_typed(costs), code).rounded(),
            note=note,
            against=tuple(invoice or ()),
        )
        made = desk.claims.recover(ClaimId(claim), new, today())
        lines = desk.claims.file(ClaimId(claim), today()).recoveries
        line = next(each for each in lines if each.id == made)
    call.answer(answers.recovery(line), answers.recovery_lines(call, line))


@app.command()
def attach(  # noqa: PLR0913 - what is known of a file when it comes
    context: typer.Context,
    claim: Number,
    item: str,
    files: Files,
    *,
    pages: Pages = "",
    turn: Turn = "",
    anyway: Annotated[bool, typer.Option("--anyway", help="Also a paper that names another buyer.")] = False,
) -> None:  # fmt: skip
    """Attach evidence to a checklist item; every file is kept as it is, a protected PDF without its password."""
    call = terminal(context)
    with call.desk() as desk, private.folder() as room:
        most = desk.upkeep.threshold("evidence_mb") * 1024 * 1024
        # Every file is looked at before the first is kept: a missing one stops them all.
        taken = [_taken(call, existing(path), most, room) for path in files]

        def keep() -> list[tuple[Path, EvidenceLine]]:
            number = ClaimId(claim)
            return [
                (path, desk.claims.attach(
                    number, item, looked, data, pages=pages, turns=turn, anyway=anyway
                ))
                for path, (looked, data) in zip(files, taken, strict=True)
            ]  # fmt: skip

        lines = desk.do(keep)
    call.answer(
        [answers.attached(path, line) for path, line in lines],
        [answers.attached_line(call, path, line) for path, line in lines],
    )


def _taken(
    call: Terminal, path: Path, most: int, room: Path
) -> tuple[InspectedEvidence, bytes]:
    """What is known of the file, and its bytes; the password of a protected one is asked for once."""
    looked = evidence.inspect(path, call.progress(), most=most)
    if looked.state is not EvidenceState.NEEDS_PASSWORD or looked.media != PDF:
        return looked, path.read_bytes()
    password = call.file_password(path)
    if not password:
        return looked, path.read_bytes()
    opened = room / path.name
    opened.write_bytes(evidence.unlock(path, password, call.progress()))
    return evidence.inspect(opened, call.progress(), most=most), opened.read_bytes()


@app.command("list")
def list_(
    context: typer.Context, client: Annotated[str | None, typer.Option()] = None
) -> None:
    """List the claims."""
    call = terminal(context)
    with call.desk() as desk:
        lines = desk.claims.all(desk.clients.named(client) if client else None)
    to_come = call.words(N_("date of loss still to come"))
    call.answer(
        [answers.line(line) for line in lines],
        [
            f"{line.id}  {line.number}  {line.client} → {line.buyer}  {line.state.value}"
            + (f"  {to_come}" if line.date_of_loss > today() else "")
            for line in lines
        ],
    )


@app.command()
def show(context: typer.Context, claim: Number) -> None:
    """Show one claim."""
    call = terminal(context)
    with call.desk() as desk:
        file = desk.claims.file(ClaimId(claim), today())
    call.answer(answers.file(file), answers.file_lines(call, file))


@app.command()
def checklist(context: typer.Context, claim: Number) -> None:
    """Show what the insurer wants and what is there."""
    call = terminal(context)
    with call.desk() as desk:
        rows = desk.claims.file(ClaimId(claim), today()).checklist
    say = call.words
    call.answer(
        answers.items(call, rows),
        [
            f"{row.code}  {row.title.in_language(call.language)}  {say(ITEM_STATE_TITLES[row.state])}"
            for row in rows
        ],
    )


@app.command()
def form(
    context: typer.Context,
    claim: Number,
    *,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="KEY=VALUE: a fact, kept for the client, buyer, insurer or claim it belongs to.",
        ),
    ] = None,
) -> None:
    """Show what the insurer's form asks, in its order, with what is known; `--set` fills it."""
    call = terminal(context)
    with call.desk() as desk:
        told = [_fact(given) for given in set_ or ()]

        def keep() -> None:
            for key, value in told:
                owner = desk.claims.owner_of(ClaimId(claim), key)
                desk.particulars.set(owner, key, value)

        if told:
            desk.do(keep)
        filled = desk.claims.draft(ClaimId(claim), today()).form
    call.answer(answers.form(call, filled), answers.form_lines(call, filled))


@app.command()
def tasks(
    context: typer.Context,
    claim: Number,
    *,
    take: Annotated[bool, typer.Option("--take", help="First take what the claim asks of each department.")] = False,
    out: OutIfAny = None,
    replace: Replace = False,
) -> None:  # fmt: skip
    """Show what departments have to do for a claim; with a file also its slips, one a department."""
    from creditdesk.presenters.claims.task_proposals import proposals  # noqa: PLC0415 - heavy, and no other command waits for it
    from creditdesk.reports import task_list  # noqa: PLC0415 - as above

    call = terminal(context)
    if out is not None:
        call.output(out, replace=replace)
    with call.desk() as desk:
        mine = desk.claims.file(ClaimId(claim), today()).line.id
        if take:
            new = proposals(desk, mine, today(), call.language)
            desk.tasks.take(mine, new)
        found = desk.tasks.of_claim(mine)
        if out is not None:
            task_list.write_slips(found, out, call.language, today(), call.progress())
    call.answer(
        [task_answers.task(each) for each in found], task_answers.lines(call, found)
    )


@app.command()
def letter(  # noqa: PLR0913 - what is said of a letter
    context: typer.Context,
    claim: Number,
    kind: Annotated[str, typer.Argument(metavar="LETTER", help="As `letter list` names it.")],
    *,
    out: Out,
    replace: Replace = False,
    fields: Fields = None,
) -> None:  # fmt: skip
    """Write a letter about a claim, or about its buyer under its policy, as .pdf."""
    call = terminal(context)
    offered = {each.id: each for each in letters_from(Start.CLAIM)}
    if kind not in offered:
        raise LetterUnknown(id=kind, ids=tuple(offered))
    call.output(out, replace=replace)
    write_of_claim(call, Asked(offered[kind], out, fields or []), claim)


def _fact(given: str) -> tuple[str, str]:
    key, sign, value = given.partition("=")
    if not sign:
        raise FactUngiven(given=given)
    return key.strip(), value


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
            answers.estimate(made),
            answers.estimate_lines(call, made),
        )
    call.answer(answers.estimate(made), answers.estimate_lines(call, made))
