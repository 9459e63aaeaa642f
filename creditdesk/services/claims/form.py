"""The claim form, filled with what the desk knows (rules.md 5.1)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from creditdesk.catalog.claim_forms import facts, form_for
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import CAUSE_TITLES
from creditdesk.domain.claim.forms import FilledForm, Of, Owner, Value, filled
from creditdesk.domain.claim.package import KeptCalculation, PackageInvoice
from creditdesk.domain.cover.limits import decision_on
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.naming import Name
from creditdesk.i18n import N_, Message
from creditdesk.models import Claim, Invoice
from creditdesk.readings.claims import money_of
from creditdesk.readings.particulars import FactUnknown, particulars
from creditdesk.readings.parties import buyer_party, client_party
from creditdesk.readings.policies import Decision, PolicyInForce, decisions_by_buyer
from creditdesk.readings.queries import name_of
from creditdesk.services.claims.causes import causes_of

_NO_NUMBER = N_("{amount} from {start}")
_NUMBERED = N_("{amount} from {start}, no. {number}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a form is filled from: `rows` the claim is made for, the buyer's debt, and the calculation of both."""

    there: PolicyInForce
    rows: Sequence[Invoice]
    invoices: Sequence[PackageInvoice]
    calculation: KeptCalculation
    inputs: Mapping[str, Any]
    notified: date | None


def form(session: Session, claim: Claim, given: Known) -> FilledForm:
    """The form of the policy's insurer."""
    there, rows = given.there, given.rows
    owners = owners_of(claim, there)
    typed: dict[str, tuple[Value, ...]] = {
        key: (value,)
        for owner in owners.values()
        for key, value in particulars(session, owner).items()
    }
    desk = {
        **_parties(session, claim, there, given.invoices),
        **_trade(session, claim, there, rows),
        **_loss(session, claim, given.calculation, given.notified),
        **_debt(claim, rows, given.invoices, given.inputs),
    }
    known = {key: values for key, values in desk.items() if values} | typed
    return filled(form_for(there.policy.template), facts(), known, owners)


def owners_of(claim: Claim, there: PolicyInForce) -> dict[Of, Owner]:
    """Whose the facts of a claim's form are."""
    return {
        Of.CLIENT: Owner(of=Of.CLIENT, id=claim.client_id),
        Of.BUYER: Owner(of=Of.BUYER, id=claim.buyer_id),
        Of.CLAIM: Owner(of=Of.CLAIM, id=claim.id),
        Of.INSURER: Owner(of=Of.INSURER, name=there.policy.insurer),
    }


def owner_of(claim: Claim, there: PolicyInForce, key: str) -> Owner:
    """Whose a fact is. Raises `FactUnknown` for what nobody enters."""
    fact = facts().get(key)
    if fact is None or fact.of is Of.DESK:
        entered = tuple(each.key for each in facts().values() if each.of is not Of.DESK)
        raise FactUnknown(key=key, known=entered)
    return owners_of(claim, there)[fact.of]


def _texts(**known: str) -> dict[str, tuple[Value, ...]]:
    return {key.replace("__", "."): (text,) if text else () for key, text in known.items()}  # fmt: skip


def _parties(
    session: Session,
    claim: Claim,
    there: PolicyInForce,
    invoices: Sequence[PackageInvoice],
) -> dict[str, tuple[Value, ...]]:
    client = client_party(session, claim.client_id)
    buyer = buyer_party(session, claim.buyer_id)
    policy = there.policy
    period = Message.of(N_("{start} to {end}"), start=policy.period_start, end=policy.period_end)  # fmt: skip
    return {
        **_texts(
            insurer__name=policy.insurer,
            policy__number=policy.number,
            client__name=client.name,
            client__code=client.code,
            buyer__name=buyer.name,
            buyer__code=buyer.code,
            buyer__country=buyer.country,
        ),
        "policy.period": (period,),
        **_whose(there, invoices),
    }


def _whose(
    there: PolicyInForce, invoices: Sequence[PackageInvoice]
) -> dict[str, tuple[Value, ...]]:
    """The policy's loss payee and those of single invoices; companies insured beside the policyholder, with theirs."""
    payee = there.texts.get("loss_payee", "")
    payees = _by_name((each, each.loss_payee) for each in invoices)
    return {
        "policy.loss_payee": ((payee,) if payee else ()) + payees,
        "claim.joint_insured": _by_name(
            (each, each.joint_insured) for each in invoices
        ),
    }


def _by_name(named: Iterable[tuple[PackageInvoice, str]]) -> tuple[Value, ...]:
    """Each name with the invoices it stands at."""
    found: dict[str, list[Name]] = {}
    for each, name in named:
        if name:
            found.setdefault(name, []).append(each.called)
    return tuple(
        Message.of(N_("{name} (invoices {numbers})"), name=name, numbers=tuple(numbers))
        for name, numbers in found.items()
    )


