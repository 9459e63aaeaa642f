"""A letter on its page, without Qt: what it says, what is typed for it, and recording that it went out."""

from collections.abc import Callable
from pathlib import Path

from creditdesk.catalog.letters import Letter, Source, To, letters, letters_beside
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_, Language
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.letters.drafts import DRAFTS
from creditdesk.presenters.letters.letter_draft import About, Aside, LetterDraft
from creditdesk.presenters.letters.overdue import invoice_table
from creditdesk.presenters.parts.attaching import take
from creditdesk.presenters.parts.form import Answers, Form
from creditdesk.presenters.parts.sending import Sending, sent_form
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Workspace

_RECORDED = {
    "event": (
        N_("It is recorded with the buyer, and the duty is closed."),
        N_("✓ Recorded as sent. The duty is closed."),
    ),
    "demand": (
        N_(
            "The demand is recorded with the buyer: the limitation of the debt begins anew. Keep the proof of service."
        ),
        N_("✓ Recorded as served. The limitation begins anew."),
    ),
    "balance": (
        N_(
            "It is recorded with the buyer. Record the answer among its events when it comes back."
        ),
        N_("✓ Recorded as sent. The answer is waited for."),
    ),
    "notice": (
        N_("The notice is recorded, and the duty is closed."),
        N_("✓ Recorded as sent. The duty is closed."),
    ),
    "request": (
        N_("The request is recorded; its answer is waited for."),
        N_("✓ Recorded as sent. Enter the insurer's answer when it comes."),
    ),
}
"""What is said when the sending was recorded, and what the page says from then on."""


