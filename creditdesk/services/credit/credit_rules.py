"""The credit rules of a client: kept from a day on, the newest counts."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import standing_row, void, voided
from creditdesk.domain.credit.credit_rules import CreditRules, check
from creditdesk.i18n import N_
from creditdesk.models import CreditPolicy
from creditdesk.readings.credit import credit_rules_on, rules_kept, rules_of
from creditdesk.readings.queries import the_client
from creditdesk.services.credit.records import written
from creditdesk.services.credit.values import RulesLine

_CALLED = N_("Credit rules {number}")


def keep(session: Session, client_id: int, rules: CreditRules) -> int:
    """From its day on the client goes by these; the answer is their number."""
    check(rules)
    client = the_client(session, client_id)
    at, who = written(session)
    row = CreditPolicy(
        client_id=client.id,
        since=rules.since,
        currency=rules.currency,
        rules=rules_kept(rules),
        recorded_at=at,
        who=who,
    )
    session.add(row)
    session.flush()  # the journal names it
    note(
        session, "added", "credit_policy", row.id, client_id=client.id,
        after={"since": rules.since.isoformat(), "levels": len(rules.levels)},
    )  # fmt: skip
    return row.id


def lines(session: Session, client_id: int) -> tuple[RulesLine, ...]:
    """All rules of a client, the newest day first, voided ones too."""
    rows = session.scalars(
        select(CreditPolicy)
        .where(CreditPolicy.client_id == client_id)
        .order_by(CreditPolicy.since.desc(), CreditPolicy.id.desc()),
        execution_options=WITH_VOIDED,
    )
    return tuple(
        RulesLine(
            id=row.id,
            rules=rules_of(row),
            recorded_at=row.recorded_at,
            who=row.who,
            voided=voided(row),
        )
        for row in rows
    )


def take_back(session: Session, number: int, why: str) -> None:
    """Rules were kept by mistake: those before them hold again."""
    row = standing_row(session, CreditPolicy, number, _CALLED)
    void(session, row, why, subject="credit_policy", number=number, client=row.client_id)  # fmt: skip


def rules_on(session: Session, client_id: int, on: date) -> CreditRules | None:
    """Those that hold on a day; None: the client has none."""
    return credit_rules_on(session, client_id, on)
