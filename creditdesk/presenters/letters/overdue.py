"""What is overdue of a buyer: the invoices, their sums, and the day by which the insurer is to be told."""

from datetime import date
from functools import partial

from creditdesk.domain.base.parties import Deadline
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.duties.duties import OVERDUE_NOTICE
from creditdesk.domain.duties.notice import NoticeInvoice
from creditdesk.i18n import N_
from creditdesk.presenters.claims.claim_wording import deadline_tone
from creditdesk.presenters.letters.letter_draft import About, Aside, LetterDraft, Record
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import notice_letter
from creditdesk.reports.letter import Fill
from creditdesk.services.watch import SentNotice


class OverdueDraft(LetterDraft):
    """Everything of the buyer that is overdue today; raises `NothingOverdue`."""

    def __init__(self, about: About) -> None:
        super().__init__(about)
        self._policy = about.the_policy.line.id
        self._draft = about.desk.watch.notice_draft(
            self._policy, about.the_buyer.id, about.today
        )
        known = about.desk.particulars
        self._told = notice_letter.Told(
            deliveries=about.desk.policies.deliveries(
                self._policy, about.the_buyer.id, about.today
            ),
            known=known.of(Owner(of=Of.CLIENT, id=about.the_buyer.client_id))
            | known.of(Owner(of=Of.BUYER, id=about.the_buyer.id)),
            term=about.the_buyer.card.term,
        )

    @property
    def fill(self) -> Fill:
        """Parties and policy, what forms ask besides, and the table of invoices."""
        return partial(notice_letter.content, self._draft, self._told)

    @property
    def aside(self) -> Aside:
        """By when it has to go out, what is unpaid, and one sum a currency."""
        draft, say = self._draft, self.about.say
        sums = say.plural(
            N_("{count} invoice, open {sums}"),
            N_("{count} invoices, open {sums}"),
            len(draft.invoices),
            sums=say.moneys(draft.totals),
        )
        if draft.due_open:
            besides = N_(
                "besides {sums} with the due date open, which is not in the notice"
            )
            sums = say.clauses((sums, say(besides, sums=say.moneys(draft.due_open))))
        notice = (
            self.about.letter.sent is None or self.about.letter.sent.record == "notice"
        )
        deadline = (
            deadline_cell(draft.deadline, self.about.today, say) if notice else None
        )
        return Aside(deadline=deadline, invoices=draft.invoices, sums=sums)

    @property
    def record(self) -> Record:
        """That the insurer was told, or was given the collection; the duty is closed with it."""
        about, draft, policy = self.about, self._draft, self._policy
        kept = about.letter.sent
        if kept is not None and kept.record == "event":
            return self.event(BuyerEventKind(kept.code))
        code = kept.code if kept else OVERDUE_NOTICE

        def record(on: date, way: str, receipt: int | None) -> int:
            sent = SentNotice(sent_on=on, way=way, receipt=receipt, code=code)
            return about.desk.watch.record_notice(
                policy, draft, about.the_buyer.id, sent, about.today
            )

        return record


def deadline_cell(by: Deadline | None, today: date, say: Wording) -> Cell:
    """By when a notice has to go out."""
    if by is None:
        return Cell(say(N_("No open deadline: it was notified before, or the policy sets none.")), Tone.QUIET)  # fmt: skip
    said = say(
        N_("Send by {safe} ({off}); last legal day {legal}."),
        safe=by.safe,
        off=say.days_off(by.safe, today),
        legal=by.legal,
    )
    return Cell(said, deadline_tone(by, today))


def invoice_table(say: Wording) -> Table[NoticeInvoice]:
    """The invoices of such a letter; amounts name their currency where there are several."""

    def open_(row: NoticeInvoice) -> str:
        several = len({each.open.currency for each in table.rows}) > 1
        return say.money(row.open) if several else say.figure(row.open)

    def days(row: NoticeInvoice) -> str:
        return say.plural(N_("{count} day"), N_("{count} days"), row.days_overdue)

    def number(row: NoticeInvoice) -> Cell:
        name = say.name(row.name or row.number)
        return Cell(name, hint=name)

    columns: list[Column[NoticeInvoice]] = [
        Column(key="number", title=N_("Number"), cell=number, order=lambda row: row.number, stretch=True),
        Column(key="due", title=N_("Due"), cell=lambda row: say.day(row.due), order=lambda row: row.due, width=104),
        Column(key="days", title=N_("Overdue"), cell=days, order=lambda row: row.days_overdue, width=80),
        Column(key="open", title=N_("Open amount"), cell=open_, order=lambda row: row.open.amount, sums=lambda row: row.open, right=True, width=110),
    ]  # fmt: skip
    table: Table[NoticeInvoice] = Table(columns, lambda row: row.number, sort="due")
    return table
