"""Contract, invoice and limit beside each other, and whether the same parties stand on all papers (rules.md 3.2, 11.2).

What differs is said before the goods leave: afterwards it is a reason to refuse the claim.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import METHOD_TITLES
from creditdesk.domain.cover.limits import counts_for_limit, is_riskier, last_day_by
from creditdesk.domain.ledger.naming import Name
from creditdesk.domain.ledger.payers import Kinship, kinship
from creditdesk.domain.ledger.terms import PaymentTerm
from creditdesk.domain.policy.choices import PaymentMethod
from creditdesk.i18n import N_, Message


@dataclass(frozen=True, slots=True)
class InvoiceTerms:
    """An invoice as it was made out. `due` None: nobody knows. `method` None: its terms name none."""

    number: Name
    issued: date
    shipped: date
    due: date | None
    method: PaymentMethod | None


class Party(StrEnum):
    """Who stands on a paper of the trade."""

    SELLER = "SELLER"
    CONTRACT = "CONTRACT"
    INVOICE = "INVOICE"
    PAYER = "PAYER"
    RECEIVER = "RECEIVER"


PARTY_TITLES = {
    Party.SELLER: N_("Seller"),
    Party.CONTRACT: N_("Buyer on the contract"),
    Party.INVOICE: N_("Buyer on the invoices"),
    Party.PAYER: N_("Payer"),
    Party.RECEIVER: N_("Receiver of the goods"),
}


@dataclass(frozen=True, slots=True)
class Flow:
    """One name on a paper, and whether it is the party it should be. `amount`: of payments by this name."""

    party: Party
    name: str
    same: bool
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeTerms:
    """The three side by side, for goods that leave on a day and are invoiced on it.

    `contract`: the term agreed, in words; `contract_due`, `allowed_due`: when such an invoice falls due by the
    contract, and may at the latest by policy and limit; None: not known, or nothing is set. `invoices`: of twelve
    months. `flows`: every name, known ones only.
    """

    on: date
    contract: str
    term: PaymentTerm | None
    method: PaymentMethod | None
    limit_term: Message | None
    allowed_due: date | None
    approved_method: PaymentMethod | None
    invoices: tuple[InvoiceTerms, ...]
    flows: tuple[Flow, ...] = ()

    @property
    def contract_due(self) -> date | None:
        """When goods of the day fall due by the contract; None: its words give no day by themselves."""
        return self._by_contract(self.on, self.on)

    def _by_contract(self, issued: date, shipped: date) -> date | None:
        if self.term is None or not counts_for_limit(self.term):
            return None
        return last_day_by(self.term, issued, shipped)

    @property
    def invoice_days(self) -> tuple[int, int] | None:
        """The shortest and the longest term of the invoices, in days; None: none has a due date."""
        days = [(each.due - each.issued).days for each in self.invoices if each.due]
        return (min(days), max(days)) if days else None

    @property
    def against_contract(self) -> tuple[tuple[InvoiceTerms, date], ...]:
        """Invoices that fall due on another day than the contract says, with that day."""
        found = ((each, self._by_contract(each.issued, each.shipped)) for each in self.invoices)  # fmt: skip
        return tuple((each, day) for each, day in found if day is not None and each.due not in {None, day})  # fmt: skip

    @property
    def differences(self) -> tuple[Message, ...]:
        """What doesn't fit, gravest first."""
        return (*self._too_long(), *self._methods(), *self._other_days(), *self._strangers())  # fmt: skip

    def _too_long(self) -> Iterator[Message]:
        due, allowed = self.contract_due, self.allowed_due
        if due is not None and allowed is not None and due > allowed:
            text = N_(
                "By the contract goods of {on} fall due on {due}; policy and limit allow {allowed} at the latest: "
                "they would not be insured."
            )
            yield Message.of(text, on=self.on, due=due, allowed=allowed)

    def _methods(self) -> Iterator[Message]:
        approved = self.approved_method
        if approved is None:
            return
        used = [self.method, *(each.method for each in self.invoices)]
        for method in dict.fromkeys(filter(None, used)):
            if is_riskier(method, approved):
                text = N_("The buyer pays by {method}; the limit is for {approved}.")
                yield Message.of(
                    text,
                    method=Message(METHOD_TITLES[method]),
                    approved=Message(METHOD_TITLES[approved]),
                )

    def _other_days(self) -> Iterator[Message]:
        found = self.against_contract
        if found:
            first, day = found[0]
            text = N_(
                "{count} of {whole} invoices of twelve months fall due on another day than the contract says, "
                "such as {number}: {due} instead of {day}."
            )
            number = first.number
            yield Message.of(
                text,
                count=len(found),
                whole=len(self.invoices),
                number=number,
                due=first.due,
                day=day,
            )

    def _strangers(self) -> Iterator[Message]:
        for each in self.flows:
            if not each.same and each.party is not Party.SELLER:
                text = N_("{party} is {name}, not the buyer of the limit.")
                yield Message.of(text, party=Message(PARTY_TITLES[each.party]), name=each.name)  # fmt: skip


def is_same(name: str, known: Sequence[str]) -> bool:
    """Whether a name is one of the buyer's, but for width, punctuation and the form of the company.

    A branch is another entity to an insurer.
    """
    return any(kinship(name, each) in {Kinship.SAME, Kinship.FORM} for each in known)
