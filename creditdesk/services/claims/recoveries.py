"""Recoveries of a claim: each shared by the policy's rule when it comes in, handed over, or voided as a mistake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.db.voids import reason_given
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rate_lines import rates_into, read_lines
from creditdesk.domain.base.rates import Rates, exact, rounded
from creditdesk.domain.base.steps import Step, step_from_json, step_to_json
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.claim.claims import ClaimState, Decision, RecoverySource
from creditdesk.domain.claim.recovery import (
    Earlier,
    InsuredInvoice,
    Recovered,
    Shares,
    share,
)
from creditdesk.domain.ledger.documents import SEVERAL
from creditdesk.domain.ledger.naming import references
from creditdesk.domain.policy.clauses import with_clauses
from creditdesk.i18n import N_, Message
from creditdesk.models import Claim, ClaimStep, IndemnityRecord, JournalEntry, Recovery
from creditdesk.readings.claims import latest_record, money_of, part_names
from creditdesk.readings.policies import policy_on
from creditdesk.readings.queries import FX_RATES, setting
from creditdesk.services.claims.values import (
    CalculationNotKept,
    NewRecovery,
    RecoveryBeforeLoss,
    RecoveryInFuture,
    RecoveryInvoiceUnknown,
    RecoveryLine,
    RemittedBeforeReceived,
)

_EXPECTED = N_("The indemnity is not paid yet: shared by the expected one of {amount}.")


@dataclass(frozen=True, slots=True)
class Shared:
    """A recovery as it would be entered: its rate into the policy's currency, and who gets what."""

    rate: Decimal
    shares: Shares
    rule: str


def shared(session: Session, claim: Claim, new: NewRecovery, today: date) -> Shared:
    """Who gets what of a recovery. Raises where the dates can't be, or nothing was computed yet."""
    _check(claim, new, today)
    record = latest_record(session, claim)
    if record is None:
        raise CalculationNotKept
    there = policy_on(session, claim.policy_id, claim.date_of_loss)
    terms = there.terms
    known = rates_into(terms.currency, read_lines(setting(session, FX_RATES)))
    indemnity = _indemnity(session, claim, record)
    rate = Rates(terms.currency, known).on(new.gross.currency, new.received_on)
    made = share(
        Recovered(
            amount=rounded(exact(new.gross) * rate, terms.currency),
            costs=rounded(exact(new.costs) * rate, terms.currency),
            indemnity=indemnity,
            rule=terms.recovery_rule,
            already_recovered=_had_back(session, claim, terms.currency),
            whole_debt=_result(record, "whole_debt"),
            insured_debt=_result(record, "limit_applied"),
            insured_pct=terms.insured_pct_for(claim.cause),
            invoices=_invoices(record),
            before=_before(session, claim),
            against=_against(record, new.against),
        )
    )
    if claim.paid_minor is None and indemnity:
        note_first = Step("R0", Message.of(_EXPECTED, amount=indemnity), source="4.4")
        made = replace(made, steps=(note_first, *made.steps))
    pages = {key: each.page for key, each in there.values.items()}
    made = replace(made, steps=with_clauses(made.steps, there.texts, pages))
    plain = Decimal(rate.numerator) / Decimal(rate.denominator)
    return Shared(plain, made, terms.recovery_rule.value)


def record(session: Session, claim: Claim, new: NewRecovery, today: date) -> int:
    """Keep it with its shares."""
    database: Database = session.info["database"]
    made = shared(session, claim, new, today)
    shares = made.shares
    row = Recovery(
        claim_id=claim.id,
        received_on=new.received_on,
        source=new.source.value,
        received_currency=new.gross.currency,
        gross_fine=new.gross.fine,
        costs_fine=new.costs.fine,
        rate=str(made.rate),
        currency=shares.net.currency,
        net_minor=shares.net.minor,
        insurer_minor=shares.insurer.minor,
        insured_minor=shares.insured.minor,
        rule=made.rule,
        working=[step_to_json(step) for step in shares.steps],
        note=new.note.strip(),
        against=SEVERAL.join(new.against),
        document_id=new.document,
        recorded_at=database.now(),
        who=database.who,
    )
    session.add(row)
    session.flush()  # the journal names it
    _tell(session, claim, row, "recovered", {"net": shares.net.plain, "insurer": shares.insurer.plain})  # fmt: skip
    return row.id


def remit(session: Session, claim: Claim, recovery_id: int, on: date) -> None:
    """The insurer's share was handed over."""
    row = _the_recovery(session, claim, recovery_id)
    if on < row.received_on:
        raise RemittedBeforeReceived(on=on, received=row.received_on)
    row.remitted_on = on
    _tell(session, claim, row, "remitted", {"on": on.isoformat()})


def void(session: Session, claim: Claim, recovery_id: int, why: str) -> None:
    """The entry was a mistake: it stays, and counts no more. Raises `VoidReasonMissing`."""
    reason = reason_given(why)
    row = _the_recovery(session, claim, recovery_id)
    row.withdrawn = reason
    _tell(session, claim, row, "voided", {"reason": reason})


def lines(session: Session, claim: Claim) -> tuple[RecoveryLine, ...]:
    """The recoveries of a claim, the oldest first, voided ones too."""
    rows = session.scalars(
        select(Recovery)
        .where(Recovery.claim_id == claim.id)
        .order_by(Recovery.received_on, Recovery.id)
    )
    found = rows.all()
    told = _voided(session, [row.id for row in found if row.withdrawn is not None])
    computed = latest_record(session, claim)
    names = part_names(computed.inputs) if computed else {}
    return tuple(_line(row, told, names) for row in found)


