"""The calculation of a claim: gathered from the desk, computed by the rules, kept for ever."""

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.steps import (
    Step,
    message_from_json,
    message_to_json,
    step_from_json,
    step_to_json,
)
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.claim.indemnity import calculate
from creditdesk.domain.claim.package import Allocation, KeptCalculation
from creditdesk.domain.cover.case import Indemnity, IndemnityCase
from creditdesk.domain.cover.limits import Reason
from creditdesk.domain.duties.rule_words import rule_words
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.policy.choices import LABELS
from creditdesk.domain.policy.clauses import with_clauses
from creditdesk.domain.policy.fields import FieldType, PolicyField
from creditdesk.domain.policy.terms import unconfirmed
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Bilingual, Message
from creditdesk.models import Claim, IndemnityRecord, Invoice, Payment
from creditdesk.readings.cases import money_in_ledger, name_besides
from creditdesk.readings.claims import money_of, part_names
from creditdesk.readings.disputes import NotOwed
from creditdesk.readings.policies import PolicyInForce
from creditdesk.readings.premiums import notes_of
from creditdesk.services.claims.basis import Gathered, basis_of, gather, pair
from creditdesk.services.claims.causes import cause_steps, causes_of
from creditdesk.services.claims.course import provisional_of
from creditdesk.services.claims.goods import as_input, standing
from creditdesk.services.claims.payout import pay_out
from creditdesk.services.claims.remarks import as_they_stand
from creditdesk.services.claims.values import Estimate

_USED = frozenset({
    "insured_pct", "risk_terms", "country_table", "vat_insured", "retention_insured", "interest_insured",
    "deductible_order", "eel", "min_retention", "nql", "nql_type", "afl", "afl_basis", "max_liability",
    "max_liability_basis", "max_liability_multiple", "single_buyer_cap", "allocation_rule", "allocation_switch",
    "limit_mode", "fx_rule", "max_payment_term_days", "max_payment_term", "eom_mode",
    "max_invoicing_days", "mep_days", "stop_variant", "stop_rule",
    "stop_floor", "cancel_notice_days", "attachment_basis", "excluded_buyers",
})  # fmt: skip
"""The fields an indemnity depends on; only their defaults are its assumptions."""
_USED_BY_CAUSE = {
    Cause.REPUDIATION: "insured_pct_repudiation",
    Cause.POLITICAL: "insured_pct_political",
}

RULES = "2026.3"
"""Version of the calculation's rules, kept with each record."""


def estimate(session: Session, claim: Claim, today: date) -> Estimate:
    """The calculation as it would be kept today; what stands against it is told, not raised."""
    gathered = gather(session, claim)
    causes = causes_of(session, claim)
    assumptions = _assumptions(gathered.there, set(causes.values()))
    rule = Message.of(
        N_("Policy's rule: {rule}"),
        rule=LABELS[str(gathered.there.terms.allocation_rule)],
    )
    basis = basis_of(session, claim, gathered, today)
    inputs = {
        **_inputs(claim, gathered, causes),
        "goods": [as_input(row) for row in standing(session, claim)],
        "basis": basis.inputs,
    }
    try:
        made = calculate(basis.case)
    except UserError as refused:
        missing = (refused.said,)
        kept = KeptCalculation(
            kept_on=today, rule_version=RULES, steps=(), result=None, policy_rule=rule,
            assumptions=assumptions, missing=missing,
        )  # fmt: skip
        return Estimate(None, kept, inputs, {}, gathered.there.version_id, missing)
    other = _unless_refused(basis.case, made)
    own = cause_steps(session, claim, gathered.there.terms, basis.case, made)
    loss, *others = made.steps
    steps = _with_clauses((loss, *own, *others), gathered.there, set(causes.values()))
    kept = KeptCalculation(
        kept_on=today,
        rule_version=RULES,
        steps=steps,
        result=made.indemnity,
        policy_rule=rule,
        allocations=_allocations(made, basis.case),
        assumptions=assumptions,
        granted=(*_refusal(made, other, basis.case), *basis.granted(made)),
    )
    paid_out = pay_out(
        made.indemnity,
        notes_of(session, claim.policy_id),
        today,
        provisional_of(session, claim),
    )
    if paid_out is not None:
        kept = replace(kept, steps=(*steps, *paid_out.steps))
    return Estimate(
        made,
        kept,
        inputs,
        _result(made, kept),
        gathered.there.version_id,
        (),
        other.indemnity if other else None,
    )


