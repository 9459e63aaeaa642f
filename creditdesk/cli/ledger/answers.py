"""What the ledger commands answer: values for scripts, lines for people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from creditdesk.cli.session import Terminal
from creditdesk.domain.ledger.aging import AgingFigures
from creditdesk.domain.ledger.asked import FileQuestion
from creditdesk.domain.ledger.documents import AgedDraft, LedgerDraft
from creditdesk.errors import Problem
from creditdesk.i18n import N_
from creditdesk.readings.queries import DocumentKey
from creditdesk.services.ledger import (
    AgedLine,
    AgedTakenIn,
    AgingReport,
    BalanceReport,
    CurrencyTotals,
    TakenIn,
)

if TYPE_CHECKING:
    from creditdesk.importers.structured.document import ControlTotal

_SHOWN_PROBLEMS = 20


def taken_in(
    told: TakenIn, draft: LedgerDraft, controls: Sequence["ControlTotal"] = ()
) -> dict[str, object]:
    """What a file gave. `controls`: the totals a structured file states of itself."""
    return {
        "batch": told.batch,
        "rows_read": told.rows_read,
        "invoices_added": told.invoices_added,
        "invoices_updated": told.invoices_updated,
        "invoices_unchanged": told.invoices_unchanged,
        "payments_added": told.payments_added,
        "payments_updated": told.payments_updated,
        "payments_unchanged": told.payments_unchanged,
        "buyers_added": told.buyers_added,
        "buyers_matched": [
            {
                "code": each.ref.code,
                "name": each.ref.name,
                "buyer": each.buyer,
                "by": each.by.value,
                "said": each.said,
            }
            for each in told.joined
        ],
        "buyers_asked": [
            {"code": each.code, "other": each.other, "said": each.said}
            for each in told.asked
        ],
        "rejected": told.rejected,
        "skipped": [
            {"row": each.row, "reason": each.reason, "value": each.value}
            for each in told.skipped
        ],
        "totals": {code: _sums(sums) for code, sums in told.totals.items()},
        "ledger_before": {code: _sums(sums) for code, sums in told.before.items()},
        "ledger_after": {code: _sums(sums) for code, sums in told.after.items()},
        "notes": [{"row": each.row, "reason": each.reason} for each in told.notes],
        "unread_columns": told.unread_columns,
        "open_due_dates": told.open_due_dates,
        "adjustments_added": told.adjustments_added,
        "openings_added": told.openings_added,
        "questions": [question(each) for each in told.questions],
        "file_totals": draft.file_totals,
        "controls": [
            {
                "name": each.name,
                "currency": each.currency,
                "file": each.stated,
                "read": each.read,
                "agrees": each.agrees,
            }
            for each in controls
        ],
        "format": draft.source.format,
        "columns": told.columns,
        "sheet": draft.source.sheet,
        "header_row": draft.source.header_row,
    }


def question(asked: FileQuestion) -> dict[str, object]:
    """A question with its options; `free`: an answer may also begin like this."""
    return {
        "id": asked.id,
        "text": asked.text,
        "options": [
            {"id": each.id, "text": each.text, "examples": each.examples}
            for each in asked.options
        ],
        "free": asked.free,
        "rows": asked.rows,
    }


_COUNTS = (
    "invoices_added", "invoices_updated", "invoices_unchanged", "payments_added", "payments_updated",
    "payments_unchanged", "buyers_added", "adjustments_added", "openings_added", "open_due_dates",
)  # fmt: skip
NO_DOCUMENTS: dict[str, object] = {
    **dict.fromkeys(_COUNTS, 0),
    "totals": {},
    "unread_columns": [],
    "questions": [],
}
"""The contract's counts, for files that hold no documents."""


