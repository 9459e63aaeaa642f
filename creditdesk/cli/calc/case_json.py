"""Writes the case of an indemnity as `calc indemnity` reads it, so that both answer the same (commands.md)."""

from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal

from creditdesk.cli.calc.documents import CaseDocumentKind
from creditdesk.domain.cover.case import CaseInvoice, IndemnityCase
from creditdesk.domain.cover.insured_debt import Debts, shipments
from creditdesk.domain.cover.limits import Limit, Reason
from creditdesk.domain.ledger.allocation import Credit
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.domain.policy.choices import AttachmentBasis

Values = dict[str, object]


def case_json(case: IndemnityCase) -> Values:
    """The case with what came up to the date of loss; raises the `UserError`s of a case that can't be judged.

    What a case has no words for, such as events that stopped cover or a longest term in words, stands with each
    invoice as the reason that follows from it.
    """
    debts = Debts(case)
    reasons = {each.invoice.id: each.reasons for each in shipments(debts)}
    invoices = [each for each in case.invoices if each.id in reasons]
    credits_ = [each for each in case.credits if each.on <= case.date_of_loss]
    taken = {each.id for each in invoices}
    own = case.discretionary
    used = {each.amount.currency for each in invoices}
    used.update(credit.amount.currency for credit in credits_)
    used.update(limit.amount.currency for limit in case.limits)
    return {
        "policy": _policy(debts),
        "limits": [_limit(each) for each in case.limits],
        "discretionary": None
        if own is None
        else {
            "amount": own.amount.plain,
            "pct": _number(own.pct),
            "basis": own.basis,
            "evidence_date": own.evidence_date,
            "adverse_on": own.adverse_on,
        },
        "stop_date": case.stop_date,
        "claim_date": case.claim_date,
        "date_of_loss": case.date_of_loss,
        "fx": [
            {"currency": each.currency, "date": each.on, "rate": _number(each.rate)}
            for each in case.rates
            if each.currency in used
        ],
        "documents": [
            *(_invoice(each, reasons[each.id]) for each in invoices),
            *_credits(credits_, taken),
        ],
    }


def _policy(debts: Debts) -> Values:
    case, terms = debts.case, debts.case.terms
    # A stop that depends on more than the ledger's own due dates is told by the reasons alone.
    plain = not case.events and all(each.due_known for each in case.invoices)
    stops = plain and terms.stop_reason is Reason.STOPPED
    by_shipment = terms.attachment_basis is AttachmentBasis.RISK_ATTACHING
    return {
        "currency": terms.currency,
        "insured_pct": _number(terms.insured_pct),
        "deductible_order": terms.deductible_order,
        "eel": _number(terms.eel),
        "min_retention": _number(terms.min_retention),
        "nql": _number(terms.nql),
        "nql_type": terms.nql_type,
        "afl": _number(terms.afl),
        "afl_used": _number(terms.afl_used),
        "afl_basis": terms.afl_basis,
        "max_liability": _number(terms.max_liability),
        "max_liability_used": _number(terms.max_liability_used),
        "single_buyer_cap": _number(terms.single_buyer_cap),
        "vat_insured": terms.vat_insured,
        "retention_insured": terms.retention_insured,
        "allocation_rule": terms.allocation_rule,
        "allocation_switch": debts.switch,
        "limit_mode": terms.limit_mode,
        "fx_rule": terms.fx_rule,
        "max_payment_term_days": terms.max_payment_term_days,
        "mep_days": terms.mep_days if stops else None,
        "stop_floor": _number(terms.stop_floor),
        "period": list(terms.period) if terms.period and by_shipment else None,
        "reduction_pct": _number(terms.reduction_pct),
        "cancel_notice_days": terms.cancel_notice_days,
    }


def _limit(limit: Limit) -> Values:
    return {
        "from": limit.start,
        "to": limit.end,
        "amount": limit.amount.plain,
        "currency": limit.amount.currency,
        "state": limit.state,
        "payment_method": limit.payment_method,
        "max_term_days": limit.max_term_days if limit.max_term is None else None,
    }


def _invoice(invoice: CaseInvoice, reasons: Sequence[Reason]) -> Values:
    head: Values = {
        "id": invoice.id,
        "kind": CaseDocumentKind.INVOICE,
        "date": invoice.issued,
        "amount": _number(invoice.amount.amount),
        "currency": invoice.amount.currency,
    }
    if invoice.is_opening:
        return {**head, "kind": CaseDocumentKind.OPENING}
    part = PartKind.RETENTION if invoice.is_retention else None
    return {
        **head,
        "due": invoice.due,
        "shipped": invoice.shipped,
        "vat_rate": _number(invoice.vat_rate),
        "disputed": _number(invoice.disputed),
        "seller_fault": _number(invoice.seller_fault),
        "payment_method": invoice.payment_method,
        "insured_pct": _number(invoice.insured_pct),
        "vat_insured": invoice.vat_insured,
        "part_kind": part,
        "reasons": list(reasons),
    }


def _credits(credits_: Iterable[Credit], invoices: Container[str]) -> Iterator[Values]:
    """Each under a name of its own; what names invoices that are not in the case names nothing."""
    names: set[str] = set()
    for each in credits_:
        kind, key = CaseDocumentKind.PAYMENT, "for"
        if each.is_note:
            kind, key = CaseDocumentKind.CREDIT_NOTE, "against"
        elif each.tied:
            kind, key = CaseDocumentKind.DEPOSIT, "against"
        to = [one for one in (each.to, *each.also) if one is not None and one in invoices]  # fmt: skip
        if each.tied and not to:
            kind, key = CaseDocumentKind.PAYMENT, "for"
        name = _free(each.id, kind, invoices, names)
        names.add(name)
        yield {
            "id": name,
            "kind": kind,
            "date": each.on,
            "amount": _number(each.amount.amount),
            "currency": each.amount.currency,
            key: to[0] if len(to) == 1 else to or None,
        }


def _free(
    name: str, kind: CaseDocumentKind, invoices: Container[str], names: Container[str]
) -> str:
    """A number may stand on an invoice and on its credit note; in a case every document has its own."""
    place, free = 1, name
    while free in invoices or free in names:
        free = f"{name} ({kind}{'' if place == 1 else f' {place}'})"
        place += 1
    return free


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
