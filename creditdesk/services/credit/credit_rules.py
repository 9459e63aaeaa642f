"""The credit rules of a client: kept from a day on, the newest counts."""

from datetime import date

from sqlalchemy.orm import Session

from creditdesk.db.journal import note
from creditdesk.domain.credit.credit_rules import CreditRules, check
from creditdesk.models import CreditPolicy
from creditdesk.readings.credit import credit_rules_on, rules_kept
from creditdesk.readings.queries import the_client
from creditdesk.services.credit.records import written


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


def rules_on(session: Session, client_id: int, on: date) -> CreditRules | None:
    """Those that hold on a day; None: the client has none."""
    return credit_rules_on(session, client_id, on)
