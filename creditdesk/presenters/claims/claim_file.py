"""One claim, without Qt: its head, calculation, invoices, story and time line."""

from collections.abc import Callable, Iterable

from creditdesk.catalog.policies import template
from creditdesk.domain.base.rates import RateMissing
from creditdesk.domain.claim.claims import CAUSE_TITLES, Cause, ClaimState
from creditdesk.domain.claim.narrative import draft
from creditdesk.domain.claim.package import KeptCalculation
from creditdesk.events import Event
from creditdesk.i18n import N_, Language, words
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.claims import claim_debt, claim_figures, claim_timeline
from creditdesk.presenters.claims.claim_wording import state_tone, state_word
from creditdesk.presenters.parts.form import Option
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import ClaimFile, ClaimId, Estimate
from creditdesk.services.claims.values import StepLine
from creditdesk.services.policies.values import PolicyId
from creditdesk.workspace import Workspace

TABLES = frozenset({
    "claim", "claim_invoice", "claim_step", "claim_question", "claim_payment", "claim_goods", "recovery", "claim_item", "checklist_addition", "claim_evidence", "indemnity_record", "package_record", "notice", "invoice", "payment", "dispute",
    "policy_value", "credit_limit", "duty", "buyer", "client", "particular", "task",
})  # fmt: skip


