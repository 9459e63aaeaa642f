"""The overdue notice to the insurer, without Qt: the letter, what is in it, and recording that it went out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from creditdesk.catalog.letters import OVERDUE_NOTICE, letters
from creditdesk.catalog.policies import template
from creditdesk.domain.duties.notice import NoticeDraft, NoticeInvoice
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_, Language
from creditdesk.jobs import Progress
from creditdesk.presenters.claims.claim_wording import deadline_tone
from creditdesk.presenters.parts.attaching import take
from creditdesk.presenters.parts.form import Answers, Form
from creditdesk.presenters.parts.sending import sent_form
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import notice_letter
from creditdesk.services.policies.values import PolicyId
from creditdesk.services.watch import SentNotice
from creditdesk.services.watch.values import SentInFuture
from creditdesk.workspace import Workspace


class NoticePresenter:
    """One notice of one buyer's overdue invoices. `draft` None: `refused` says why there is none."""

    def __init__(
        self, workspace: Workspace, policy: int, buyer: int, wording: Wording
    ) -> None:
        self._watch = workspace.desk.watch
        self._upkeep = workspace.desk.upkeep
        self._today = workspace.today()
        self._wording = wording
        self._policy = policy
        self._buyer = buyer
        self.changed: Event[None] = Event()
        self.draft: NoticeDraft | None = None
        self.refused = ""
        self.receipt: Path | None = None
        self.recorded = False
        self.reason = ""
        self._answers = Answers()
        line = workspace.desk.policies.file(PolicyId(policy), self._today).line
        self._client = line.client_id
        self.language: Language = template(line.template).language
        self.invoices: Table[NoticeInvoice] = Table(
            self._columns(), lambda row: row.number, sort="due"
        )
        self.reload()

    @property
    def title(self) -> str:
        """Whose unpaid invoices."""
        if self.draft is None:
            return self._wording(N_("Overdue notice to the insurer"))
        return f"{self._wording(N_('Overdue notice'))}  {self.draft.buyer.name}"

    @property
    def there(self) -> bool:
        """Whether anything is overdue to notify of."""
        return self.draft is not None

    @property
    def said(self) -> str:
        """From whom, to whom, under which policy."""
        draft = self.draft
        if draft is None:
            return ""
        return f"{draft.policyholder.name} → {draft.insurer.name} · {draft.policy_no}"

    @property
    def deadline(self) -> Cell:
        """By when it has to go out: safe day, how far off, and the last legal day."""
        wording = self._wording
        by = self.draft.deadline if self.draft else None
        if by is None:
            return Cell(wording(N_("No open deadline: it was notified before, or the policy sets none.")), Tone.QUIET)  # fmt: skip
        said = wording(
            N_("Send by {safe} ({off}); last legal day {legal}."),
            safe=by.safe,
            off=wording.days_off(by.safe, self._today),
            legal=by.legal,
        )
        return Cell(said, deadline_tone(by, self._today))

    @property
    def sums(self) -> str:
        """What is unpaid, one sum a currency."""
        if self.draft is None:
            return ""
        return self._wording.plural(
            N_("{count} invoice, open {sums}"),
            N_("{count} invoices, open {sums}"),
            len(self.draft.invoices),
            sums=self._wording.moneys(self.draft.totals),
        )

    @property
    def file_name(self) -> str:
        """What the letter is called unless the person says otherwise."""
        word = self._wording(N_("Overdue notice"))
        number = "".join(
            each if each.isalnum() or each in "-_." else "-"
            for each in (self.draft.policy_no if self.draft else "")
        )
        return f"{word} {number} {self._today.isoformat()}.pdf"

    def reload(self) -> None:
        """Draft it anew from what is overdue today."""
        try:
            draft = self._watch.notice_draft(self._policy, self._buyer, self._today)
        except UserError as error:
            self.draft, self.refused = None, self._wording.message(error.said)
        else:
            self.draft, self.refused = replace(draft, reason=self.reason), ""
        self.invoices.show(self.draft.invoices if self.draft else ())
        self.changed.emit(None)

    def give_reason(self, reason: str) -> None:
        """Why the buyer doesn't pay, as far as it is known; a sentence of the letter."""
        self.reason = reason.strip()
        if self.draft:
            self.draft = replace(self.draft, reason=self.reason)

    def writing(self, path: Path) -> Callable[[Progress], Path]:
        """The job: write the letter."""
        draft, language = self.draft, self.language
        assert draft is not None  # noqa: S101 - without a draft there is no button
        text = letters()[OVERDUE_NOTICE].in_language(language)

        def job(progress: Progress) -> Path:
            notice_letter.write(draft, text, path, language, progress)
            return path

        return job

    def sent_form(self) -> Form:
        """When and how it went out."""
        return sent_form(self._wording, self._today, self._check, SentInFuture)

    def recording(self) -> Callable[[Progress], int]:
        """The job: keep the receipt, then that the insurer was told; the duty is closed with it."""
        draft, receipt, watch = self.draft, self.receipt, self._watch
        answers = self._answers
        on = answers.day("on")
        assert draft is not None  # noqa: S101 - without a draft there is no form
        assert on is not None  # noqa: S101 - the field is required
        policy, buyer, client = self._policy, self._buyer, self._client
        today = self._today
        most = self._upkeep.threshold("evidence_mb")

        def job(progress: Progress) -> int:
            kept = None
            if receipt is not None:
                taken = take(receipt, progress, megabytes=most)
                kept = watch.keep_paper(client, *taken)
            sent = SentNotice(sent_on=on, way=answers.text("way"), receipt=kept)
            return watch.record_notice(policy, draft, buyer, sent, today)

        return job

    def done(self) -> None:
        """It is recorded."""
        self.recorded = True
        self.changed.emit(None)

    def take_receipt(self, path: Path | None) -> None:
        """What proves the sending; None: nothing yet."""
        self.receipt = path

    def _check(self, answers: Answers) -> None:
        on = answers.day("on")
        if on is not None and on > self._today:
            raise SentInFuture(on=on)
        self._answers = answers

    def _columns(self) -> list[Column[NoticeInvoice]]:
        wording = self._wording
        return [
            Column(key="number", title=N_("Number"), cell=lambda row: Cell(row.number, hint=row.number), order=lambda row: row.number, stretch=True),
            Column(key="due", title=N_("Due"), cell=lambda row: wording.day(row.due), order=lambda row: row.due, width=90),
            Column(key="days", title=N_("Overdue"), cell=self._days, order=lambda row: row.days_overdue, width=80),
            Column(key="open", title=N_("Open amount"), cell=self._open, order=lambda row: row.open.amount, right=True, width=110),
        ]  # fmt: skip

    def _days(self, row: NoticeInvoice) -> str:
        return self._wording.plural(
            N_("{count} day"), N_("{count} days"), row.days_overdue
        )

    def _open(self, row: NoticeInvoice) -> str:
        if self.draft is not None and len(self.draft.totals) > 1:
            return self._wording.money(row.open)
        return self._wording.figure(row.open)
