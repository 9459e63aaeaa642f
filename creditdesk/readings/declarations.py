"""What must be declared, what the ledger says of it and what was declared, for every service that asks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, exists, func, select, text
from sqlalchemy.orm import Session, aliased

from creditdesk.catalog.policies import duty_rules
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.in_scope import Customer, InScope, LedgerRow
from creditdesk.domain.declare.declarations import (
    DUTIES,
    DeclarationKind,
    Obligation,
    Period,
    Version,
    counts_shipments,
    in_force,
    obligations,
)
from creditdesk.domain.declare.declared import Declared, DeclaredLine
from creditdesk.domain.duties.duties import Duties
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.models import (
    Buyer,
    Declaration,
    DeclarationLine,
    DeclarationTotal,
    Invoice,
    Policy,
    PolicyVersion,
)
from creditdesk.readings.calendars import calendar_of
from creditdesk.readings.merged import standing
from creditdesk.readings.policies import values_of

_LOOK_BACK = timedelta(days=366)
_DECLARED_KINDS = (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE)
"""How long before a policy an invoice may be dated that a credit note of its time belongs to."""


@dataclass(frozen=True, slots=True)
class AskedToDeclare:
    """What a policy wants declared over its period, by the terms of each time."""

    policy: Policy
    versions: tuple[Version, ...]
    obligations: tuple[Obligation, ...]

    @property
    def span(self) -> Period:
        """The policy's period."""
        return Period(self.policy.period_start, self.policy.period_end)

    def terms_on(self, day: date) -> PolicyTerms:
        """The terms in force on a day."""
        return in_force(self.versions, day).duties.terms

    def scope_on(self, day: date) -> InScope:
        """What the policy covers on a day."""
        return InScope.of(self.terms_on(day))


def asked_of(session: Session, policy: Policy) -> AskedToDeclare:
    """Everything to declare under a policy, oldest first."""
    versions = versions_of(session, policy)
    span = Period(policy.period_start, policy.period_end)
    shipped: tuple[date, ...] = ()
    if counts_shipments(versions):
        shipped = shipment_days(session, policy.client_id, span)
    return AskedToDeclare(policy, versions, obligations(versions, span, shipped))


def versions_of(session: Session, policy: Policy) -> tuple[Version, ...]:
    """The duties of a policy as its endorsements changed them, by their first day."""
    own = {rule.code for rule in duty_rules(policy.template)}
    found = session.execute(
        select(PolicyVersion.id, PolicyVersion.effective_from)
        .where(PolicyVersion.policy_id == policy.id)
        .order_by(PolicyVersion.effective_from, PolicyVersion.id)
    ).all()
    return tuple(
        Version(
            row.effective_from,
            _duties(session, row.id),
            DUTIES[DeclarationKind.YEAR] in own,
        )
        for row in found
    )


def shipment_days(session: Session, client_id: int, span: Period) -> tuple[date, ...]:
    """The days on which a client shipped, by its ledger."""
    day = func.coalesce(Invoice.shipped, Invoice.issued)
    found = session.scalars(
        select(day)
        .where(
            Invoice.client_id == client_id,
            Invoice.kind == DocumentKind.INVOICE,
            day.between(span.start, span.end),
        )
        .distinct()
    )
    return tuple(found)


def declared_of(
    session: Session, policy_id: int, *, buyer_id: int | None = None
) -> tuple[Declared, ...]:
    """Every declaration of a policy, corrected ones too, in the order in which they were recorded.

    `buyer_id`: only the lines of one buyer.
    """
    totals = _totals(session, policy_id)
    lines = _lines(session, policy_id, buyer_id)
    return tuple(
        replace(
            each,
            totals=tuple(totals.get(each.id, ())),
            lines=tuple(lines.get(each.id, ())),
        )
        for each in declarations_of(session, policy_id)
    )


def declarations_of(session: Session, policy_id: int) -> tuple[Declared, ...]:
    """The same without what they say: when what was declared."""
    rows = session.scalars(
        select(Declaration)
        .where(Declaration.policy_id == policy_id)
        .order_by(Declaration.id)
    )
    return tuple(
        Declared(
            id=row.id,
            kind=DeclarationKind(row.kind),
            period=Period(row.period_from, row.period_to),
            on=row.declared_on,
            totals=(),
            way=row.way,
            reference=row.reference,
            corrects=row.corrects,
            withdrawal=row.withdrawal,
            document_id=row.document_id,
            recorded_at=row.recorded_at,
            who=row.who,
        )
        for row in rows
    )


