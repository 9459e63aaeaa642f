"""A decision on a limit, or an application for one, without Qt; with the history it is added to."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from creditdesk.domain.cover_codes import METHOD_TITLES
from creditdesk.domain.money import Money, is_currency
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.presenters.form import Answers, Form, FormField, Option
from creditdesk.presenters.limit_history import (
    APPLIED,
    STATES,
    WITH_AMOUNT,
)
from creditdesk.presenters.typed import Kind
from creditdesk.presenters.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.policies import (
    STATE_TITLES,
    LimitDecision,
    LimitLine,
    PolicyLine,
)
from creditdesk.services.policies.values import (
    LimitAmountWrong,
    LimitCurrencyOdd,
    LimitDatesWrong,
)
from creditdesk.workspace import Workspace


class LimitOtherCurrency(UserError):
    """A limit in a currency the policy isn't in: possible, so it is asked once."""

    message = N_(
        "The policy is in {policy}, this limit in {currency}. If the decision says so, save again."
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


_BLAME: dict[type[UserError], str] = {
    LimitOtherCurrency: "currency",
    LimitCurrencyOdd: "currency",
    LimitDigits: "amount",
    LimitAmountWrong: "amount",
    LimitDatesWrong: "end",
    LimitStartMissing: "start",
    RequestedMissing: "requested",
    AppliedOnMissing: "applied_on",
}


class LimitEntryPresenter:
    """The form of one decision. `policy` and `buyer` None: still to be chosen."""

    def __init__(
        self,
        workspace: Workspace,
        wording: Wording,
        policy: int | None,
        buyer: int | None,
    ) -> None:
        self._workspace = workspace
        self._wording = wording
        self._desk = workspace.desk
        self.history: tuple[LimitLine, ...] = ()
        self.history_changed: Event[None] = Event()
        self._asked_currency = ""
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

    @property
    def buyer(self) -> int | None:
        """The buyer chosen."""
        return int(self.form.value("buyer") or 0) or None

    @property
    def notice_days(self) -> int:
        """How long a cut waits under the policy chosen."""
        policy = self._policy(int(self.form.value("policy") or 0))
        if policy is None:
            return 0
        file = self._desk.policies.file(policy.id, self._workspace.today())
        texts = {each.field.key: each.text for each in file.schedule}
        return int(texts["cancel_notice_days"] or 0)

    def _fields(self, policy: PolicyLine | None) -> tuple[FormField, ...]:
        say = self._wording
        states = tuple(Option(each, say(STATE_TITLES[each])) for each in STATES)
        methods = tuple(
            Option(each.value, say(words)) for each, words in METHOD_TITLES.items()
        )
        return (
            FormField(key="policy", label=say(N_("Policy")), kind=Kind.CHOICE, required=True, hint=say(N_("Choose the policy")), options=self._policy_options()),
            FormField(key="buyer", label=say(N_("Buyer")), kind=Kind.CHOICE, required=True, hint=say(N_("Choose the buyer")), options=self._buyer_options(policy)),
            FormField(key="state", label=say(N_("State")), kind=Kind.CHOICE, required=True, options=states),
            FormField(key="amount", label=say(N_("Limit")), kind=Kind.AMOUNT),
            FormField(key="currency", label=say(N_("Currency")), required=True),
            FormField(key="requested", label=say(N_("Requested")), kind=Kind.AMOUNT),
            FormField(key="start", label=say(N_("From")), kind=Kind.DATE),
            FormField(key="end", label=say(N_("To")), kind=Kind.DATE, hint=say(N_("open"))),
            FormField(key="applied_on", label=say(N_("Applied on")), kind=Kind.DATE),
            FormField(key="decided_on", label=say(N_("Decided on")), kind=Kind.DATE),
            FormField(key="method", label=say(N_("Payment by")), kind=Kind.CHOICE, options=(Option("", say(N_("not limited"))), *methods)),
            FormField(key="term", label=say(N_("Longest term")), kind=Kind.NUMBER, unit=say(N_("days"))),
            FormField(key="decision_no", label=say(N_("Decision no."))),
            FormField(key="condition", label=say(N_("Condition")), kind=Kind.MULTILINE),
        )  # fmt: skip

    def _first_values(self, policy: int | None, buyer: int | None) -> dict[str, str]:
        line = self._policy(policy)
        return {
            "policy": str(policy or ""),
            "buyer": str(buyer or ""),
            "state": "APPROVED",
            "currency": line.currency if line else "",
            "method": "",
        }

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
        requested = answers.amount("requested")
        if state in WITH_AMOUNT and not amount:
            raise LimitAmountWrong
        self._check_money(currency, (amount, requested or Decimal(0)))
        self._desk.policies.decide(
            LimitDecision(
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
                max_term_days=answers.whole("term"),
                condition=answers.text("condition"),
                decision_no=answers.text("decision_no"),
            )
        )

    @staticmethod
    def _start(answers: Answers, state: str) -> date:
        """A decision counts from its day; an application from the day it was made."""
        if state == APPLIED:
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
