"""The debt of a claim: its invoices, and what the buyer paid."""

from collections.abc import Sequence
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import CAUSE_TITLES
from creditdesk.domain.claim.package import PackagePayment
from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims.values import ClaimInvoiceLine


def invoice_table(lost_on: date, wording: Wording) -> Table[ClaimInvoiceLine]:
    """The invoices claimed, with their age on the date of loss."""

    def due(row: ClaimInvoiceLine) -> Cell:
        if row.due is None:
            return Cell(wording(N_("not given")), Tone.WARNING)
        return Cell(wording.day(row.due))

    def whose(row: ClaimInvoiceLine) -> str:
        return " → ".join(each for each in (row.joint_insured, row.loss_payee) if each)

    def days(row: ClaimInvoiceLine) -> str:
        return wording.overdue((lost_on - (row.due or row.issued)).days)

    def footer(rows: Sequence[ClaimInvoiceLine]) -> Sequence[str]:
        return [
            wording(
                N_("{currency}  amount {amount}, open {left}"),
                currency=wording.currency(code),
                amount=wording.figure(_sum([row.amount for row in rows], code)),
                left=wording.figure(_sum([row.open for row in rows], code)),
            )
            for code in dict.fromkeys(row.amount.currency for row in rows)
        ]

    return Table(
        [
            Column(key="number", title=N_("Number"), cell=lambda row: Cell(wording.name(row.name), hint=whose(row)), order=lambda row: row.number, stretch=True),
            Column(key="issued", title=N_("Date"), cell=lambda row: wording.day(row.issued), order=lambda row: row.issued, width=92),
            Column(key="due", title=N_("Due"), cell=due, order=lambda row: row.due, width=92),
            Column(key="days", title=N_("On the date of loss"), cell=days, order=lambda row: row.due or row.issued, width=120),
            Column(key="cause", title=N_("Cause of loss"), cell=lambda row: wording(CAUSE_TITLES[row.cause]), order=lambda row: row.cause, width=88),
            Column(key="whose", title=N_("Joint insured → loss payee"), cell=lambda row: Cell(whose(row), hint=whose(row)), order=whose, width=170, hidden=True),
            Column(key="amount", title=N_("Amount"), cell=lambda row: wording.figure(row.amount), order=lambda row: row.amount.amount, sums=lambda row: row.amount, right=True, width=104),
            Column(key="open", title=N_("Open amount"), cell=lambda row: wording.cell(row.open), order=lambda row: row.open.amount, sums=lambda row: row.open, right=True, width=104),
            Column(key="disputed", title=N_("Disputed"), cell=lambda row: Cell(wording.cell(row.disputed), Tone.WARNING), order=lambda row: row.disputed.amount, sums=lambda row: row.disputed, right=True, width=92),
        ],
        lambda row: row.number,
        sort="due",
        footer=footer,
    )  # fmt: skip


def payment_table(lost_on: date, wording: Wording) -> Table[PackagePayment]:
    """What the buyer paid; what came after the date of loss is not counted and says so, and so does what was no money."""

    def paid_on(row: PackagePayment) -> Cell:
        day = wording.day(row.paid_on)
        if row.paid_on <= lost_on and not row.is_receipt:
            return Cell(
                f"{day}  {wording(N_('no money: taken off the debt'))}", Tone.QUIET
            )
        if row.paid_on <= lost_on:
            return Cell(day)
        late = wording(N_("after the date of loss, not counted"))
        return Cell(f"{day}  {late}", Tone.WARNING)

    def booked_to(row: PackagePayment) -> Cell:
        if not row.booked_to:
            return Cell(wording(N_("not assigned")), Tone.QUIET)
        return Cell(wording.name(row.booked_to))

    def footer(rows: Sequence[PackagePayment]) -> Sequence[str]:
        counted = [
            row.amount for row in rows if row.paid_on <= lost_on and row.is_receipt
        ]
        return [
            wording(
                N_("{currency}  paid up to the date of loss {amount}"),
                currency=wording.currency(code),
                amount=wording.figure(_sum(counted, code)),
            )
            for code in dict.fromkeys(each.currency for each in counted)
        ]

    return Table(
        [
            Column(key="paid_on", title=N_("Payment date"), cell=paid_on, order=lambda row: row.paid_on, width=260),
            Column(key="booked_to", title=N_("Booked to"), cell=booked_to, order=lambda row: wording.name(row.booked_to), width=160),
            Column(key="memo", title=N_("Remark"), cell=lambda row: Cell(row.memo, hint=row.memo), stretch=True),
            Column(key="amount", title=N_("Amount"), cell=lambda row: wording.figure(row.amount), order=lambda row: row.amount.amount, sums=lambda row: row.amount, right=True, width=104),
        ],
        lambda row: (row.paid_on, row.amount.amount, row.booked_to, row.memo),
        sort="paid_on",
        footer=footer,
    )  # fmt: skip


def _sum(amounts: Sequence[Money], code: str) -> Money:
    return Money.total((each for each in amounts if each.currency == code), code)