def aged(told: AgedTakenIn, draft: AgedDraft) -> dict[str, object]:
    """What an aged summary gave."""
    return {
        **NO_DOCUMENTS,
        "batch": told.batch,
        "aged_only": True,
        "as_of": told.as_of,
        "rows_read": told.rows_read,
        "balances_added": told.added,
        "balances_updated": told.changed,
        "balances_unchanged": told.unchanged,
        "buyers_added": told.buyers_added,
        "rejected": told.rejected,
        "skipped": [
            {"row": each.row, "reason": each.reason, "value": each.value}
            for each in told.skipped
        ],
        "totals": {code: _sums(sums) for code, sums in told.totals.items()},
        "file_totals": draft.file_totals,
        "notes": [{"row": each.row, "reason": each.reason} for each in draft.notes],
        "columns": draft.columns,
        "sheet": draft.source.sheet,
        "header_row": draft.source.header_row,
    }


def aged_told(call: Terminal, told: AgedTakenIn) -> list[str]:
    """What an aged summary gave, line by line."""
    say = call.words
    lines = [
        say(
            N_("An aged summary of {day}: {added} balances new, {changed} changed, {same} unchanged. "
               "It names no documents: it is aged, and never claimed."),
            day=told.as_of, added=told.added, changed=told.changed, same=told.unchanged,
        )
    ]  # fmt: skip
    lines += [
        _problem(call, each, N_("Row {row} refused, {column} “{value}”: {reason}"))
        for each in told.rejected[:_SHOWN_PROBLEMS]
    ]
    if told.batch:
        lines.append(
            say(N_("This is import {batch}; it can be taken back."), batch=told.batch)
        )
    return lines


def aged_balances(found: Sequence[AgedLine]) -> list[dict[str, object]]:
    """What summaries without documents say is owed, beside an aging of documents."""
    return [
        {
            "buyer": line.buyer,
            "as_of": line.as_of,
            "currency": line.total.currency,
            "total": line.total,
            "columns": {header: amount for header, _, _, amount in line.columns},
            "file": line.file_name,
        }
        for line in found
    ]


def _sums(sums: CurrencyTotals) -> dict[str, object]:
    return {"count": sums.count, "amount": sums.amount, "open": sums.open}


def taken_in_lines(
    call: Terminal, told: TakenIn, controls: Sequence["ControlTotal"] = ()
) -> list[str]:
    """What a file gave, line by line."""
    say = call.words
    lines = [
        say(
            N_(
                "{rows} rows read: {added} documents new, {updated} changed, "
                "{same} unchanged; {payments} payments new."
            ),
            rows=told.rows_read, added=told.invoices_added, updated=told.invoices_updated,
            same=told.invoices_unchanged, payments=told.payments_added,
        )
    ]  # fmt: skip
    lines += [
        say(N_("{currency}: {count} documents, {amount}, of it open {left}."),
            currency=code, count=sums.count, amount=sums.amount, left=sums.open)
        for code, sums in told.totals.items()
    ]  # fmt: skip
    lines += [
        say(N_("{name}: the file says {file}, {read} was read."),
            name=each.name, file=each.stated, read=each.read)
        for each in controls
    ]  # fmt: skip
    lines += [
        _problem(call, each, N_("Row {row} refused, {column} “{value}”: {reason}"))
        for each in told.rejected[:_SHOWN_PROBLEMS]
    ]
    if len(told.rejected) > _SHOWN_PROBLEMS:
        lines.append(
            say(
                N_("…and {count} more refused rows."),
                count=len(told.rejected) - _SHOWN_PROBLEMS,
            )
        )
    lines += [
        _problem(call, each, N_("Row {row} skipped: {reason}"))
        for each in told.skipped[:_SHOWN_PROBLEMS]
    ]
    lines += [
        say(N_("Row {row}: {reason}"), row=each.row, reason=say.say(each.reason))
        if each.row
        else say.say(each.reason)
        for each in told.notes[:_SHOWN_PROBLEMS]
    ]
    if told.unread_columns:
        text = N_("Columns that were not read: {columns}.")
        lines.append(say(text, columns=told.unread_columns))
    if told.open_due_dates:
        text = N_("{count} documents have no due date that anybody knows.")
        lines.append(say(text, count=told.open_due_dates))
    for asked in told.questions:
        lines += _question_lines(call, asked)
    if told.batch:
        lines.append(
            say(N_("This is import {batch}; it can be taken back."), batch=told.batch)
        )
    return lines


