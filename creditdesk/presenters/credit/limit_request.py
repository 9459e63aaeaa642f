"""A request to the insurer about a limit, without Qt: filled from the credit file, printed, recorded as sent."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from creditdesk.catalog.letters import LIMIT_LETTERS, letters
from creditdesk.catalog.policies import template
from creditdesk.domain.base.money import Money, is_currency
from creditdesk.domain.cover.codes import METHOD_TITLES, RequestKind
from creditdesk.domain.cover.limit_request import LimitRequestDraft, changes
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_, Language
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.attaching import take
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.sending import sent_form
from creditdesk.presenters.parts.typed import Kind, tidy
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import limit_letter
from creditdesk.services.policies import REQUEST_TITLES, PolicyId, SentRequest
from creditdesk.services.policies.request_values import (
    RequestAmountMissing,
    RequestAmountOdd,
    RequestInFuture,
)
from creditdesk.services.policies.values import LimitCurrencyOdd
from creditdesk.workspace import Workspace

_BLAME: dict[type[UserError], str] = {
    RequestAmountMissing: "amount",
    RequestAmountOdd: "amount",
    LimitCurrencyOdd: "currency",
}


class LimitRequestPresenter:
    """One request. `draft` None: `refused` says why there is none."""

    def __init__(
        self, workspace: Workspace, wording: Wording, policy: int, buyer: int, kind: str
    ) -> None:
        self._workspace = workspace
        self._policies = workspace.desk.policies
        self._today = workspace.today()
        self._wording = wording
        self.policy = policy
        self.buyer = buyer
        self.kind = RequestKind(kind)
        self.changed: Event[None] = Event()
        self.draft: LimitRequestDraft | None = None
        self.refused = ""
        self.receipt: Path | None = None
        self.recorded = False
        self._answers = Answers()
        line = workspace.desk.policies.file(PolicyId(policy), self._today).line
        self.language: Language = template(line.template).language
        self._read()
        self.form = Form(self._fields(), self._take, self._values(), _BLAME)

    @property
    def title(self) -> str:
        """What is asked for, and on whom."""
        words = self._wording(REQUEST_TITLES[self.kind])
        return f"{words}  {self.draft.buyer.name}" if self.draft else words

    @property
    def said(self) -> str:
        """From whom, to whom, under which policy."""
        draft = self.draft
        if draft is None:
            return ""
        return f"{draft.policyholder.name} → {draft.insurer.name} · {draft.policy_no}"

    @property
    def kinds(self) -> tuple[Option, ...]:
        """What else could be asked for."""
        return tuple(
            Option(kind.value, self._wording(title))
            for kind, title in REQUEST_TITLES.items()
        )

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What the credit file says, beside what is asked."""
        draft, say = self.draft, self._wording
        if draft is None:
            return ()
        figures, none = draft.figures, say(N_("none"))
        return (
            (say(N_("Limit in force")), say.money(draft.in_force) if draft.in_force else none),
            (say(N_("Balance")), say.moneys(figures.balance) or none),
            (say(N_("Of it overdue")), say.moneys(figures.overdue) or none),
            (say(N_("Sales of twelve months")), say.moneys(figures.turnover) or none),
        )  # fmt: skip

    @property
    def file_name(self) -> str:
        """What the letter is called unless the person says otherwise."""
        number = "".join(
            each if each.isalnum() or each in "-_." else "-"
            for each in (self.draft.policy_no if self.draft else "")
        )
        word = self._wording(REQUEST_TITLES[self.kind])
        return f"{word} {number} {self._today.isoformat()}.pdf"

    def choose(self, kind: str) -> None:
        """Ask for something else; what was typed stays where it fits."""
        self.kind = RequestKind(kind)
        texts = {
            field.key: text
            for field in self.form.fields
            if (text := self.form.value(field.key))
        }
        self._read()
        self.form.show_fields(self._fields())
        for key, text in {**self._values(), **texts}.items():
            if text and any(field.key == key for field in self.form.fields):
                self.form.set(key, text)
        self.changed.emit(None)

    def apply(self) -> bool:
        """Take what is typed into the letter; False where something can't be read."""
        taken = self.form.save()
        self.changed.emit(None)
        return taken

    def writing(self, path: Path) -> Callable[[Progress], Path]:
        """The job: write the letter."""
        draft, language = self.draft, self.language
        assert draft is not None  # noqa: S101 - without a draft there is no button
        text = letters()[LIMIT_LETTERS[self.kind]].in_language(language)

        def job(progress: Progress) -> Path:
            limit_letter.write(draft, text, path, language, progress)
            return path

        return job

    def sent_form(self) -> Form:
        """When and how it went out."""
        return sent_form(self._wording, self._today, self._check, RequestInFuture)

    def recording(self) -> Callable[[Progress], int]:
        """The job: keep the receipt, then the request as it was sent."""
        draft, receipt, policies = self.draft, self.receipt, self._policies
        answers, policy, buyer, today = self._answers, self.policy, self.buyer, self._today  # fmt: skip
        on = answers.day("on")
        assert draft is not None  # noqa: S101 - without a draft there is no form
        assert on is not None  # noqa: S101 - the field is required
        most = self._workspace.desk.upkeep.threshold("evidence_mb")

        def job(progress: Progress) -> int:
            kept = None
            if receipt is not None:
                taken = take(receipt, progress, megabytes=most)
                kept = policies.keep_paper(policy, *taken)
            sent = SentRequest(sent_on=on, way=answers.text("way"), receipt=kept)
            return policies.record_request(policy, buyer, draft, sent, today)

        return job

    def done(self) -> None:
        """It is recorded."""
        self.recorded = True
        self.changed.emit(None)

    @property
    def there(self) -> bool:
        """Whether there is a request to write."""
        return self.draft is not None

    def take_receipt(self, path: Path | None) -> None:
        """What proves the sending; None: nothing yet."""
        self.receipt = path

    def _read(self) -> None:
        try:
            self.draft = self._policies.request_draft(
                self.policy, self.buyer, self.kind, self._today
            )
            self.refused = ""
        except UserError as error:
            self.draft, self.refused = None, self._wording.message(error.said)

    def _fields(self) -> tuple[FormField, ...]:
        say = self._wording
        methods = tuple(Option(each.value, say(words)) for each, words in METHOD_TITLES.items())  # fmt: skip
        reason = FormField(key="reason", label=say(N_("Why")), kind=Kind.MULTILINE)
        since = FormField(key="wanted_from", label=say(N_("From")), kind=Kind.DATE, hint=say(N_("as decided")))  # fmt: skip
        if self.kind is RequestKind.CANCELLATION:
            return since, reason
        return (
            FormField(key="amount", label=say(N_("Amount asked for")), kind=Kind.AMOUNT, required=True),
            FormField(key="currency", label=say(N_("Currency")), required=True),
            FormField(key="method", label=say(N_("Payment by")), kind=Kind.CHOICE, options=(Option("", say(N_("not said"))), *methods)),
            FormField(key="term", label=say(N_("Longest term")), kind=Kind.NUMBER, unit=say(N_("days"))),
            since,
            reason,
        )  # fmt: skip

    def _values(self) -> dict[str, str]:
        draft = self.draft
        if draft is None:
            return {}
        term = draft.max_term_days
        return {
            "amount": tidy(Kind.AMOUNT, draft.amount.plain) if draft.amount else "",
            "currency": (draft.amount or draft.in_force or Money.zero(draft.currency)).currency,
            "method": draft.payment_method,
            "term": "" if term is None else str(term),
        }  # fmt: skip

    def _take(self, answers: Answers) -> None:
        draft = self.draft
        if draft is None:
            return
        amount = None
        if self.kind is not RequestKind.CANCELLATION:
            currency = answers.text("currency").upper()
            if not is_currency(currency):
                raise LimitCurrencyOdd(currency=currency)
            amount = Money(answers.amount("amount") or Decimal(0), currency).rounded()
            # Said at the field at once, not only when the request is recorded.
            if not amount:
                raise RequestAmountMissing
            if not changes(self.kind, draft.in_force, amount):
                raise RequestAmountOdd(limit=draft.in_force, amount=amount)
        self.draft = replace(
            draft,
            amount=amount,
            payment_method=answers.text("method"),
            max_term_days=answers.whole("term"),
            wanted_from=answers.day("wanted_from"),
            reason=answers.text("reason"),
        )

    def _check(self, answers: Answers) -> None:
        on = answers.day("on")
        if on is not None and on > self._today:
            raise RequestInFuture(on=on)
        self._answers = answers
