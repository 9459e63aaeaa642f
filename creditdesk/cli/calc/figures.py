"""Reads the cases of `calc recovery`, `interest`, `premium`, `uscc` and `capitals`, and answers them (commands.md)."""

from collections.abc import Iterable

from creditdesk.cases.reading import Reader
from creditdesk.cli.words import steps_json
from creditdesk.domain.base.capitals import capitals as in_capitals
from creditdesk.domain.base.identity import Finding, check_uscc
from creditdesk.domain.claim.recovery import InsuredInvoice, Recovered, share
from creditdesk.domain.ledger.interest import (
    InterestRule,
    at_least_lpr,
    late_interest,
)
from creditdesk.domain.policy import premium as pricing
from creditdesk.domain.policy.choices import RecoveryRule
from creditdesk.i18n import N_, Language, words

_CURRENCY = "CNY"


def recovery(case: Reader, language: Language) -> dict[str, object]:
    """A recovery shared between insurer and insured."""
    found = share(_recovered(case))
    return {
        "insurer": found.insurer.plain,
        "insured": found.insured.plain,
        "net": found.net.plain,
        "steps": steps_json(found.steps, language),
    }


def _recovered(case: Reader) -> Recovered:
    currency = case.currency("currency", _CURRENCY)
    pct = case.maybe_number("insured_pct")
    if pct is not None and not 1 < pct <= 100:
        raise case.wrong("insured_pct", N_("a percentage above 1 and up to 100"))
    result = Recovered(
        amount=case.money("amount", currency),
        costs=case.money("costs", currency, "0"),
        indemnity=case.money("indemnity", currency),
        rule=case.choice("rule", RecoveryRule, RecoveryRule.PRO_RATA),
        already_recovered=case.money("already_recovered", currency, "0"),
        whole_debt=case.maybe_money("whole_debt", currency),
        insured_debt=case.maybe_money("insured_debt", currency),
        insured_pct=pct,
        invoices=tuple(
            _insured_invoice(reader, currency)
            for reader in case.objects("invoices", required=False)
        ),
    )
    case.close()
    return result


def _insured_invoice(reader: Reader, currency: str) -> InsuredInvoice:
    result = InsuredInvoice(
        reader.text("id"),
        reader.day("due"),
        reader.money("amount", currency),
        reader.money("insured", currency),
        reader.maybe_number("insured_pct"),
    )
    if result.amount < result.insured:
        raise reader.wrong("insured", N_("an amount not above the invoice's"))
    reader.close()
    return result


def interest(case: Reader, language: Language) -> dict[str, object]:
    """Interest on money that is paid late."""
    currency = case.currency("currency", _CURRENCY)
    rule = case.any_case("rule", InterestRule)
    start, end = case.day("from"), case.day("to")
    if end < start:
        raise case.wrong("to", N_("a date that isn't before “from”"))
    owed = case.money("amount", currency)
    if rule is InterestRule.STATUTORY:
        case.refuse("rate")
    pct = None if rule is InterestRule.STATUTORY else case.percent("rate")
    if pct is not None and rule is InterestRule.AGREED and case.has("lpr"):
        pct = at_least_lpr(pct, case.percent("lpr"))
    case.close()
    found = late_interest(owed, start, end, pct)
    return {
        "interest": found.amount.plain,
        "days": found.days,
        "steps": steps_json(found.steps, language),
    }


def premium(case: Reader, language: Language) -> dict[str, object]:
    """What a policy costs a year."""
    currency = case.currency("currency", _CURRENCY)
    read = pricing.PremiumCase(
        turnover=case.money("turnover", currency),
        rate_pct=case.percent("rate_pct"),
        minimum=case.money("minimum", currency, "0"),
        tax_pct=case.percent("tax_pct", "0"),
        limits=case.days("limits", 0),
        limit_fee=case.money("limit_fee", currency, "0"),
        monitoring=case.money("monitoring", currency, "0"),
    )
    case.close()
    found = pricing.premium(read)
    return {
        "premium": found.premium.plain,
        "total": found.total.plain,
        "bps": str(found.bps) if found.bps is not None else None,
        "minimum_bites": found.minimum_bites,
        "steps": steps_json(found.steps, language),
    }


def uscc(case: Reader, language: Language) -> dict[str, object]:
    """A unified social credit code, judged."""
    found = check_uscc(case.text("code", ""))
    case.close()
    return {
        "valid": found.valid,
        "normalized": found.normalized,
        "problems": _findings(found.problems, language),
        "warnings": _findings(found.warnings, language),
        "suggestion": found.suggestion,
    }


def _findings(
    findings: Iterable[Finding], language: Language
) -> list[dict[str, object]]:
    say = words(language).say
    return [{"code": item.code, "message": say(item.message)} for item in findings]


def capitals(case: Reader, _language: Language) -> dict[str, object]:
    """An amount in Chinese capitals."""
    currency = case.currency("currency", _CURRENCY)
    amount = case.money("amount", currency, signed=True)
    ends_with_zheng = case.flag("jiao_zheng", default=False)
    case.close()
    return {"text": in_capitals(amount, jiao_zheng=ends_with_zheng)}
