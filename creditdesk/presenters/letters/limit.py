"""What the insurer is asked about a buyer's limit: filled from the credit file, with what is asked to be typed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import ClassVar

from creditdesk.domain.base.money import Money, is_currency
from creditdesk.domain.cover.codes import METHOD_TITLES, RequestKind
from creditdesk.domain.cover.limit_request import changes
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.letters.letter_draft import About, Aside, LetterDraft, Record
from creditdesk.presenters.parts.form import Answers, FormField, Option
from creditdesk.presenters.parts.typed import FieldKind, tidy
from creditdesk.reports import limit_letter
from creditdesk.reports.letter import Fill
from creditdesk.services.policies import SentRequest
from creditdesk.services.policies.request_values import (
    RequestAmountMissing,
    RequestAmountOdd,
    RequestInFuture,
)
from creditdesk.services.policies.values import LimitCurrencyOdd


class LimitDraft(LetterDraft):
    """The limit in force and what the ledger says; raises `NothingToChange`."""

    blame: ClassVar[Mapping[type[UserError], str]] = {
        RequestAmountMissing: "amount",
        RequestAmountOdd: "amount",
        LimitCurrencyOdd: "currency",
    }
    in_future: ClassVar[type[UserError]] = RequestInFuture

    def __init__(self, about: About) -> None:
        super().__init__(about)
        self._policy = about.the_policy.line.id
        self._buyer = about.the_buyer.id
        kind = RequestKind(about.letter.sent.code if about.letter.sent else "NEW")
        self._draft = about.desk.policies.request_draft(
            self._policy, self._buyer, kind, about.today
        )

    @property
    def fill(self) -> Fill:
        """What is asked, who the buyer is, what the ledger says."""
        return partial(limit_letter.content, self._draft)

    @property
    def aside(self) -> Aside:
        """What the credit file says."""
        draft, say = self._draft, self.about.say
        figures, none = draft.figures, say(N_("none"))
        facts = (
            (say(N_("Limit in force")), say.money(draft.in_force) if draft.in_force else none),
            (say(N_("Balance")), say.moneys(figures.balance) or none),
            (say(N_("Of it overdue")), say.moneys(figures.overdue) or none),
            (say(N_("Sales of twelve months")), say.moneys(figures.turnover) or none),
        )  # fmt: skip
        return Aside(facts=facts)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """How much, and on which terms; a cancellation asks for none."""
        say = self.about.say
        if self._draft.kind is RequestKind.CANCELLATION:
            return super().fields
        methods = tuple(Option(each.value, say(words)) for each, words in METHOD_TITLES.items())  # fmt: skip
        return (
            FormField(key="amount", label=say(N_("Amount asked for")), kind=FieldKind.AMOUNT, required=True),
            FormField(key="currency", label=say(N_("Currency")), required=True),
            FormField(key="method", label=say(N_("Payment by")), kind=FieldKind.CHOICE, options=(Option("", say(N_("not said"))), *methods)),
            FormField(key="term", label=say(N_("Longest term")), kind=FieldKind.NUMBER, unit=say(N_("days"))),
            *super().fields,
        )  # fmt: skip

    @property
    def values(self) -> dict[str, str]:
        """The terms of the limit in force, and its amount where it is to be renewed."""
        draft = self._draft
        term = draft.max_term_days
        return {
            "amount": tidy(FieldKind.AMOUNT, draft.amount.plain) if draft.amount else "",
            "currency": (draft.amount or draft.in_force or Money.zero(draft.currency)).currency,
            "method": draft.payment_method,
            "term": "" if term is None else str(term),
        }  # fmt: skip

    def take(self, answers: Answers) -> None:
        """Raises for an amount that is none, or not the change its kind says."""
        super().take(answers)
        self._draft = replace(
            self._draft,
            amount=self._amount(answers),
            payment_method=answers.text("method"),
            max_term_days=answers.whole("term"),
            wanted_from=answers.day("wanted_from"),
            reason=answers.text("reason"),
        )

    @property
    def record(self) -> Record:
        """The request as it was sent; its answer is waited for."""
        draft, policies = self._draft, self.about.desk.policies
        policy, buyer, today = self._policy, self._buyer, self.about.today

        def record(on: date, way: str, receipt: int | None) -> int:
            sent = SentRequest(sent_on=on, way=way, receipt=receipt)
            return policies.record_request(policy, buyer, draft, sent, today)

        return record

    def _amount(self, answers: Answers) -> Money | None:
        draft = self._draft
        if draft.kind is RequestKind.CANCELLATION:
            return None
        currency = answers.text("currency").upper()
        if not is_currency(currency):
            raise LimitCurrencyOdd(currency=currency)
        amount = Money(answers.amount("amount") or Decimal(0), currency).rounded()
        # Said at the field at once, not only when the request is recorded.
        if not amount:
            raise RequestAmountMissing
        if not changes(draft.kind, draft.in_force, amount):
            raise RequestAmountOdd(limit=draft.in_force, amount=amount)
        return amount
