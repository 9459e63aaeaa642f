"""Reads the cases of `calc indemnity` and `calc cover`, and answers them (commands.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from creditdesk.cases.reading import Reader
from creditdesk.cli.calc.documents import (
    check_ids,
    documents_of,
    invoice_of,
    payment_of,
)
from creditdesk.cli.words import day_json, steps_json
from creditdesk.domain.base.rates import Rate, rounded
from creditdesk.domain.claim.indemnity import calculate
from creditdesk.domain.cover.case import (
    Indemnity,
    IndemnityCase,
    IndemnityTerms,
)
from creditdesk.domain.cover.limits import (
    IN_FORCE,
    CoverEvent,
    CoverEventKind,
    Discretionary,
    Limit,
)
from creditdesk.domain.cover.shipping import cover
from creditdesk.domain.ledger.allocation import Allocation
from creditdesk.domain.policy.choices import (
    AflBasis,
    AllocationRule,
    DeductibleOrder,
    FxRule,
    LimitMode,
    LimitState,
    NqlType,
    PaymentMethod,
)
from creditdesk.i18n import N_, Language


def indemnity(case: Reader, language: Language) -> dict[str, object]:
    """The indemnity with its working."""
    asked = indemnity_case(case)
    found = calculate(asked)
    causes = {each.id: each.cause for each in asked.invoices}
    return {
        "indemnity": found.indemnity.plain,
        **_if_declared(found),
        "date_of_loss": found.date_of_loss.isoformat(),
        "whole_debt": found.whole_debt.plain,
        "eligible_debt": found.eligible_debt.plain,
        "limit_applied": found.limit_applied.plain,
        "covered_loss": found.covered_loss.plain,
        "own_share": found.own_share.plain,
        "own_risk": found.own_risk.plain,
        "afl_eroded": found.afl_eroded.plain,
        "stop_date": day_json(found.stop_date),
        "currency": found.indemnity.currency,
        "invoices": [
            {
                "id": row.id,
                "residual": row.residual.plain,
                "eligible": row.eligible.plain,
                "reasons": list(row.reasons),
                "ledger_residual": row.ledger_residual.plain,
                "insured_pct": f"{row.insured_pct.normalize():f}",
                "cause": causes[row.id],
            }
            for row in found.rows
        ],
        "allocations": _allocations(asked, found),
        "steps": steps_json(found.steps, language),
    }


def _if_declared(found: Indemnity) -> dict[str, object]:
    """Only where shipments are known not to be declared."""
    if found.if_declared is None:
        return {}
    return {"if_declared": found.if_declared.plain}


def _allocations(case: IndemnityCase, found: Indemnity) -> dict[str, object]:
    """What was set against what, by the policy's rule and by the ledger.

    Null for pro rata: every payment goes to every invoice, and the residuals say it all.
    """
    currencies = {each.id: each.amount.currency for each in case.invoices}
    pro_rata = case.terms.allocation_rule is AllocationRule.PRO_RATA
    return {
        "policy": None if pro_rata else _shares(found.allocation, currencies),
        "ledger": _shares(found.ledger_allocation, currencies),
    }


def _shares(
    allocation: Allocation, currencies: Mapping[str, str]
) -> list[dict[str, str]]:
    """In the invoice's currency."""
    return [
        {
            "from": share.credit,
            "to": share.debt,
            "amount": rounded(share.amount, currencies[share.debt]).plain,
        }
        for share in allocation.shares
    ]


def covered(case: Reader, _language: Language) -> dict[str, object]:
    """Cover of each shipment, and whether one may ship on the day."""
    found = cover(_cover_case(case))
    return {
        "on": found.on.isoformat(),
        "shipments": [
            {
                "id": row.id,
                "open": row.open.plain,
                "covered": row.covered.plain,
                "uncovered": row.uncovered.plain,
                "reasons": list(row.reasons),
                "covered_unless_refused": row.unless_refused.plain,
                "covered_if_declared": row.if_declared.plain,
            }
            for row in found.rows
        ],
        "limit": found.limit.plain,
        "headroom": found.headroom.plain,
        "may_ship": found.may_ship,
        "reasons": list(found.reasons),
        "stop_date": day_json(found.stop_date),
        "next_stop_date": day_json(found.next_stop),
    }


def indemnity_case(case: Reader) -> IndemnityCase:
    """The case as the rules take it."""
    terms = _terms(case.part("policy"))
    invoices, credits_ = documents_of(case.objects("documents"), terms.currency)
    result = IndemnityCase(
        terms=terms,
        date_of_loss=case.day("date_of_loss"),
        limits=_limits(case, terms.currency),
        invoices=invoices,
        credits=credits_,
        discretionary=_discretionary(case, terms.currency),
        stop_date=case.maybe_day("stop_date"),
        claim_date=case.maybe_day("claim_date"),
        rates=_rates(case),
    )
    case.close()
    return result