def to_hand_over(session: Session, claim: Claim) -> tuple[Money, ...]:
    """What the insurer still has to get of what came in."""
    waiting = [line.insurer for line in lines(session, claim) if line.waits]
    return (Money.total(waiting, waiting[0].currency),) if waiting else ()


def _check(claim: Claim, new: NewRecovery, today: date) -> None:
    if new.received_on > today:
        raise RecoveryInFuture(on=new.received_on)
    if new.received_on <= claim.date_of_loss:
        raise RecoveryBeforeLoss(on=new.received_on, loss=claim.date_of_loss)


def _indemnity(session: Session, claim: Claim, record: IndemnityRecord) -> Money:
    """What the insurer paid; nothing once it refused or the claim was withdrawn; before that, what was computed."""
    paid = claim.paid_minor
    decided = session.scalars(
        select(ClaimStep.decision)
        .where(ClaimStep.claim_id == claim.id, ClaimStep.decision != "")
        .order_by(ClaimStep.id.desc())
        .limit(1)
    ).first()
    if paid is None and (decided == Decision.REFUSED or claim.state == ClaimState.WITHDRAWN):  # fmt: skip
        return Money.zero(record.currency)
    return Money.of_minor(
        record.amount_minor if paid is None else paid, record.currency
    )


def _had_back(session: Session, claim: Claim, currency: str) -> Money:
    counted = [line.insurer for line in lines(session, claim) if not line.voided]
    return Money.total(counted, currency)


def _before(session: Session, claim: Claim) -> tuple[Earlier, ...]:
    """What was shared before, in the order it was entered: each rests on those before it."""
    rows = session.scalars(
        select(Recovery)
        .where(Recovery.claim_id == claim.id, Recovery.withdrawn.is_(None))
        .order_by(Recovery.id)
    )
    return tuple(
        Earlier(Money.of_minor(row.net_minor, row.currency), frozenset(references(row.against)))
        for row in rows
    )  # fmt: skip


def _result(record: IndemnityRecord, key: str) -> Money:
    return money_of(record.result[key])


def _invoices(record: IndemnityRecord) -> tuple[InsuredInvoice, ...]:
    # Where nobody knows the due date the document's own stands for it in the order of payment.
    order = {row["number"]: row["issued"] for row in record.inputs["documents"]}
    order |= {
        row["number"]: row["due"] for row in record.result["allocations"] if row["due"]
    }
    names = part_names(record.inputs)
    return tuple(
        InsuredInvoice(
            row["id"],
            date.fromisoformat(order[row["id"]]),
            money_of(row["residual"]),
            money_of(row["eligible"]),
            # A calculation kept before each invoice had its percentage knows that of the claim alone.
            Decimal(row["insured_pct"]) if "insured_pct" in row else None,
            names.get(row["id"]),
        )
        for row in record.result["rows"]
        if money_of(row["residual"])
    )


def _against(record: IndemnityRecord, numbers: Sequence[str]) -> frozenset[str]:
    open_ = {each.id for each in _invoices(record)}
    unknown = [each for each in numbers if each not in open_]
    if unknown:
        raise RecoveryInvoiceUnknown(numbers=tuple(unknown), open=tuple(sorted(open_)))
    return frozenset(numbers)


def _the_recovery(session: Session, claim: Claim, recovery_id: int) -> Recovery:
    row = session.get(Recovery, recovery_id)
    if row is None or row.claim_id != claim.id or row.withdrawn is not None:
        raise RecordMissing(what=f"recovery {recovery_id}")
    return row


def _tell(
    session: Session, claim: Claim, row: Recovery, what: str, after: dict[str, Any]
) -> None:
    note(session, what, "recovery", row.id, client_id=claim.client_id, after=after)


def _voided(
    session: Session, numbers: Sequence[int]
) -> Mapping[int | None, tuple[datetime, str]]:
    """When these recoveries were voided, and by whom: the journal knows."""
    found = session.execute(
        select(JournalEntry.subject_id, JournalEntry.at, JournalEntry.who).where(
            JournalEntry.subject == "recovery",
            JournalEntry.subject_id.in_(numbers),
            JournalEntry.what.in_(("voided", "withdrawn")),
        )
    )
    return {number: (at, who) for number, at, who in found}


def _line(
    row: Recovery,
    told: Mapping[int | None, tuple[datetime, str]],
    names: Mapping[str, Message],
) -> RecoveryLine:
    steps: tuple[Step, ...] = tuple(step_from_json(step) for step in row.working)
    voided = None
    if row.withdrawn is not None:
        voided = Voided(*told.get(row.id, (row.recorded_at, "")), row.withdrawn)
    return RecoveryLine(
        id=row.id,
        received_on=row.received_on,
        source=RecoverySource(row.source),
        gross=Money.of_fine(row.gross_fine, row.received_currency),
        costs=Money.of_fine(row.costs_fine, row.received_currency),
        rate=Decimal(row.rate),
        net=Money.of_minor(row.net_minor, row.currency),
        insurer=Money.of_minor(row.insurer_minor, row.currency),
        insured=Money.of_minor(row.insured_minor, row.currency),
        remitted_on=row.remitted_on,
        note=row.note,
        against=tuple(names.get(each, each) for each in references(row.against)),
        document_id=row.document_id,
        voided=voided,
        steps=steps,
    )
