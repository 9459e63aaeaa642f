"""A decision on a limit, or an application for one, without Qt; with the history it is added to."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from creditdesk.catalog.letters import LIMIT_LETTERS, letters
from creditdesk.domain.base.money import Money, is_currency
from creditdesk.domain.cover.codes import (
    RequestKind,
    answer_code,
)
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.domain.ledger.term_answers import Reading
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.credit.limit_deciding import decide
from creditdesk.presenters.credit.limit_fields import (
    decision_fields,
    further_fields,
    values_of,
)
from creditdesk.presenters.credit.limit_history import APPLIED, WITH_AMOUNT
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.typed import NO
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.policies import (
    LimitDecision,
    LimitLine,
    LimitTermUnclear,
    LimitTermUnusable,
    PolicyLine,
    RequestLine,
)
from creditdesk.services.policies.limit_doubts import (
    LimitAboveMaximum,
    LimitFarAboveBalance,
)
from creditdesk.services.policies.request_values import AnswerTooEarly
from creditdesk.services.policies.values import (
    BackdatedWrong,
    LimitAfterPolicy,
    LimitAmountWrong,
    LimitCurrencyOdd,
    LimitDatesWrong,
    LimitPercentWrong,
    LimitStepImpossible,
    TemporaryWrong,
)
from creditdesk.workspace import Workspace


class LimitOtherCurrency(UserError):
    """A limit in a currency the policy isn't in: possible, so it is asked once."""

    message = N_(
        "The policy is in {policy}, this limit in {currency}. If the decision says so, save again."
    )


class LimitNotCancellable(UserError):
    """The policy lets nobody cut limits: so it is asked once whether the insurer really did."""

    message = N_(
        "This policy says that the insurer can't cut or cancel limits while it runs. "
        "If the insurer did so all the same, save again, and ask it why."
    )


class LimitDigits(UserError):
    """More digits than the currency has."""

    message = N_("{currency} has no such small part as in {amount}.")


class LimitStartMissing(UserError):
    """A decision without the day from which it counts."""

    message = N_("Give the day from which the decision counts.")


class RequestedMissing(UserError):
    """An application without its amount."""

    message = N_("Give the amount that was applied for.")


class AppliedOnMissing(UserError):
    """An application without its day."""

    message = N_("Give the day on which the limit was applied for.")


_CUTS = frozenset({LimitStage.REDUCED, LimitStage.CANCELLED})
_BLAME: dict[type[UserError], str] = {
    LimitStepImpossible: "state",
    TemporaryWrong: "temporary_to",
    BackdatedWrong: "backdated_to",
    LimitPercentWrong: "insured_pct",
    AnswerTooEarly: "decided_on",
    LimitOtherCurrency: "currency",
    LimitCurrencyOdd: "currency",
    LimitDigits: "amount",
    LimitAmountWrong: "amount",
    LimitDatesWrong: "end",
    LimitNotCancellable: "state",
    LimitStartMissing: "start",
    LimitAfterPolicy: "start",
    RequestedMissing: "requested",
    AppliedOnMissing: "applied_on",
    LimitFarAboveBalance: "amount",
    LimitTermUnclear: "term_as",
    LimitTermUnusable: "term",
    LimitAboveMaximum: "amount",
}