class ClaimFilePresenter:
    """What the page of a claim shows."""

    def __init__(
        self, workspace: Workspace, claim_id: ClaimId, wording: Wording
    ) -> None:
        self._workspace = workspace
        self._claims = workspace.desk.claims
        self._wording = wording
        self.claim_id = claim_id
        self.today = workspace.today()
        self.changed: Event[None] = Event()
        self.estimate: Estimate | None = None
        self.file: ClaimFile = self._claims.file(claim_id, self.today)
        policy, on = PolicyId(self.file.line.policy_id), self.file.line.date_of_loss
        self._policy = workspace.desk.policies.file(policy, on).line
        lost_on = self.file.line.date_of_loss
        self.invoices = claim_debt.invoice_table(lost_on, wording)
        self.payments = claim_debt.payment_table(lost_on, wording)
        self.allocations = claim_figures.allocation_table(wording)
        self.moments = claim_timeline.table(wording)
        self._show()

    @property
    def title(self) -> str:
        """Which claim against whom."""
        return f"{self.file.line.number}  {self.file.line.buyer}"

    @property
    def said(self) -> str:
        """Client, policy, cause and dates in one line."""
        line, wording = self.file.line, self._wording
        parts = [
            line.client,
            self.file.policy_title.in_language(wording.language),
            wording(CAUSE_TITLES[line.cause]),
            wording(N_("loss on {day}"), day=line.date_of_loss),
        ]
        parts.append(self._file_by())
        return " · ".join(parts)

    @property
    def chips(self) -> tuple[tuple[str, str], ...]:
        """The claim's state, and how complete its papers are."""
        line = self.file.line
        done = wording_of_completeness(line.present, line.applicable, self._wording)
        tone = "done" if line.present == line.applicable else "plain"
        chips = (
            (state_word(line.state, self._wording), state_tone(line.state)),
            (done, tone),
        )
        if line.date_of_loss <= self._workspace.today():
            return chips
        return *chips, (self._wording(N_("date of loss still to come")), "warning")

    @property
    def language(self) -> Language:
        """The insurer's, for the package."""
        return template(self._policy.template).language

    @property
    def currency(self) -> str:
        """The policy's: what the insurer pays in."""
        return self._policy.currency

    @property
    def calculation(self) -> KeptCalculation | None:
        """The kept one; as long as none is kept, today's. None: not computed yet."""
        return self.file.kept or (self.estimate.calculation if self.estimate else None)

    @property
    def calculation_title(self) -> str:
        """Whether the figures shown are kept, and since when."""
        if self.file.kept:
            return self._wording(
                N_("Calculation (kept {day})"), day=self.file.kept.kept_on
            )
        return self._wording(N_("Calculation (not kept yet)"))

    @property
    def differs(self) -> str:
        """What today's figures would come to where the kept ones are no longer the same; empty else."""
        kept, now = self.file.kept, self.estimate
        if kept is None or now is None:
            return ""
        if now.indemnity is None:
            return self._wording(N_("It can't be computed with what the desk holds today."))  # fmt: skip
        if now.indemnity.indemnity == kept.result:
            return ""
        return self._wording(
            N_("With what the desk holds today it would be {amount}. Keep a new calculation if that is right."),
            amount=now.indemnity.indemnity,
        )  # fmt: skip

    @property
    def missing(self) -> tuple[str, ...]:
        """What stands against computing the indemnity."""
        shown = self.calculation
        if shown is None:
            return ()
        return tuple(self._wording.message(each) for each in shown.missing)

    @property
    def mending(self) -> tuple[str, str, dict[str, object]]:
        """The way out of `missing`: what its button says, and the page that holds the values."""
        shown = self.calculation
        reasons = [each.text for each in shown.missing] if shown else []
        if reasons == [RateMissing.message]:
            return self._wording(N_("Enter the rate")), "settings", {}
        return (
            self._wording(N_("Open the policy")),
            "policy_file",
            {"policy": self.file.line.policy_id},
        )

    @property
    def result(self) -> str:
        """The indemnity, large."""
        shown = self.calculation
        if shown is None or shown.result is None:
            return self._wording(N_("not computable yet"))
        return self._wording.money(shown.result)

    def reload(self) -> None:
        """Read the claim again."""
        self.file = self._claims.file(self.claim_id, self.today)
        self._show()
        self.changed.emit(None)

    def computing(self) -> Callable[[Progress], Estimate]:
        """The job: the calculation as it would be today."""
        claims, claim, today = self._claims, self.claim_id, self.today
        return lambda _progress: claims.estimate(claim, today)

    def show_estimate(self, estimate: Estimate) -> None:
        """Today's calculation is there."""
        self.estimate = estimate
        self._show()
        self.changed.emit(None)

    def keeping(self) -> Callable[[Progress], Estimate]:
        """The job: keep today's calculation for ever."""
        claims, claim, today = self._claims, self.claim_id, self.today
        return lambda _progress: claims.keep(claim, today)

    @property
    def causes(self) -> tuple[Option, ...]:
        """Why an invoice may not be paid."""
        return tuple(Option(each, self._wording(said)) for each, said in CAUSE_TITLES.items())  # fmt: skip

    def cause_of(self, keys: Iterable[object]) -> Cause | None:
        """The cause these invoices have; None: none is chosen, or they have several."""
        found = {row.cause for key in keys if (row := self.invoices.get(key))}
        return found.pop() if len(found) == 1 else None

    def set_cause(self, keys: Iterable[object], cause: Cause) -> None:
        """These invoices are not paid for this cause."""
        self._claims.set_cause(self.claim_id, self._names(keys), cause)

    def parties_of(self, keys: Iterable[object]) -> tuple[str, str]:
        """Joint insured and loss payee of these invoices; empty where they differ or nobody said."""
        rows = [row for key in keys if (row := self.invoices.get(key))]
        insured = {row.joint_insured for row in rows}
        payees = {row.loss_payee for row in rows}
        return (
            insured.pop() if len(insured) == 1 else "",
            payees.pop() if len(payees) == 1 else "",
        )

    def set_parties(self, keys: Iterable[object], insured: str, payee: str) -> None:
        """Whose debt these invoices are and to whom their indemnity goes; empty: as usual."""
        names = self._names(keys)
        claims, claim = self._claims, self.claim_id

        def change() -> None:
            claims.set_joint_insured(claim, names, insured)
            claims.set_loss_payee(claim, names, payee)

        self._workspace.desk.do(change)

    def _names(self, keys: Iterable[object]) -> tuple[str, ...]:
        rows = (self.invoices.get(key) for key in keys)
        return tuple(self._wording.name(row.name) for row in rows if row)

    def drafted(self, language: Language) -> str:
        """A first narrative in this language, from what the desk knows; a person goes on from there."""
        said = words(language)
        sentences = draft(self._claims.draft(self.claim_id, self.today))
        return "\n".join(said.say(each) for each in sentences)

    def save_narrative(self, text: str) -> None:
        """Keep the story."""
        self._claims.set_narrative(self.claim_id, text)

    @property
    def last_step(self) -> StepLine | None:
        """The step that can be taken back; None: the claim has taken none."""
        standing = [each for each in self.file.steps if each.voided is None]
        return standing[-1] if standing else None

    def taking_back(self, why: str) -> Job[None]:
        """The job: the last step was a mistake."""
        claims, claim = self._claims, self.claim_id
        return lambda _progress: claims.take_back_step(claim, why)

    def _file_by(self) -> str:
        by, wording = self.file.line.file_by, self._wording
        if by is None:
            return wording(N_("no last day for filing is known yet"))
        same_year = by.safe.year == by.legal.year
        safe = wording.short_day(by.safe) if same_year else wording.day(by.safe)
        if self._in_preparation and by.safe == by.legal:
            off = wording.days_off(by.safe, self.today)
            return wording(N_("file by {legal} ({off})"), legal=by.legal, off=off)
        if not self._in_preparation:
            return wording(
                N_("file by {legal} (safe {safe})"), legal=by.legal, safe=safe
            )
        return wording(
            N_("file by {legal} (safe {safe}, {off})"),
            legal=by.legal,
            safe=safe,
            off=wording.days_off(by.safe, self.today),
        )

    @property
    def _in_preparation(self) -> bool:
        return self.file.filed_on is None and self.file.line.state not in (
            ClaimState.WITHDRAWN,
            ClaimState.CLOSED,
        )

    def _show(self) -> None:
        self.invoices.show(self.file.invoices)
        self.payments.show(self._claims.payments(self.claim_id))
        shown = self.calculation
        self.allocations.show(shown.allocations if shown else ())
        notices = self._workspace.desk.watch.notices(buyer_id=self.file.line.buyer_id)
        found = claim_timeline.moments(self.file, notices, self._wording)
        self.moments.show(tuple(found))


def wording_of_completeness(present: int, applicable: int, wording: Wording) -> str:
    """How many of the papers that must be there are there."""
    return wording(
        N_("papers {present} / {applicable}"), present=present, applicable=applicable
    )