def _trade(
    session: Session, claim: Claim, there: PolicyInForce, rows: Sequence[Invoice]
) -> dict[str, tuple[Value, ...]]:
    limits = tuple(_limits_at(session, claim, there, rows))
    days = sorted({(row.due - row.issued).days for row in rows if row.due})
    return {
        "claim.terms": tuple(
            Message.of(N_("{count} days"), count=each) for each in days
        ),
        "claim.limit": tuple(map(_limit, limits)),
        "claim.limit_number": tuple(each.number for each in limits if each.number),
        "claim.invoices": tuple(map(name_of, rows)),
    }


def _limits_at(
    session: Session, claim: Claim, there: PolicyInForce, rows: Sequence[Invoice]
) -> Iterator[Decision]:
    """The decisions in force when the claimed goods were shipped, never a later one (rules.md 14.7)."""
    decisions = decisions_by_buyer(session, claim.policy_id, claim.buyer_id).get(claim.buyer_id, ())  # fmt: skip
    notice_days = there.terms.cancel_notice_days
    by_limit = {id(each.limit): each for each in decisions}
    limits = [each.limit for each in decisions]
    days = sorted({row.shipped or row.issued for row in rows})
    held = {id(found): None for day in days if (found := decision_on(limits, day, notice_days))}  # fmt: skip
    for each in held:
        yield by_limit[each]


def _limit(decision: Decision) -> Message:
    limit = decision.limit
    text = _NUMBERED if decision.number else _NO_NUMBER
    places = {"number": decision.number} if decision.number else {}
    return Message.of(text, amount=limit.in_force, start=limit.start, **places)


def _loss(
    session: Session,
    claim: Claim,
    calculation: KeptCalculation,
    notified: date | None,
) -> dict[str, tuple[Value, ...]]:
    causes = dict.fromkeys(causes_of(session, claim).values())
    return {
        "claim.cause": tuple(Message(CAUSE_TITLES[each]) for each in causes),
        "claim.date_of_loss": (claim.date_of_loss,),
        "claim.notice_sent": (notified,) if notified else (),
        "claim.amount": (calculation.result,) if calculation.result else (),
    }


def _debt(
    claim: Claim,
    rows: Sequence[Invoice],
    invoices: Sequence[PackageInvoice],
    inputs: Mapping[str, Any],
) -> dict[str, tuple[Value, ...]]:
    debts = [each for each in invoices if not each.credit_note]
    mine = {row.number: row for row in rows if row.kind == DocumentKind.INVOICE}
    claimed = [each for each in debts if each.number in mine]
    later = [each for each in debts if each.due and each.due > claim.date_of_loss]
    known = all(each.due or not each.open for each in debts)
    disputed = tuple(
        Message.of(N_("{number} {amount}"), number=each.called, amount=each.disputed)
        for each in debts
        if each.disputed
    )
    first = min((each.issued for each in debts), default=None)
    shipped = min((row.shipped or row.issued for row in rows), default=None)
    return {
        "claim.first_credit": (first,) if first else (),
        "claim.total_owed": added(each.open for each in debts),
        "claim.debt_claimed": added(each.open for each in claimed),
        "claim.debt_claimed_net": _without_vat(claimed, mine),
        "claim.debt_not_due": added(each.open for each in later)
        or tuple(
            Money.zero(each.currency)
            for each in added(each.open for each in debts)
            if known
        ),
        "claim.disputed": disputed,
        "claim.highest_balance": highest_balance(inputs, shipped) if shipped else (),
    }


def added(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """The sum of each currency; one currency is never added to another. Nothing open: none."""
    sums: dict[str, Money] = {}
    for each in amounts:
        if each:
            sums[each.currency] = sums.get(each.currency, Money.zero(each.currency)) + each  # fmt: skip
    return tuple(sums.values())


def _without_vat(
    claimed: Iterable[PackageInvoice], rows: Mapping[str, Invoice]
) -> tuple[Money, ...]:
    """What is open without VAT, rounded invoice by invoice (rules.md 4.5). An invoice without a rate: not known."""
    net = []
    for each in claimed:
        rate = rows[each.number].vat_rate
        if not rate:
            return ()
        amount = each.open.amount / (1 + Decimal(rate) / 100)
        net.append(Money(amount, each.open.currency).rounded())
    return added(net)


def highest_balance(inputs: Mapping[str, Any], before: date) -> tuple[Money, ...]:
    """The most the buyer owed at the end of any day before this one, by currency, as the books booked it."""
    moves: dict[str, dict[date, Decimal]] = {}
    for row in inputs["documents"]:
        amount = money_of(row["amount"])
        lessens = row["kind"] == DocumentKind.CREDIT_NOTE
        _move(moves, row["issued"], -amount if lessens else amount)
    for row in inputs["payments"]:
        _move(moves, row["paid_on"], -money_of(row["amount"]))
    found = []
    for currency, by_day in moves.items():
        balance, most = Decimal(0), Decimal(0)
        for day in sorted(each for each in by_day if each < before):
            balance += by_day[day]
            most = max(most, balance)
        found.append(Money(most, currency))
    return added(found)


def _move(moves: dict[str, dict[date, Decimal]], day: str, amount: Money) -> None:
    by_day = moves.setdefault(amount.currency, {})
    on = date.fromisoformat(day)
    by_day[on] = by_day.get(on, Decimal(0)) + amount.amount