def ledger_rows(
    session: Session,
    client_id: int,
    *,
    until: date,
    since: date | None = None,
    missing_in: int | None = None,
) -> tuple[LedgerRow, ...]:
    """A client's documents up to a day, with what a declaration asks of them; paid ones too.

    `since`: what is declared from this day on; earlier invoices come along as far as credit notes may belong to them.
    `missing_in`: only what no declaration of this policy holds.
    """
    columns = (
        Invoice.buyer_id, Invoice.number, Invoice.kind, Invoice.issued, Invoice.shipped, Invoice.due, Invoice.currency,
        Invoice.amount_fine, Invoice.net_fine, Invoice.vat_fine, Invoice.vat_rate, Invoice.against, Invoice.term,
    )  # fmt: skip
    found = session.execute(
        select(*columns)
        .where(
            Invoice.client_id == client_id,
            Invoice.kind.in_(_DECLARED_KINDS),
            Invoice.issued >= (since - _LOOK_BACK if since else date.min),
            func.coalesce(Invoice.shipped, Invoice.issued) <= until,
            *([] if missing_in is None else [~_held(missing_in)]),
        )
        .order_by(Invoice.issued, Invoice.number)
    )
    buyers = customers(session, client_id)
    return tuple(
        LedgerRow(
            buyer=buyers[row.buyer_id],
            number=row.number,
            kind=DocumentKind(row.kind),
            issued=row.issued,
            shipped=row.shipped if row.kind == DocumentKind.INVOICE else None,
            due=row.due,
            amount=Money.of_fine(row.amount_fine, row.currency),
            net=_fine(row.net_fine, row.currency),
            vat=_fine(row.vat_fine, row.currency),
            vat_rate=Decimal(row.vat_rate) if row.vat_rate else None,
            against=row.against,
            term=row.term,
        )
        for row in found
    )


@dataclass(frozen=True, slots=True)
class PeriodSum:
    """Documents of one period and currency together; `amount` is rounded document by document.

    `named`: credit notes that name an invoice. `place`: which of the periods asked for. `buyer_id` and `term` only
    where they were to be told apart.
    """

    place: int
    buyer_id: int | None
    term: str
    kind: DocumentKind
    named: bool
    amount: Money
    count: int


def period_sums(
    session: Session,
    client_id: int,
    span: Period,
    periods: Sequence[Period],
    *,
    by_buyer: bool,
) -> tuple[PeriodSum, ...]:
    """What `ledger_rows` gives for periods that don't overlap, in order, summed in the database.

    `by_buyer`: buyers and their terms of payment apart.
    """
    apart = "buyer_id, term" if by_buyer else "NULL AS buyer_id, '' AS term"
    place = " ".join(
        f"WHEN day <= '{period.end}' THEN iif(day >= '{period.start}', {at}, NULL)"
        for at, period in enumerate(periods)
    )
    found = session.execute(
        text(
            _PERIODS.format(
                place=place, apart=apart, most=span.end, least=span.start - _LOOK_BACK
            )
        ),
        {"client": client_id},
    )
    return tuple(
        PeriodSum(
            row.place,
            row.buyer_id,
            row.term,
            DocumentKind(row.kind),
            bool(row.named),
            Money.of_minor(row.minor, row.currency),
            row.documents,
        )
        for row in found
    )


_PERIODS = """
SELECT CASE {place} END AS place, {apart}, kind, against <> '' AND kind <> 'invoice' AS named, currency,
    sum((amount_fine + 5000) / 10000) AS minor, count(*) AS documents
FROM (
    SELECT buyer_id, term, kind, against, currency, amount_fine,
        iif(kind = 'invoice', coalesce(shipped, issued), issued) AS day
    FROM invoice
    WHERE client_id = :client AND kind IN ('invoice', 'credit_note')
        AND issued >= '{least}' AND coalesce(shipped, issued) <= '{most}'
)
GROUP BY 1, 2, 3, 4, 5, 6 HAVING place IS NOT NULL
"""
"""Half a minor unit is 5,000 fine ones: amounts are not negative."""