def _with_clauses(
    steps: Sequence[Step], there: PolicyInForce, causes: Collection[Cause]
) -> tuple[Step, ...]:
    pages = {key: each.page for key, each in there.values.items()}
    return with_clauses(steps, there.texts, pages, _percentages(causes))


def _percentages(causes: Collection[Cause]) -> tuple[str, ...]:
    """The fields that hold the percentages of these causes."""
    found = {_USED_BY_CAUSE.get(cause, "insured_pct") for cause in causes}
    return tuple(sorted(found))


def _unless_refused(case: IndemnityCase, made: Indemnity) -> Indemnity | None:
    """The calculation with the shipments the insurer may refuse (rules.md 2.3, D13c). None: it comes to the same."""
    if not _risky(made):
        return None
    other = calculate(replace(case, waived=case.waived | {Reason.KNOWN_RISK}))
    return None if other.indemnity == made.indemnity else other


def _refusal(
    made: Indemnity, other: Indemnity | None, case: IndemnityCase
) -> Iterator[Message]:
    if other is None:
        return
    text = N_(
        "Left out because the insurer may refuse what was shipped after the risk was known: {invoices}. "
        "If it does not, the indemnity is {other} instead of {amount}."
    )
    yield Message.of(
        text,
        invoices=tuple(case.names[each] for each in _risky(made)),
        other=other.indemnity,
        amount=made.indemnity,
    )


def _risky(made: Indemnity) -> tuple[str, ...]:
    open_ = (row for row in made.rows if row.residual)
    return tuple(row.id for row in open_ if Reason.KNOWN_RISK in row.reasons)


def kept_calculation(session: Session, claim: Claim, record: IndemnityRecord) -> KeptCalculation:  # fmt: skip
    """The record as paper and screen show it: figures and steps as they were kept, remarks as they still stand."""
    result, names = record.result, part_names(record.inputs)
    return KeptCalculation(
        kept_on=record.kept_at.date(),
        rule_version=record.rules,
        steps=tuple(step_from_json(step) for step in result["steps"]),
        result=Money.of_minor(record.amount_minor, record.currency),
        policy_rule=message_from_json(result["policy_rule"]),
        allocations=tuple(
            Allocation(
                number=row["number"],
                due=date.fromisoformat(row["due"]) if row["due"] else None,
                by_policy=money_of(row["by_policy"]),
                by_ledger=money_of(row["by_ledger"]),
                name=names.get(row["number"]),
                # Calculations kept earlier don't tell when an invoice was paid.
                settled_on=date.fromisoformat(row["settled_on"])
                if row.get("settled_on")
                else None,
            )
            for row in result["allocations"]
        ),
        assumptions=tuple(message_from_json(each) for each in result["assumptions"]),
        # Calculations kept before declarations were know of none.
        granted=as_they_stand(
            session,
            claim,
            tuple(message_from_json(each) for each in result.get("granted", ())),
        ),
    )


def reasons_of(record: IndemnityRecord | None) -> dict[str, tuple[str, ...]]:
    """Why each invoice is not covered, as kept; empty without a record."""
    if record is None:
        return {}
    return {row["id"]: tuple(row["reasons"]) for row in record.result["rows"]}


def _assumptions(
    there: PolicyInForce, causes: Collection[Cause]
) -> tuple[Message, ...]:
    """Template values nobody has confirmed against the paper (rules.md 2.2)."""
    used = _USED.union(_percentages(causes))
    return tuple(
        Message.of(
            N_("{field}: {value} (template default)"),
            field=field.label,
            value=_shown(field, there.texts[field.key]),
        )
        for field in unconfirmed(there.texts, there.confirmed)
        if field.key in used
    )


def _shown(field: PolicyField, text: str) -> str | Bilingual | Message:
    if field.type is FieldType.RULE:
        return rule_words(CountRule.parse(text))
    return next(
        (choice.label for choice in field.choices if choice.value == text), text
    )


def _allocations(made: Indemnity, case: IndemnityCase) -> tuple[Allocation, ...]:
    of = {each.id: each for each in case.invoices}
    paid = _settled(made, case)
    return tuple(
        Allocation(
            number=row.id,
            due=of[row.id].due if of[row.id].due_known else None,
            name=of[row.id].name,
            by_policy=row.residual,
            by_ledger=row.ledger_residual,
            settled_on=paid.get(row.id),
        )
        for row in made.rows
    )


