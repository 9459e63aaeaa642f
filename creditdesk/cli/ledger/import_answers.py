"""What the commands about imports answer: values for scripts, lines for people."""

from collections.abc import Sequence

from creditdesk.cli.session import Terminal
from creditdesk.i18n import N_
from creditdesk.presenters.ledger.control import CAUSES
from creditdesk.presenters.ledger.import_comparison import comparison_words
from creditdesk.presenters.ledger.reading_again import ComparedAgain
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger.control_values import ControlAccount, ControlBalance
from creditdesk.services.ledger.import_values import (
    ChangeLine,
    ImportFile,
    ImportStanding,
    UndoPlan,
)


def batch(
    file: ImportFile, changes: Sequence[ChangeLine], plan: UndoPlan | None
) -> dict[str, object]:
    """One import. `plan` None: it was taken back."""
    line = file.line
    return {
        "batch": line.id,
        "client": line.client,
        "kind": line.kind,
        "format": line.format,
        "file": line.file_name,
        "sheet": line.sheet,
        "header_row": file.header_row,
        "sha256": file.digest,
        "size": file.size,
        "as_of": file.as_of,
        "taken_at": line.taken_at,
        "who": line.who,
        "undone_at": line.undone_at,
        "counts": line.counts,
        "totals": line.totals,
        "file_totals": file.file_totals,
        "columns": file.columns,
        "rejected": file.refused,
        "skipped": file.skipped,
        "notes": file.notes,
        "changed": [
            {
                "record": each.record,
                "buyer": each.buyer,
                "name": each.name,
                "fields": {
                    field.field.removesuffix("_fine"): {
                        "before": field.before,
                        "after": field.after,
                    }
                    for field in each.fields
                },
            }
            for each in changes
        ],
        "undo": None if plan is None else _undo(plan),
    }


def _undo(plan: UndoPlan) -> dict[str, object]:
    return {
        "documents": plan.documents,
        "payments": plan.payments,
        "balances": plan.balances,
        "bank_lines": plan.lines,
        "buyers": plan.buyers,
        "restored": plan.restored,
        "dependents": [
            {"what": each.said, "blocks": each.blocks} for each in plan.dependents
        ],
    }


def batch_lines(call: Terminal, file: ImportFile, plan: UndoPlan | None) -> list[str]:
    """One import, line by line."""
    say, line = call.words, file.line
    lines = [
        say(
            N_("Import {number}: {file}, {client}, taken in on {at} by {who}."),
            number=line.id, file=line.file_name, client=line.client, at=f"{line.taken_at:%Y-%m-%d %H:%M}",
            who=line.who,
        ),
        say(
            N_("{rows} rows read, {used} used, {skipped} skipped, {refused} refused."),
            rows=line.counts["rows_read"], used=line.used, skipped=line.skipped, refused=line.refused,
        ),
    ]  # fmt: skip
    if plan is None:
        return [*lines, say(N_("It was taken back."))]
    rests = [say.say(each.said) for each in plan.dependents]
    if rests:
        lines.append(say(N_("This rests on it: {what}."), what=", ".join(rests)))
    return lines


def compared(found: ComparedAgain) -> dict[str, object]:
    """How an import's file stands now."""
    comparison = found.comparison
    return {
        "same": comparison.same,
        "banked": comparison.banked,
        "from": comparison.start,
        "to": comparison.end,
        **{each.value: comparison.count(each) for each in ImportStanding},
        "differences": [
            {
                "standing": each.standing,
                "record": each.record,
                "row": each.row,
                "buyer": each.buyer,
                "name": each.name,
                "currency": each.amount.currency,
                "amount": each.amount,
                "fields": {
                    field.field.removesuffix("_fine"): {
                        "file": field.before,
                        "ledger": field.after,
                    }
                    for field in each.fields
                },
                "by_batch": each.by.batch if each.by else None,
            }
            for each in comparison.differences
        ],
    }


def compared_lines(call: Terminal, found: ComparedAgain) -> list[str]:
    """The same, in a sentence."""
    return [comparison_words(found.comparison, Wording(call.language))]


def control(account: ControlAccount) -> dict[str, object]:
    """The control account of a day."""
    return {
        "client": account.client,
        "as_of": account.as_of,
        "account": account.account,
        "by_currency": {each.currency: _balance(each) for each in account.balances},
    }


def _balance(found: ControlBalance) -> dict[str, object]:
    return {
        "invoices": found.invoices,
        "credit_notes": found.credit_notes,
        "unapplied": found.unapplied,
        "balance": found.balance,
        "aged_only": found.aged_only,
        "figure": found.figure.amount if found.figure else None,
        "difference": found.difference,
        "unexplained": found.unexplained,
        "rows": [
            {
                "cause": each.cause,
                "effect": each.effect,
                "name": each.name,
                "batch": each.batch,
                "row": each.row,
                "count": each.count,
                "explains": place in found.explained,
            }
            for place, each in enumerate(found.rows)
        ],
    }


def control_lines(call: Terminal, account: ControlAccount) -> list[str]:
    """The same, line by line."""
    say = call.words
    lines = []
    for found in account.balances:
        lines.append(
            say(
                N_("{currency}: open invoices {invoices} − credit notes {notes} − unapplied {unapplied} = {balance}."),
                currency=found.currency, invoices=found.invoices.plain, notes=found.credit_notes.plain,
                unapplied=found.unapplied.plain, balance=found.balance.plain,
            )
        )  # fmt: skip
        if found.aged_only:
            lines.append(
                say(
                    N_("Not in the balance: {amount} of summaries without documents."),
                    amount=found.aged_only,
                )
            )
        if found.figure is None or found.difference is None:
            continue
        lines.append(
            say(
                N_("The books show {figure}: a difference of {difference}, of which {left} is unexplained."),
                figure=found.figure.amount, difference=found.difference, left=found.unexplained,
            )
        )  # fmt: skip
        lines += [_row(call, found, place) for place in range(len(found.rows))]
    return lines or [say(N_("Nothing is open on this day."))]


def _row(call: Terminal, found: ControlBalance, place: int) -> str:
    row, say = found.rows[place], call.words
    amount = say(N_("no figure")) if row.effect is None else row.effect.plain
    mark = "*" if place in found.explained else " "
    where = "" if row.row is None else say(N_("row {row}"), row=row.row)
    return (
        f"{mark} {amount:>16}  {say(CAUSES[row.cause])}  {row.name}  {where}".rstrip()
    )