class LimitEntryPresenter:
    """The form of one decision. `policy` and `buyer` None: still to be chosen."""

    def __init__(
        self,
        workspace: Workspace,
        wording: Wording,
        policy: int | None,
        buyer: int | None,
        request: int | None = None,
    ) -> None:
        self._workspace = workspace
        self._wording = wording
        self._desk = workspace.desk
        self.history: tuple[LimitLine, ...] = ()
        self.history_changed: Event[None] = Event()
        self.added = 0
        """The number of the decision that was added; 0: none was."""
        self._asked_currency = ""
        self._asked_cut = False
        self._asked_amount: Money | None = None
        self.more = False
        self._asked_term = ""
        self._readings: tuple[Option, ...] = ()
        self.request = self._request(request, buyer)
        client = self._client_of(buyer) if buyer else workspace.client
        self._policies = self._desk.policies.all(workspace.today(), client)
        chosen = policy or self._only_policy(workspace.today())
        self.form = Form(
            self._fields(self._policy(chosen)),
            self._save,
            self._first_values(chosen, buyer),
            _BLAME,
        )
        self._followed = (self.form.value("policy"), self.form.value("buyer"))
        self.form.changed.connect(self._follow)
        self._read_history()

    def voiding(self, why: str) -> Job[None]:
        """The job: the decision that was just added was a mistake."""
        void, number = self._desk.policies.void_limit, self.added
        return lambda _progress: void(number, why)

    @property
    def buyer(self) -> int | None:
        """The buyer chosen."""
        return int(self.form.value("buyer") or 0) or None

    @property
    def said(self) -> str:
        """What this page adds to, or which request it answers."""
        asked = self.request
        if asked is None:
            return self._wording(
                N_(
                    "What the insurer was asked for, or what it decided. "
                    "Earlier decisions stay: the newest that holds on a day counts."
                )
            )
        amount = self._wording.money(asked.amount) if asked.amount else ""
        return self._wording(
            N_("Answers the request of {on}: {what} {amount}"),
            on=asked.sent_on,
            what=letters()[LIMIT_LETTERS[asked.kind]].name,
            amount=amount,
        )

    @property
    def notice_days(self) -> int:
        """How long a cut waits under the policy chosen."""
        policy = self._policy(int(self.form.value("policy") or 0))
        return int(self._text(policy, "cancel_notice_days") or 0) if policy else 0

    def _text(self, policy: PolicyLine, key: str) -> str:
        """What the policy says in one field today."""
        file = self._desk.policies.file(policy.id, self._workspace.today())
        return next(each.text for each in file.schedule if each.field.key == key)

    def _fields(self, policy: PolicyLine | None) -> tuple[FormField, ...]:
        fields = decision_fields(
            self._wording,
            self._policy_options(),
            self._buyer_options(policy),
            self._readings,
        )
        if not self.more:
            return fields
        return (*fields, *further_fields(self._wording, self.history))

    def show_more(self, *, more: bool) -> None:
        """Offer what few decisions have, or fold it again."""
        self.more = more
        self._show_fields()

    def _first_values(self, policy: int | None, buyer: int | None) -> dict[str, str]:
        line, asked = self._policy(policy), self.request
        values = {
            "policy": str(policy or ""),
            "buyer": str(buyer or ""),
            "state": "APPROVED",
            "currency": line.currency if line else "",
            "method": "",
            "reason": "",
        }
        today = self._workspace.today()
        return {**values, **(values_of(asked, today) if asked else {})}

    def _request(self, request: int | None, buyer: int | None) -> RequestLine | None:
        """The request this decision answers."""
        if request is None:
            return None
        lines = self._desk.policies.requests(buyer_id=buyer)
        return next((line for line in lines if line.id == request and line.is_open), None)  # fmt: skip

    def _only_policy(self, today: date) -> int | None:
        running = [line for line in self._policies if line.start <= today <= line.end]
        return running[0].id if len(running) == 1 else None

    def _policy(self, policy: int | None) -> PolicyLine | None:
        return next((line for line in self._policies if line.id == policy), None)

    def _client_of(self, buyer: int) -> int:
        return self._desk.buyers.file(BuyerId(buyer)).client_id

    def _policy_options(self) -> tuple[Option, ...]:
        return tuple(
            Option(str(line.id), f"{line.number} · {line.client}")
            for line in self._policies
        )

    def _buyer_options(self, policy: PolicyLine | None) -> tuple[Option, ...]:
        if policy is None:
            return ()
        buyers = self._desk.buyers.all(policy.client_id)
        return tuple(Option(str(line.id), line.name) for line in buyers)

    def _follow(self, _nothing: None) -> None:
        """Another policy has other buyers and perhaps another currency; another buyer another history."""
        now = (self.form.value("policy"), self.form.value("buyer"))
        if now == self._followed:
            return
        before, self._followed = self._followed, now
        policy = self._policy(int(now[0] or 0))
        if policy and now[0] != before[0]:
            fields = self._fields(policy)
            known = any(
                option.value == now[1]
                for field in fields
                if field.key == "buyer"
                for option in field.options
            )
            self._followed = (now[0], now[1] if known else "")
            self.form.set("buyer", self._followed[1])
            self.form.set("currency", policy.currency)
            self.form.show_fields(fields)
        self._read_history()

    def _read_history(self) -> None:
        self.history = (
            self._desk.policies.limits(buyer_id=self.buyer) if self.buyer else ()
        )
        self.history_changed.emit(None)

    def _save(self, answers: Answers) -> None:
        state = answers.text("state")
        currency = answers.text("currency").upper()
        start = self._start(answers, state)
        amount = answers.amount("amount") or Decimal(0)
        requested, temporary = answers.amount("requested"), answers.amount("temporary")
        if state in WITH_AMOUNT and not (amount or temporary):
            raise LimitAmountWrong
        self._check_money(
            currency, (amount, requested or Decimal(0), temporary or Decimal(0))
        )
        if self._only_answers(answers, state):
            return
        self._check_cut(state)
        made = LimitDecision(
            sure=self._asked_amount
            == Money(max(amount, temporary or amount), currency),
            policy_id=int(answers.text("policy")),
            buyer_id=int(answers.text("buyer")),
            state=state,
            start=start,
            end=answers.day("end"),
            amount=Money(amount if state in WITH_AMOUNT else Decimal(0), currency),
            requested=Money(requested, currency) if requested else None,
            applied_on=answers.day("applied_on"),
            decided_on=answers.day("decided_on"),
            payment_method=answers.text("method"),
            max_term=answers.text("term"),
            max_term_as=answers.text("term_as") if self._asks(answers) else "",
            condition=answers.text("condition"),
            decision_no=answers.text("decision_no"),
            reason=answers.text("reason"),
            insured_pct=answers.amount("insured_pct"),
            backdated_to=answers.day("backdated_to"),
            temporary=Money(temporary, currency) if temporary else None,
            temporary_to=answers.day("temporary_to"),
            replaces=int(answers.text("replaces") or 0) or None,
            answers=self.request.id if self.request else None,
        )
        try:
            self.added = decide(self._desk, made)
        except LimitTermUnclear as unclear:
            self._ask_reading(made.max_term, unclear.offered)
            raise
        except (LimitFarAboveBalance, LimitAboveMaximum):
            self._asked_amount = max(
                made.amount, made.temporary or made.amount, key=lambda each: each.amount
            )
            raise

    def _ask_reading(self, words: str, offered: Sequence[Reading]) -> None:
        """Offer the readings of the words, beside them."""
        self._asked_term = words
        self._readings = tuple(
            Option(each.id, self._wording.message(each.text)) for each in offered
        )
        self._show_fields()

    def _asks(self, answers: Answers) -> bool:
        """Whether the readings offered are those of the words that stand there now."""
        return bool(self._readings) and self._asked_term == answers.text("term")

    def _show_fields(self) -> None:
        self.form.show_fields(self._fields(self._policy(int(self.form.value("policy") or 0))))  # fmt: skip

    def _only_answers(self, answers: Answers, state: str) -> bool:
        """An answer that decides nothing new: still looking into it, or a change that is refused."""
        asked = self.request
        if asked is None or asked.id is None:
            return False
        change_refused = state == LimitStage.REFUSED and asked.kind is not RequestKind.NEW  # fmt: skip
        if state != LimitStage.INVESTIGATING and not change_refused:
            return False
        on = answers.day("decided_on") or self._workspace.today()
        codes = answer_code(LimitStage(state), answers.text("reason"))
        self._desk.policies.answer_request(asked.id, on, codes)
        return True

    @staticmethod
    def _start(answers: Answers, state: str) -> date:
        """A decision counts from its day; an application from the day it was made."""
        if state in {APPLIED, LimitStage.INCREASE_APPLIED}:
            if not answers.amount("requested"):
                raise RequestedMissing
            applied = answers.day("applied_on")
            if applied is None:
                raise AppliedOnMissing
            return applied
        start = answers.day("start")
        if start is None:
            raise LimitStartMissing
        return start

    def _check_cut(self, state: str) -> None:
        """A cut under a policy whose limits can't be cut is asked about once."""
        policy = self._policy(int(self.form.value("policy")))
        if policy is None or state not in _CUTS or self._asked_cut:
            return
        if self._text(policy, "limits_cancellable") == NO:
            self._asked_cut = True
            raise LimitNotCancellable

    def _check_money(self, currency: str, amounts: Sequence[Decimal]) -> None:
        policy = self._policy(int(self.form.value("policy")))
        if not is_currency(currency):
            raise LimitCurrencyOdd(currency=currency)
        for amount in amounts:
            if Money(amount, currency).rounded().amount != amount:
                raise LimitDigits(currency=currency, amount=f"{amount:,f}")
        if policy and currency not in {policy.currency, self._asked_currency}:
            self._asked_currency = currency
            raise LimitOtherCurrency(policy=policy.currency, currency=currency)