class LetterPresenter:
    """One letter. `draft` None: `refused` says why there is none."""

    def __init__(  # noqa: PLR0913 - which letter, about whom
        self,
        workspace: Workspace,
        wording: Wording,
        letter: str,
        *,
        policy: int | None = None,
        buyer: int | None = None,
        claim: int | None = None,
    ) -> None:
        self._workspace = workspace
        self._wording = wording
        self.policy, self.buyer, self.claim = policy, buyer, claim
        self._sending: Sending
        self.changed: Event[None] = Event()
        self.draft: LetterDraft | None = None
        self.refused = ""
        self.receipt: Path | None = None
        self.recorded = False
        self.letter = letters()[letter]
        self.invoices = invoice_table(wording) if self.letter.source is Source.OVERDUE else None  # fmt: skip
        self._read()
        self.language: Language = self._about.language
        fields = self.draft.fields if self.draft else ()
        self.form = Form(fields, self._take, self._values(), self._kind.blame)

    @property
    def title(self) -> str:
        """What it is, and about whom."""
        name = self.letter.name.in_language(self._wording.language)
        buyer = self._about.buyer
        return f"{name}  {buyer.card.name}" if self.draft and buyer else name

    @property
    def said(self) -> str:
        """From whom, to whom, under which policy."""
        if self.draft is None:
            return ""
        policy, buyer = self._about.policy, self._about.buyer
        sender = policy.line.client if policy else buyer.client if buyer else ""
        reader = {
            To.INSURER: self._about.the_policy.line.insurer if policy else "",
            To.BUYER: buyer.card.name if buyer else "",
            To.ANYBODY: self._wording(N_("to whoever is shown it")),
        }[self.letter.to]
        number = policy.line.number if policy and self.letter.needs_policy else ""
        remarks = map(self._wording.message, self.draft.remarks(self.language))
        parts = (f"{sender} → {reader}", number, self.aside.remark, *remarks)
        return " · ".join(part for part in parts if part)

    @property
    def there(self) -> bool:
        """Whether there is anything to write."""
        return self.draft is not None

    @property
    def mend(self) -> tuple[str, str, dict[str, object]]:
        """The button beside a refusal, the place it leads to and about what; empty: back."""
        if self.letter.source is Source.QUESTIONS:
            return self._wording(N_("Contract review")), "contract_review", {"policy": self.policy}  # fmt: skip
        if self.letter.source is Source.EVENTS:
            return self._wording(N_("Record what was learned")), "buyer_events", {"buyer": self._about.the_buyer.id}  # fmt: skip
        return self._wording(N_("Back")), "", {}

    @property
    def kinds(self) -> tuple[Letter, ...]:
        """What else could be written of the same facts; alone where nothing could."""
        return letters_beside(self.letter)

    @property
    def aside(self) -> Aside:
        """What stands beside the paper."""
        return self.draft.aside if self.draft else Aside()

    @property
    def file_name(self) -> str:
        """What it is called unless the person says otherwise."""
        policy, buyer = self._about.policy, self._about.buyer
        reference = buyer.card.name if buyer else ""
        if policy and self.letter.needs_policy:
            reference = policy.line.number
        if self._about.claim:
            reference = self._about.claim.line.number
        safe = "".join(each if each.isalnum() or each in "-_." else "-" for each in reference)  # fmt: skip
        name = self.letter.name.in_language(self._wording.language)
        return f"{name} {safe} {self._about.today.isoformat()}.pdf"

    def choose(self, letter: str) -> None:
        """Write another one; what was typed stays where it fits."""
        typed = {each.key: self.form.value(each.key) for each in self.form.fields}
        self.letter = letters()[letter]
        self._read()
        self.form.show_fields(self.draft.fields if self.draft else ())
        for field in self.form.fields:
            text = typed.get(field.key) or self._values().get(field.key, "")
            if text:
                self.form.set(field.key, text)
        self.changed.emit(None)

    def apply(self) -> bool:
        """Take what is typed into the letter; False where something can't be read."""
        taken = self.form.save()
        self.changed.emit(None)
        return taken

    def writing(self, path: Path) -> Callable[[Progress], Path]:
        """The job: write the letter."""
        assert self.draft is not None  # noqa: S101 - without a draft there is no button
        return self.draft.writing(path, self.language)

    @property
    def number(self) -> str:
        """The number it goes out under; empty: none was given yet, or the firm's letters have none."""
        return self.draft.number if self.draft else ""

    def numbering(self) -> Job[str]:
        """The job: give it its number before it leaves; empty: the firm's letters have none."""
        draft = self.draft
        assert draft is not None  # noqa: S101 - without a draft there is no button
        return lambda _progress: draft.give_number()

    def unnumbering(self, why: str) -> Job[None]:
        """The job: it did not go out. The number is kept with the reason, and not given again."""
        draft, numbers = self.draft, self._workspace.desk.letter_numbers
        assert draft is not None  # noqa: S101 - as above
        number, draft.number = draft.number, ""
        return lambda _progress: numbers.undo(number, why)

    @property
    def is_kept(self) -> bool:
        """Whether its sending is to be recorded."""
        return self.letter.sent is not None

    @property
    def recorded_words(self) -> tuple[str, str]:
        """What is said when the sending was recorded, and what the page says from then on."""
        assert self.letter.sent is not None  # noqa: S101 - nothing else is recorded
        own = self.letter.source.value
        return _RECORDED[own if own in _RECORDED else self.letter.sent.record]

    def sent_form(self) -> Form:
        """When and how it went out."""
        today, refusal = self._about.today, self._kind.in_future
        return sent_form(self._wording, today, self._take_sending, refusal)

    def recording(self) -> Callable[[Progress], int]:
        """The job: keep the receipt, and with it that the letter went out."""
        sending, receipt = self._sending, self.receipt
        assert self.draft is not None  # noqa: S101 - without a draft there is no form
        record = self.draft.record
        assert record is not None  # noqa: S101 - only what is kept has the form
        desk, client = self._workspace.desk, self._client
        most = desk.upkeep.threshold("evidence_mb")

        def job(progress: Progress) -> int:
            paper = take(receipt, progress, megabytes=most) if receipt else None

            def change() -> int:
                kept = desk.watch.keep_paper(client, *paper) if paper else None
                return record(sending.on, sending.way, kept)

            return desk.do(change, progress)

        return job

    def voiding(self, number: int, why: str) -> Job[None] | None:
        """The job: what was recorded under this number was a mistake. None: a request, which is withdrawn instead."""
        watch = self._workspace.desk.watch
        assert self.letter.sent is not None  # noqa: S101 - nothing else is recorded
        void = {"notice": watch.void_notice, "event": watch.void_event}.get(
            self.letter.sent.record
        )
        if void is None:
            return None

        def job(_progress: Progress) -> None:
            void(number, why)
            self.recorded = False
            self.receipt = None

        return job

    def done(self) -> None:
        """It is recorded."""
        self.recorded = True
        self.changed.emit(None)

    def take_receipt(self, path: Path | None) -> None:
        """What proves the sending; None: nothing yet."""
        self.receipt = path

    @property
    def _kind(self) -> type[LetterDraft]:
        return DRAFTS[self.letter.source]

    @property
    def _client(self) -> int:
        policy, buyer = self._about.policy, self._about.buyer
        return policy.line.client_id if policy else buyer.client_id if buyer else 0

    def _read(self) -> None:
        workspace = self._workspace
        self._about = About.of(
            workspace.desk,
            self.letter,
            workspace.today(),
            self._wording,
            policy=self.policy,
            buyer=self.buyer,
            claim=self.claim,
        )
        try:
            self.draft, self.refused = self._kind(self._about), ""
        except UserError as error:
            self.draft, self.refused = None, self._wording.message(error.said)
        if self.invoices is not None:
            self.invoices.show(self.aside.invoices)

    def _values(self) -> dict[str, str]:
        return self.draft.values if self.draft else {}

    def _take(self, answers: Answers) -> None:
        if self.draft:
            self.draft.take(answers)

    def _take_sending(self, told: Sending) -> None:
        self._sending = told
