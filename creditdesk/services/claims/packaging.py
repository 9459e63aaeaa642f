"""What a package prints: figures from the kept record, parties and papers from the desk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from creditdesk.catalog.policies import template
from creditdesk.db.database import Database
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Deadline, Party
from creditdesk.domain.claim.claims import GOODS, Cause, RecoverySource
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.domain.claim.package import (
    Allocation,
    ClaimPackage,
    DatedEvent,
    EvidencePiece,
    KeptCalculation,
    PackageGoods,
    PackageInvoice,
    PackagePayment,
)
from creditdesk.domain.duties.duties import CLAIM_FILING
from creditdesk.domain.ledger.documents import CreditKind, DocumentKind
from creditdesk.domain.ledger.naming import paid_names
from creditdesk.i18n import N_, Bilingual, Message
from creditdesk.models import (
    Claim,
    ClaimInvoice,
    ClaimItem,
    Duty,
    FileContent,
    IndemnityRecord,
)
from creditdesk.models import Document as PaperOfDesk
from creditdesk.readings.claims import (
    InvoiceParties,
    claim_invoices,
    money_of,
    notice_sent,
    notices,
    part_names,
    parties,
)
from creditdesk.readings.particulars import particulars
from creditdesk.readings.parties import buyer_party, client_party, firm
from creditdesk.readings.policies import limits_of, policy_on
from creditdesk.services.claims import checklist, recoveries
from creditdesk.services.claims.arranging import marks_said
from creditdesk.services.claims.calculation import reasons_of
from creditdesk.services.claims.form import Known, form

MANDATE = "client.mandate"
"""The policyholder's mandate for the firm: with it the firm signs as its agent."""
NOTICE_ITEM = "C01"
"""The notice of probable loss among the papers of a claim."""
_CONTENT = select(FileContent.content).where(FileContent.digest == bindparam("digest"))
"""Asked hundreds of times for one package."""


def package(
    session: Session,
    claim: Claim,
    calculation: KeptCalculation,
    inputs: Mapping[str, Any],
    record: IndemnityRecord | None,
) -> ClaimPackage:
    """Everything the package prints. `inputs` are the record's own; without a record, today's."""
    there = policy_on(session, claim.policy_id, claim.date_of_loss)
    rows = claim_invoices(session, claim)
    claimed = parties(session, claim)
    invoices = _invoices(inputs, calculation, record, claim, claimed)
    notified = notice_sent(session, claim)
    texts = there.texts
    return ClaimPackage(
        number=claim.number,
        prepared_on=calculation.kept_on,
        firm=firm(session),
        insurer=Party(
            name=there.policy.insurer, address=texts.get("insurer_branch", "")
        ),
        policyholder=client_party(session, claim.client_id),
        buyer=buyer_party(session, claim.buyer_id),
        policy_no=there.policy.number,
        policy_title=template(there.policy.template).title,
        policy_start=there.policy.period_start,
        policy_end=there.policy.period_end,
        cause=Cause(claim.cause),
        export=claim.export,
        date_of_loss=claim.date_of_loss,
        amount=calculation.result,
        calculation=calculation,
        invoices=invoices,
        payments=_payments(inputs, claim),
        goods=_goods(session, claim, inputs),
        checklist=checklist.rows(session, claim, generated=True),
        evidence=tuple(_pieces(session, claim)),
        form=form(
            session,
            claim,
            Known(
                there=there,
                rows=rows,
                invoices=invoices,
                calculation=calculation,
                inputs=inputs,
                notified=notified,
            ),
        ),
        narrative=claim.narrative,
        chronology=tuple(
            sorted(_events(session, claim, invoices), key=lambda event: event.on)
        ),
        loss_payee=Party(name=texts["loss_payee"]) if texts.get("loss_payee") else None,
        notice_sent_on=notified,
        agent=bool(
            particulars(session, Owner(of=Of.CLIENT, id=claim.client_id)).get(MANDATE)
        ),
    )


def file_by(session: Session, claim: Claim) -> Deadline | None:
    """The first day by which one of the claim's invoices must be claimed; None while no duty says so."""
    found = session.execute(
        select(Duty.legal, Duty.safe)
        .join(ClaimInvoice, ClaimInvoice.invoice_id == Duty.invoice_id)
        .where(
            ClaimInvoice.claim_id == claim.id,
            Duty.code == CLAIM_FILING,
            Duty.state.in_(("open", "done")),
        )
        .order_by(Duty.safe)
        .limit(1)
    ).first()
    return Deadline(found.legal, found.safe) if found else None


def _receipts(session: Session, claim: Claim) -> Iterator[PaperOfDesk]:
    """The papers kept with the claim's notices, which prove that they were sent."""
    for row in notices(session, claim):
        if row.receipt_id is not None:
            yield session.get_one(PaperOfDesk, row.receipt_id)


def _invoices(
    inputs: Mapping[str, Any],
    calculation: KeptCalculation,
    record: IndemnityRecord | None,
    claim: Claim,
    claimed: Mapping[str, InvoiceParties],
) -> tuple[PackageInvoice, ...]:
    left = {each.number: each for each in calculation.allocations}
    reasons = reasons_of(record)
    names = part_names(inputs)
    causes = inputs.get(
        "causes", {}
    )  # calculations kept earlier know the claim's alone
    return tuple(
        replace(
            _invoice(row, left, reasons, claim.date_of_loss),
            name=names.get(row.get("name", row["number"])),
            claimed=row["kind"] == DocumentKind.INVOICE and row["number"] in claimed,
            loss_payee=_whose(row, claimed).loss_payee,
            joint_insured=_whose(row, claimed).joint_insured,
            cause=Cause(causes[row["number"]])
            if row["kind"] == DocumentKind.INVOICE and row["number"] in causes
            else None,
        )
        for row in inputs["documents"]
        if date.fromisoformat(row["issued"]) <= claim.date_of_loss
    )