def _question_lines(call: Terminal, asked: FileQuestion) -> list[str]:
    say = call.words
    lines = [say(N_("Question: {text}"), text=say.say(asked.text))]
    for each in asked.options:
        shown = "; ".join(map(say.say, each.examples))
        examples = f"  ({shown})" if shown else ""
        typed = ":…" if asked.free == f"{each.id}:" else ""
        lines.append(
            f'  --answer "{asked.id}={each.id}{typed}"  {say.say(each.text)}{examples}'
        )
    return lines


def _problem(call: Terminal, problem: Problem, text: str) -> str:
    reason = call.words.say(problem.reason)
    return call.words(
        text, row=problem.row, column=problem.column, value=problem.value, reason=reason
    )


def figures(sums: AgingFigures, names: tuple[str, ...]) -> dict[str, object]:
    """The columns of an aging."""
    return {
        "open_count": sums.open_count,
        "open_amount": sums.outstanding,
        **dict(zip(names, sums.columns, strict=True)),
        "unapplied": sums.unapplied,
        "balance": sums.balance,
        "open_due": sums.due_open,
    }


def by_buyer(report: AgingReport | BalanceReport) -> list[dict[str, object]]:
    """An aging, one row a buyer and currency."""
    names = report.aging.names
    rows = [
        {
            "buyer_code": report.buyers[buyer].code,
            "buyer": report.buyers[buyer].name,
            "currency": code,
            **figures(sums, names),
        }
        for buyer, currencies in report.aging.by_buyer.items()
        for code, sums in currencies.items()
        if sums.outstanding or sums.unapplied
    ]
    return sorted(
        rows,
        key=lambda row: (
            str(row["buyer_code"]),
            str(row["buyer"]),
            str(row["currency"]),
        ),
    )


def by_invoice(report: AgingReport) -> list[dict[str, object]]:
    """An aging, one row an open document."""
    return [
        {
            "buyer_code": report.buyers[row.buyer].code,
            "buyer": report.buyers[row.buyer].name,
            **_number_of(report, row.id),
            "issued": row.issued,
            "due": row.due,
            "due_missing": row.due_missing,
            "currency": row.open.currency,
            "open": row.open,
            "days_overdue": row.days_overdue,
            "bucket": row.bucket,
        }
        for row in report.aging.rows
    ]


def _number_of(report: AgingReport, key: DocumentKey) -> dict[str, object]:
    """The number on the paper, and what the document is: a part of one goes by `part` and its place."""
    paper = report.papers.get(key)
    if paper is None:
        return {"number": key[1], "kind": key[2], "part": None}
    kind = "part" if paper.part else key[2]
    return {"number": paper.number, "kind": kind, "part": paper.part or None}


def aging_lines(call: Terminal, report: AgingReport | BalanceReport) -> list[str]:
    """An aging in a few lines."""
    lines = []
    for code, sums in report.aging.by_currency.items():
        columns = "  ".join(
            f"{name}: {amount.plain}"
            for name, amount in zip(report.aging.names, sums.columns, strict=True)
        )
        lines.append(
            call.words(
                N_("{currency}: {count} open documents, {total} outstanding, {unapplied} unapplied."),
                currency=code, count=sums.open_count, total=sums.outstanding.plain, unapplied=sums.unapplied.plain,
            )
        )  # fmt: skip
        lines.append(columns)
        if sums.due_open:
            text = N_("Of it due date open: {amount}, which stands by the date of its document.")  # fmt: skip
            lines.append(call.words(text, amount=sums.due_open.plain))
    return lines or [call.words(N_("Nothing is open on this day."))]
