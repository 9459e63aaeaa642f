"""What people and registers know of a buyer, from a day on: the kinds, and what of them holds on a day (rules.md 7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message


class FactKind(StrEnum):
    """What is known. Insolvency, refused goods and asking for more time are events: clocks start with them."""

    REGISTER_CLEAN = "REGISTER_CLEAN"
    SUED = "SUED"
    ENFORCED = "ENFORCED"
    STRUCK_OFF = "STRUCK_OFF"
    DISHONEST = "DISHONEST"
    CONSUMPTION_LIMITED = "CONSUMPTION_LIMITED"
    SANCTIONED = "SANCTIONED"
    ASSETS_FROZEN = "ASSETS_FROZEN"
    CONTROLLER = "CONTROLLER"
    CONTROLLER_MATERIAL = "CONTROLLER_MATERIAL"
    PUBLIC_NOTICE = "PUBLIC_NOTICE"
    REGISTER_CHANGE = "REGISTER_CHANGE"
    STAFF_FALL = "STAFF_FALL"
    WAGES_UNPAID = "WAGES_UNPAID"
    INPUT_PRICE = "INPUT_PRICE"
    NEW_CONTACT = "NEW_CONTACT"
    LATE_DISPUTES = "LATE_DISPUTES"
    BALANCE_SENT = "BALANCE_SENT"
    BALANCE_ANSWERED = "BALANCE_ANSWERED"
    DOWNGRADED = "DOWNGRADED"
    THIRD_PARTY_PAYER = "THIRD_PARTY_PAYER"
    DETAILS_CHANGED = "DETAILS_CHANGED"
    SECTOR_CURRENT_RATIO = "SECTOR_CURRENT_RATIO"
    SECTOR_PAYABLE_DAYS = "SECTOR_PAYABLE_DAYS"
    FOUNDED = "FOUNDED"
    TRADING_SINCE = "TRADING_SINCE"
    BUSINESS = "BUSINESS"
    SECTOR = "SECTOR"
    SECTOR_OUTLOOK = "SECTOR_OUTLOOK"
    POSITION = "POSITION"
    PAPERS = "PAPERS"
    BANK_GUARANTEE = "BANK_GUARANTEE"
    DISPUTE = "DISPUTE"


class ValueKind(StrEnum):
    """What a fact says besides that it is so. `MAYBE_AMOUNT`: an amount where one is known."""

    NONE = "none"
    NUMBER = "number"
    PERCENT = "percent"
    MAYBE_AMOUNT = "maybe_amount"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactForm:
    """The words of a kind, and the value it asks for; `choices` by the names the scorecard gives its bands."""

    title: str
    value: ValueKind = ValueKind.NONE
    asks: str = ""
    choices: Mapping[str, str] | None = None


_AMOUNT = N_("Amount, if known")
FORMS: Mapping[FactKind, FactForm] = {
    FactKind.REGISTER_CLEAN: FactForm(
        title=N_("Register looked at: nothing found"),
        value=ValueKind.TEXT,
        asks=N_("Which register"),
    ),
    FactKind.SUED: FactForm(
        title=N_("Suit against the buyer"), value=ValueKind.MAYBE_AMOUNT, asks=_AMOUNT
    ),
    FactKind.ENFORCED: FactForm(
        title=N_("Enforcement against the buyer"),
        value=ValueKind.MAYBE_AMOUNT,
        asks=_AMOUNT,
    ),
    FactKind.STRUCK_OFF: FactForm(title=N_("Struck off, or licence revoked")),
    FactKind.DISHONEST: FactForm(title=N_("On the list of dishonest debtors")),
    FactKind.CONSUMPTION_LIMITED: FactForm(
        title=N_("Limited in consumption by a court")
    ),
    FactKind.SANCTIONED: FactForm(title=N_("On a sanctions list")),
    FactKind.ASSETS_FROZEN: FactForm(title=N_("Main assets pledged or frozen")),
    FactKind.CONTROLLER: FactForm(title=N_("Credit record of the controller abnormal")),
    FactKind.CONTROLLER_MATERIAL: FactForm(
        title=N_("Credit record of the controller abnormal, and it bears on the buyer")
    ),
    FactKind.PUBLIC_NOTICE: FactForm(
        title=N_("Abnormal operation, tax arrears or a penalty")
    ),
    FactKind.REGISTER_CHANGE: FactForm(
        title=N_("Legal representative, shareholder or address changed")
    ),
    FactKind.STAFF_FALL: FactForm(
        title=N_("Insured staff fell"),
        value=ValueKind.PERCENT,
        asks=N_("By how many percent"),
    ),
    FactKind.WAGES_UNPAID: FactForm(title=N_("Wages unpaid")),
    FactKind.INPUT_PRICE: FactForm(
        title=N_("Price of a key input moved within a quarter"),
        value=ValueKind.PERCENT,
        asks=N_("By how many percent"),
    ),
    FactKind.NEW_CONTACT: FactForm(title=N_("The contact was replaced")),
    FactKind.LATE_DISPUTES: FactForm(title=N_("Disputes come late and often")),
    FactKind.BALANCE_SENT: FactForm(title=N_("Balance confirmation sent")),
    FactKind.BALANCE_ANSWERED: FactForm(title=N_("Balance confirmation answered")),
    FactKind.DOWNGRADED: FactForm(
        title=N_("The insurer downgraded the country or sector")
    ),
    FactKind.THIRD_PARTY_PAYER: FactForm(title=N_("Paid by somebody else")),
    FactKind.DETAILS_CHANGED: FactForm(title=N_("Bank details or mail domain changed")),
    FactKind.SECTOR_CURRENT_RATIO: FactForm(
        title=N_("Mean current ratio of the sector"),
        value=ValueKind.NUMBER,
        asks=N_("Ratio"),
    ),
    FactKind.SECTOR_PAYABLE_DAYS: FactForm(
        title=N_("Days payable of the sector"), value=ValueKind.NUMBER, asks=N_("Days")
    ),
    FactKind.FOUNDED: FactForm(title=N_("The company was founded")),
    FactKind.TRADING_SINCE: FactForm(title=N_("Trade with us began")),
    FactKind.BUSINESS: FactForm(
        title=N_("What it does"),
        value=ValueKind.CHOICE,
        asks=N_("Business"),
        choices={"maker": N_("makes goods"), "other": N_("trades or serves")},
    ),
    FactKind.SECTOR: FactForm(
        title=N_("Sector it works in"), value=ValueKind.TEXT, asks=N_("Sector")
    ),
    FactKind.SECTOR_OUTLOOK: FactForm(
        title=N_("Outlook of the sector"),
        value=ValueKind.CHOICE,
        asks=N_("Outlook"),
        choices={
            "low": N_("low risk"),
            "medium": N_("medium risk"),
            "sensitive": N_("sensitive"),
            "high": N_("high risk"),
        },
    ),
    FactKind.POSITION: FactForm(
        title=N_("Size, market position, dependence"),
        value=ValueKind.CHOICE,
        asks=N_("Position"),
        choices={
            "leader": N_("leader"),
            "mid": N_("middle"),
            "small": N_("small"),
            "one_customer": N_("lives on one customer"),
        },
    ),
    FactKind.PAPERS: FactForm(
        title=N_("Papers: contract, signed deliveries, signed balance"),
        value=ValueKind.CHOICE,
        asks=N_("How many of the three"),
        choices={"0": N_("none"), "1": N_("one"), "2": N_("two"), "3": N_("all three")},
    ),
    FactKind.BANK_GUARANTEE: FactForm(title=N_("A bank guarantees the debt")),
    FactKind.DISPUTE: FactForm(title=N_("Dispute over more than 5 %")),
}


class FactValueWrong(UserError):
    """A value that isn't of the fact's kind."""

    message = N_("{title}: “{value}” can't be used; {wanted} is needed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One entry: it holds from `happened_on` on, and no more from `ended_on` on."""

    kind: FactKind
    happened_on: date
    value: str = ""
    ended_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it is so on a day."""
        return self.happened_on <= on and (self.ended_on is None or on < self.ended_on)

    @property
    def number(self) -> Decimal | None:
        """Its value as a number; None: it has none."""
        return Decimal(self.value) if self.value else None


def read_value(kind: FactKind, text: str) -> str:
    """The value as it is kept: plain digits, or the name of a choice. Raises `FactValueWrong`."""
    form = FORMS[kind]
    plain = text.strip()
    if form.value is ValueKind.TEXT:
        return plain
    if form.value is ValueKind.NONE:
        if plain:
            raise FactValueWrong(title=form.title, value=plain, wanted=Message(N_("no value")))  # fmt: skip
        return ""
    if form.value is ValueKind.CHOICE:
        choices = tuple(form.choices or ())
        if plain not in choices:
            wanted = Message.of(N_("one of {choices}"), choices=choices)
            raise FactValueWrong(title=form.title, value=plain, wanted=wanted)
        return plain
    if not plain and form.value is ValueKind.MAYBE_AMOUNT:
        return ""
    return _number(form, plain)


def _number(form: FactForm, text: str) -> str:
    try:
        number = Decimal(text.replace(",", "").rstrip("%"))
    except InvalidOperation as error:
        raise FactValueWrong(title=form.title, value=text, wanted=Message(N_("a number"))) from error  # fmt: skip
    if not number.is_finite() or not 0 <= number < Decimal(10) ** 15:
        raise FactValueWrong(title=form.title, value=text, wanted=Message(N_("a number")))  # fmt: skip
    return f"{number:f}"


def value_words(kind: FactKind, value: str) -> str | Message:
    """The value as people read it: a choice in words, an amount with separators; empty where there is none."""
    form = FORMS[kind]
    if value and form.value is ValueKind.MAYBE_AMOUNT:
        return f"{Decimal(value):,f}"
    choice = (form.choices or {}).get(value)
    return Message(choice) if choice else value


def holding(facts: Iterable[Fact], on: date) -> tuple[Fact, ...]:
    """What is so on a day, the newest first."""
    found = [each for each in facts if each.holds(on)]
    return tuple(sorted(found, key=lambda each: each.happened_on, reverse=True))


def newest(facts: Iterable[Fact], kind: FactKind) -> Fact | None:
    """The newest of a kind among facts that stand newest first."""
    return next((each for each in facts if each.kind is kind), None)