def terms_told(
    session: Session, client_id: int, span: Period
) -> tuple[tuple[int, str], ...]:
    """The terms of payment of each buyer's documents that `ledger_rows` gives."""
    found = session.execute(
        select(Invoice.buyer_id, Invoice.term)
        .where(
            Invoice.client_id == client_id,
            Invoice.kind.in_(_DECLARED_KINDS),
            Invoice.issued >= span.start - _LOOK_BACK,
            func.coalesce(Invoice.shipped, Invoice.issued) <= span.end,
        )
        .distinct()
    )
    return tuple((row.buyer_id, row.term) for row in found)


def _held(policy_id: int) -> ColumnElement[bool]:
    """Whether a declaration of this policy that stands names the document."""
    later = aliased(Declaration)
    return exists().where(
        ~exists().where(later.corrects == Declaration.id),
        DeclarationLine.buyer_id == Invoice.buyer_id,
        DeclarationLine.number == Invoice.number,
        DeclarationLine.kind == Invoice.kind,
        DeclarationLine.declaration_id == Declaration.id,
        Declaration.policy_id == policy_id,
    )


def customers(session: Session, client_id: int) -> dict[int, Customer]:
    """The buyers of a client, by everything a policy may name them by; a merged number leads to the other buyer."""
    there = standing(session, client_id)
    rows = session.execute(
        select(Buyer.id, Buyer.name, Buyer.code, Buyer.uscc, Buyer.country).where(
            Buyer.client_id == client_id
        )
    ).all()
    former: dict[int, tuple[str, ...]] = {}
    for row in rows:
        if row.id in there.into:
            into = there.of(row.id)
            former[into] = (*former.get(into, ()), row.name, row.code, row.uscc)
    found = {
        row.id: Customer(
            id=row.id,
            name=row.name,
            code=row.code,
            uscc=row.uscc,
            country=row.country,
            former=former.get(row.id, ()),
        )
        for row in rows
        if row.id not in there.into
    }
    return found | {gone: found[there.of(gone)] for gone in there.into}


def _duties(session: Session, version_id: int) -> Duties:
    texts = {key: value.text for key, value in values_of(session, version_id).items()}
    terms = PolicyTerms.read(texts)
    # All duties there are: a policy may be declared otherwise than its template foresees.
    work = calendar_of(session, terms.calendar_country)
    return Duties(duty_rules(""), terms, work)


def _totals(session: Session, policy_id: int) -> dict[int, list[Money]]:
    rows = session.execute(
        select(DeclarationTotal)
        .join(Declaration, Declaration.id == DeclarationTotal.declaration_id)
        .where(Declaration.policy_id == policy_id)
        .order_by(DeclarationTotal.currency)
    ).scalars()
    found: dict[int, list[Money]] = {}
    for row in rows:
        amount = Money.of_minor(row.amount_minor, row.currency)
        found.setdefault(row.declaration_id, []).append(amount)
    return found


def _lines(
    session: Session, policy_id: int, buyer_id: int | None
) -> dict[int, list[DeclaredLine]]:
    columns = (
        DeclarationLine.declaration_id, DeclarationLine.buyer_id, DeclarationLine.number, DeclarationLine.kind,
        DeclarationLine.currency, DeclarationLine.amount_minor,
    )  # fmt: skip
    statement = (
        select(*columns)
        .join(Declaration, Declaration.id == DeclarationLine.declaration_id)
        .where(Declaration.policy_id == policy_id)
        .order_by(DeclarationLine.id)
    )
    if buyer_id is not None:
        statement = statement.where(DeclarationLine.buyer_id == buyer_id)
    rows = session.execute(statement)
    found: dict[int, list[DeclaredLine]] = {}
    for declaration, buyer, number, kind, currency, minor in rows:
        line = DeclaredLine((buyer, number, kind), Money.of_minor(minor, currency))
        found.setdefault(declaration, []).append(line)
    return found


def _fine(fine: int | None, currency: str) -> Money | None:
    return None if fine is None else Money.of_fine(fine, currency)
