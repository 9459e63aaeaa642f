"""What the declarations service takes, gives and refuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.cover.in_scope import Customer, Key
from creditdesk.domain.declare.declarations import DeclarationKind, Mode, Obligation
from creditdesk.domain.declare.declared import Declared, Difference, Risk, State
from creditdesk.domain.declare.insurable import Computed
from creditdesk.domain.ledger.naming import Name
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message


class DeclaredInFuture(UserError):
    """A declaration can't have been sent tomorrow."""

    message = N_("{on} is still to come. Enter the day the declaration was sent.")


class DeclaredBeforePeriod(UserError):
    """Before its time begins there is nothing to declare."""

    message = N_(
        "The time declared begins on {start}; it can't have been declared on {on}."
    )


class NothingAsked(UserError):
    """The policy wants no declarations, or doesn't say how."""

    message = N_(
        "Policy {policy} asks for no declarations, or its field “Declarations” is still empty. Enter it first."
    )


class PeriodNotAsked(UserError):
    """The days given are no period of the policy."""

    message = N_(
        "Policy {policy} has no period from {start} to {end} to declare. Its periods are: {periods}."
    )


class NothingNew(UserError):
    """Everything is declared already."""

    message = N_(
        "Everything from {start} to {end} is declared as the ledger has it now; there is nothing to add."
    )


class TotalsNeedOnePeriod(UserError):
    """Totals typed from paper belong to one period."""

    message = N_(
        "Totals can be given for one period at a time; from {start} to {end} there are {count}."
    )


class CorrectedTwice(UserError):
    """Only a declaration that stands can be corrected."""

    message = N_("This declaration was corrected already; correct the later one.")


class DeclarationUnknown(UserError):
    """There is no such declaration, or it doesn't stand any more."""

    message = N_("There is no declaration {declaration}, or it was corrected or voided already.")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodLine:
    """A period of a policy: what the ledger says, what was declared, and how the two stand.

    `computed` None: the period is still to begin. `declared_on` None: not declared; `late` counts days, up to
    today where it wasn't.
    """

    policy_id: int
    policy: str
    client_id: int
    client: str
    mode: Mode | None
    asked: Obligation
    state: State
    computed: tuple[Money, ...]
    declared: tuple[Money, ...]
    documents: int
    left_out: int
    differences: int
    declared_on: date | None
    late: int

    @property
    def key(self) -> tuple[int, str]:
        """What tells it again."""
        return self.policy_id, self.asked.subject


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyLine:
    """A policy as its declarations stand. `mode` None: the policy doesn't say how it is declared.

    `fulfilment` is declared ÷ agreed (履约率), None without an agreed turnover; `elapsed` the part of the period that
    has passed. `recorded`: any declaration is kept.
    """

    policy_id: int
    policy: str
    client_id: int
    client: str
    mode: Mode | None
    declared: tuple[Money, ...]
    agreed: Money | None
    fulfilment: Decimal | None
    elapsed: Decimal
    recorded: bool
    running: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """Every policy looked at, and its periods."""

    policies: tuple[PolicyLine, ...]
    periods: tuple[PeriodLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFile:
    """One period, whole. `declared` in the order of recording, corrected ones too; `standing` are their numbers.

    `still`: what a supplement would hold now, empty where declared and ledger agree. `names`: of parts of documents.
    """

    line: PeriodLine
    computed: Computed
    declared: tuple[Declared, ...]
    standing: frozenset[int]
    differences: tuple[Difference, ...]
    still: Mapping[Key, Money]
    risks: tuple[Risk, ...]
    buyers: Mapping[int, Customer]
    currency: str
    insurer: Party
    policyholder: Party
    firm: Party
    template: str
    vat_insured: bool | None
    names: Mapping[Key, Message]

    def name(self, key: Key) -> Name:
        """What people call a document of it."""
        return self.names.get(key) or key[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeclaration:
    """What a person says about a declaration that went out.

    It may span several periods; each is kept as one of its own. `kind` None: what the policy asks for. `totals` None:
    what the ledger says; given, they are what stands on the paper. `left_out`: documents left out on purpose.
    `corrects`: the declaration it takes the place of; None: it stands beside earlier ones and holds what they don't.
    """

    policy_id: int
    start: date
    end: date
    on: date
    kind: DeclarationKind | None = None
    way: str = ""
    reference: str = ""
    proof: int | None = None
    totals: tuple[Money, ...] | None = None
    left_out: frozenset[Key] = frozenset()
    corrects: int | None = None