def _cover_case(case: Reader) -> IndemnityCase:
    terms = _terms(case.part("policy"))
    shipments = tuple(
        invoice_of(reader, terms.currency) for reader in case.objects("shipments")
    )
    payments = tuple(
        payment_of(reader, terms.currency, f"payment {place}")
        for place, reader in enumerate(case.objects("payments", required=False), 1)
    )
    check_ids((shipment.id for shipment in shipments), shipments, payments)
    events = tuple(map(_event, case.objects("events", required=False)))
    result = IndemnityCase(
        terms=terms,
        date_of_loss=case.day("on"),
        limits=_limits(case, terms.currency),
        invoices=shipments,
        credits=payments,
        discretionary=_ended(_discretionary(case, terms.currency), events),
        events=events,
        stop_date=case.maybe_day("stop_date"),
        rates=_rates(case),
    )
    case.close()
    return result


def _terms(policy: Reader) -> IndemnityTerms:
    currency = policy.currency("currency", "CNY")
    cap = policy.maybe_money("single_buyer_cap", currency)
    maximum = policy.maybe_money("max_liability", currency)

    def amount(key: str) -> Decimal:
        return policy.money(key, currency, "0").amount

    terms = IndemnityTerms(
        currency=currency,
        insured_pct=policy.maybe_number("insured_pct"),
        deductible_order=policy.maybe("deductible_order", DeductibleOrder),
        eel=amount("eel"),
        min_retention=amount("min_retention"),
        nql=amount("nql"),
        nql_type=policy.choice("nql_type", NqlType, NqlType.FRANCHISE),
        afl=amount("afl"),
        afl_used=amount("afl_used"),
        afl_basis=policy.maybe("afl_basis", AflBasis),
        max_liability=maximum.amount if maximum is not None else None,
        max_liability_used=amount("max_liability_used"),
        single_buyer_cap=cap.amount if cap is not None else None,
        vat_insured=policy.maybe_flag("vat_insured"),
        retention_insured=policy.maybe_flag("retention_insured"),
        allocation_rule=policy.choice("allocation_rule", AllocationRule, AllocationRule.OLDEST_DUE_FIRST),
        allocation_switch=policy.maybe_day("allocation_switch"),
        limit_mode=policy.choice("limit_mode", LimitMode, LimitMode.REVOLVING),
        fx_rule=policy.choice("fx_rule", FxRule, FxRule.INVOICE_DATE),
        max_payment_term_days=policy.maybe_days("max_payment_term_days"),
        mep_days=policy.maybe_days("mep_days"),
        stop_floor=amount("stop_floor"),
        period=policy.period("period"),
        reduction_pct=policy.percent("reduction_pct", "0"),
        cancel_notice_days=policy.days("cancel_notice_days", 0),
    )  # fmt: skip
    policy.close()
    return terms


def _limits(case: Reader, currency: str) -> tuple[Limit, ...]:
    return tuple(_limit(reader, currency) for reader in case.objects("limits"))


def _limit(limit: Reader, currency: str) -> Limit:
    start, end = limit.day("from"), limit.maybe_day("to")
    if end and end < start:
        raise limit.wrong("to", N_("a date that isn't before “from”"))
    state = limit.choice("state", LimitState, LimitState.APPROVED)
    nothing = None if state in IN_FORCE else "0"
    result = Limit(
        start=start,
        end=end,
        amount=limit.money("amount", limit.currency("currency", currency), nothing),
        state=state,
        payment_method=limit.maybe("payment_method", PaymentMethod),
        max_term_days=limit.maybe_days("max_term_days"),
    )
    limit.close()
    return result


def _discretionary(case: Reader, currency: str) -> Discretionary | None:
    own = case.maybe_part("discretionary")
    if own is None:
        return None
    result = Discretionary(
        amount=own.money("amount", currency),
        evidence_date=own.maybe_day("evidence_date"),
        pct=own.maybe_number("pct"),
        adverse_on=own.maybe_day("adverse_on"),
        basis=own.text("basis", "EXPERIENCE"),
    )
    own.close()
    return result


def _ended(
    own: Discretionary | None, events: Iterable[CoverEvent]
) -> Discretionary | None:
    """Adverse information ends the discretionary limit; evidence that is newer stands (rules.md 3.5)."""
    if own is None or own.evidence_date is None:
        return own
    told = [event.on for event in events if event.kind is CoverEventKind.ADVERSE_INFO]
    since = [day for day in (*told, own.adverse_on) if day and day >= own.evidence_date]
    return replace(own, adverse_on=min(since, default=own.adverse_on))


def _rates(case: Reader) -> tuple[Rate, ...]:
    return tuple(map(_rate, case.objects("fx", required=False)))


def _rate(rate: Reader) -> Rate:
    result = Rate(rate.currency("currency"), rate.day("date"), rate.number("rate"))
    if not result.rate:
        raise rate.wrong("rate", N_("a rate above 0"))
    rate.close()
    return result


def _event(event: Reader) -> CoverEvent:
    result = CoverEvent(event.choice("kind", CoverEventKind), event.day("date"))
    event.close()
    return result