def _settled(made: Indemnity, case: IndemnityCase) -> dict[str, date]:
    """The day on which each invoice that is paid in full was, by the policy's rule."""
    on = {credit.id: credit.on for credit in case.credits}
    found: dict[str, date] = {}
    for share in made.allocation.shares:
        if not made.allocation.open[share.debt]:
            day = on[share.credit]
            found[share.debt] = max(day, found.get(share.debt, day))
    return found


def _inputs(
    claim: Claim, gathered: Gathered, causes: Mapping[str, Cause]
) -> dict[str, Any]:
    """Everything the figures were computed from, as plain values."""
    taken = {row.number for row in gathered.invoices if row.kind == DocumentKind.INVOICE}  # fmt: skip
    return {
        "claim": claim.number,
        "cause": claim.cause,
        "causes": {
            number: own.value for number, own in causes.items() if own != claim.cause
        },
        "date_of_loss": claim.date_of_loss.isoformat(),
        "policy": gathered.there.policy.number,
        "terms": dict(sorted(gathered.there.texts.items())),
        "confirmed": sorted(gathered.there.confirmed),
        "documents": [
            _document(row, taken, gathered.not_owed) for row in gathered.invoices
        ],
        "payments": [_payment(row) for row in gathered.payments],
    }


def _document(row: Invoice, taken: Container[str], faults: NotOwed) -> dict[str, Any]:
    """`name`: what the figures call it."""
    besides = row.kind not in {DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE}
    return {
        "number": row.number,
        "name": name_besides(row, taken) if besides else row.number,
        "kind": row.kind,
        "issued": row.issued.isoformat(),
        "due": row.due.isoformat() if row.due else None,
        "shipped": row.shipped.isoformat() if row.shipped else None,
        "amount": pair(money_in_ledger(row.amount_fine, row.currency)),
        "disputed": pair(money_in_ledger(row.disputed_fine, row.currency)),
        "seller_fault": pair(
            money_in_ledger(faults.get((row.buyer_id, row.number), 0), row.currency)
        ),
        "vat_rate": row.vat_rate,
        "invoice_no": row.invoice_no,
        "against": row.against,
        "part": row.part,
        "part_kind": row.part_kind,
    }


def _payment(row: Payment) -> dict[str, Any]:
    return {
        "key": row.key,
        "paid_on": row.paid_on.isoformat(),
        "amount": pair(money_in_ledger(row.amount_fine, row.currency)),
        "against": row.against,
        "memo": row.memo,
        "kind": row.kind,
    }


def _result(made: Indemnity, kept: KeptCalculation) -> dict[str, Any]:
    names = (
        "indemnity",
        "whole_debt",
        "eligible_debt",
        "limit_applied",
        "covered_loss",
        "own_share",
        "own_risk",
        "afl_eroded",
    )
    return {
        **{name: pair(getattr(made, name)) for name in names},
        "date_of_loss": made.date_of_loss.isoformat(),
        "stop_date": made.stop_date.isoformat() if made.stop_date else None,
        "rows": [
            {
                "id": row.id,
                "residual": pair(row.residual),
                "eligible": pair(row.eligible),
                "held": pair(row.held),
                "reasons": [reason.value for reason in row.reasons],
                "insured_pct": str(row.insured_pct),
            }
            for row in made.rows
        ],
        "steps": [step_to_json(step) for step in kept.steps],
        "policy_rule": message_to_json(kept.policy_rule),
        "allocations": [
            {
                "number": each.number,
                "due": each.due.isoformat() if each.due else None,
                "by_policy": pair(each.by_policy),
                "by_ledger": pair(each.by_ledger),
                "settled_on": each.settled_on.isoformat() if each.settled_on else None,
            }
            for each in kept.allocations
        ],
        "assumptions": [message_to_json(each) for each in kept.assumptions],
        "granted": [message_to_json(each) for each in kept.granted],
    }


def documents_of(record: IndemnityRecord) -> Sequence[Mapping[str, Any]]:
    """The documents a record was computed from."""
    documents: Sequence[Mapping[str, Any]] = record.inputs["documents"]
    return documents
