"""How the commands about receipts answer, to scripts and to people."""

from collections.abc import Mapping, Sequence

from creditdesk.cli.session import Terminal
from creditdesk.domain.ledger.bank import BankStatement
from creditdesk.domain.ledger.receipts import OpenItem, Suggestion
from creditdesk.i18n import N_
from creditdesk.services.ledger.receipt_values import ReceiptLine, StatementTaken


def taken(statement: BankStatement, told: StatementTaken) -> dict[str, object]:
    """What was read and taken, for scripts."""
    return {
        "batch": told.batch, "rows_read": statement.rows_read, "lines_added": told.added,
        "lines_unchanged": told.unchanged, "received": statement.received,
        "spent_count": statement.spent_count, "spent": statement.spent, "account": statement.account,
        "skipped": statement.left_out, "rejected": statement.rejected, "notes": statement.notes,
        "columns": statement.columns,
        "own_totals": [
            {
                "row": each.row, "side": each.side.value, "count": each.count, "amount": each.amount,
                "read_count": each.read_count, "read_amount": each.read_amount, "agrees": each.agrees,
            }
            for each in statement.own_totals
        ],
    }  # fmt: skip


def taken_lines(
    call: Terminal, statement: BankStatement, told: StatementTaken
) -> list[str]:
    """The same for people."""
    say = call.words
    head = say(
        N_("{added} receipts are new, {same} were there already; {spent} payments out were left alone."),
        added=told.added, same=told.unchanged, spent=statement.spent_count,
    )  # fmt: skip
    problems = [*statement.notes, *statement.rejected, *statement.left_out]
    return [
        head,
        *(str(amount) for amount in statement.received.values()),
        *(f"  {each.row or ''}  {say.say(each.reason)}".rstrip() for each in problems),
    ]


def line(line: ReceiptLine) -> dict[str, object]:
    """A receipt and what became of it, for scripts."""
    return {
        "line": line.id, "date": line.booked_on, "payer": line.payer, "payer_account": line.payer_account,
        "text": line.text, "currency": line.amount.currency, "amount": line.amount, "state": line.state.value,
        "buyer": line.buyer, "third_party": line.third_party, "word": line.word, "reason": line.reason,
        "file": line.file_name, "row": line.row,
        "against": [{"invoice": each.number, "amount": each.amount} for each in line.against],
    }  # fmt: skip


def suggestion(
    each: Suggestion, items: Mapping[int, OpenItem], names: Mapping[int, str]
) -> dict[str, object]:
    """A suggestion, for scripts."""
    return {
        "buyer": names[each.buyer], "confidence": each.confidence, "certain": each.certain,
        "third_party": each.third_party, "ambiguous": each.ambiguous, "rest": each.rest, "reasons": each.reasons,
        "against": [{"invoice": items[part.item].number, "amount": part.amount} for part in each.parts],
    }  # fmt: skip


def lines(
    call: Terminal,
    line: ReceiptLine,
    found: Sequence[Suggestion],
    items: Mapping[int, OpenItem],
    names: Mapping[int, str],
) -> list[str]:
    """A receipt with its suggestions, for people."""
    shown = [
        f"{line.id}  {line.booked_on}  {line.amount}  {line.payer}  {line.text}".rstrip()
    ]
    for each in found:
        parts = ", ".join(
            f"{call.words.name(items[part.item].called)} {part.amount}"
            for part in each.parts
        )
        shown.append(f"    {each.points} %  {names[each.buyer]}  {parts}".rstrip())
        shown += [f"          {call.words.say(reason)}" for reason in each.reasons]
    return shown