def _whose(
    row: Mapping[str, Any], claimed: Mapping[str, InvoiceParties]
) -> InvoiceParties:
    if row["kind"] != DocumentKind.INVOICE:
        return InvoiceParties()
    return claimed.get(row["number"], InvoiceParties())


def _invoice(
    row: Mapping[str, Any],
    left: Mapping[str, Allocation],
    reasons: Mapping[str, tuple[str, ...]],
    on: date,
) -> PackageInvoice:
    amount = money_of(row["amount"])
    due = _day(row["due"])
    issued = date.fromisoformat(row["issued"])
    disputed = money_of(row["disputed"])
    note = row["kind"] == DocumentKind.CREDIT_NOTE
    name = row.get("name", row["number"])
    nothing = Money.zero(amount.currency)
    mine = None if note else left.get(name)
    open_ = mine.by_policy if mine else nothing
    until = on if open_ or note else mine and mine.settled_on
    return PackageInvoice(
        number=row["number"],
        issued=issued,
        due=due,
        amount=amount,
        # A red-letter row may carry the number of its invoice; what is open is the invoice's.
        open=open_,
        days_overdue=(until - due).days if due and until else None,
        invoice_no=row["invoice_no"],
        shipped=_day(row["shipped"]),
        disputed=disputed or None,
        credit_note=note,
        reasons=() if note else reasons.get(name, ()),
    )


def _payments(inputs: Mapping[str, Any], claim: Claim) -> tuple[PackagePayment, ...]:
    names = part_names(inputs)
    return tuple(
        PackagePayment(
            paid_on=date.fromisoformat(row["paid_on"]),
            amount=money_of(row["amount"]),
            booked_to=paid_names(names.get, row["key"], row["against"]),
            memo=row["memo"],
            # Calculations kept before adjustments were told apart know of receipts only.
            is_receipt=row.get("kind", CreditKind.RECEIPT) == CreditKind.RECEIPT,
        )
        for row in inputs["payments"]
        if date.fromisoformat(row["paid_on"]) <= claim.date_of_loss
        and Decimal(row["amount"][0])
    )


def _goods(
    session: Session, claim: Claim, inputs: Mapping[str, Any]
) -> tuple[PackageGoods, ...]:
    """What goods brought: up to the loss as the calculation counted it, later as the recoveries that stand."""
    names = part_names(inputs)
    before = (
        PackageGoods(
            on=date.fromisoformat(row["on"]),
            kind=RecoverySource(row["kind"]),
            invoices=(names.get(row["invoice"]) or row["invoice"],),
            gross=money_of(row["gross"]),
            costs=money_of(row["costs"]),
        )
        # Calculations kept earlier know of none.
        for row in inputs.get("goods", ())
    )
    after = (
        PackageGoods(
            on=line.received_on,
            kind=line.source,
            invoices=line.against,
            gross=line.gross,
            costs=line.costs,
            insurer=line.insurer,
        )
        for line in recoveries.lines(session, claim)
        if line.source in GOODS and not line.voided
    )
    return (*before, *after)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _pieces(session: Session, claim: Claim) -> Iterator[EvidencePiece]:
    database: Database = session.info["database"]
    titles = {
        item.code: Bilingual(item.title_zh, item.title_en)
        for item in session.scalars(
            select(ClaimItem).where(ClaimItem.claim_id == claim.id)
        )
    }
    attached = checklist.evidence(session, claim)
    there = {line.digest for line in attached}
    for paper in _receipts(session, claim):
        if paper.digest not in there and NOTICE_ITEM in titles:
            yield EvidencePiece(
                item=NOTICE_ITEM,
                title=titles[NOTICE_ITEM],
                file_name=paper.file_name,
                digest=paper.digest,
                media=paper.media,
                read=_reader(database, paper.digest),
            )
    for line in attached:
        yield EvidencePiece(
            item=line.item,
            title=titles[line.item],
            file_name=line.file_name,
            digest=line.digest,
            media=line.media,
            read=_reader(database, line.digest),
            excerpt=line.excerpt,
            remarks=marks_said(line),
        )


def _reader(database: Database, digest: str) -> Callable[[], bytes]:
    def read() -> bytes:
        with database.read() as session:
            found = session.connection().execute(_CONTENT, {"digest": digest})
            return bytes(found.scalar_one())

    return read


def _events(
    session: Session, claim: Claim, invoices: Sequence[PackageInvoice]
) -> Iterator[DatedEvent]:
    debts = [each for each in invoices if not each.credit_note]
    if debts:
        first = min(debts, key=lambda each: each.issued)
        yield DatedEvent(
            first.issued,
            Message.of(
                N_("First invoice {number}, {amount}."),
                number=first.called,
                amount=first.amount,
            ),
        )
    unpaid = [each for each in debts if each.open and each.due]
    if unpaid:
        due, oldest = min(
            ((each.due, each) for each in unpaid if each.due), key=itemgetter(0)
        )
        yield DatedEvent(
            due + timedelta(days=1),
            Message.of(
                N_("Invoice {number} is overdue and not paid."), number=oldest.called
            ),
        )
    for decision in limits_of(session, claim.policy_id, claim.buyer_id):
        yield DatedEvent(
            decision.start,
            Message.of(N_("Credit limit {amount} in force."), amount=decision.in_force),
        )
    sent = notice_sent(session, claim)
    if sent:
        yield DatedEvent(
            sent, Message(N_("The insurer was notified of the overdue invoices."))
        )
    yield DatedEvent(claim.date_of_loss, Message(N_("Date of loss.")))
