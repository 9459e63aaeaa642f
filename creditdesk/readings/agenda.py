"""Open duties, read in three short statements: by a session, or by a bare connection for the first look."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from creditdesk.catalog.policies import duty_rules
from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.agenda import (
    DEBT_KINDS,
    Agenda,
    DutyId,
    DutyLine,
    NextDuty,
    Waiting,
)
from creditdesk.domain.duties.duties import DutyKind, DutyRule
from creditdesk.domain.ledger.marks import Mark, mark_of
from creditdesk.domain.ledger.naming import Name, document_name

Run = Callable[[str], Iterable[Sequence[Any]]]
"""Runs a statement without parameters and gives its rows."""

_GROUPS = """
SELECT min(safe), policy_id, code, buyer_id, currency, sum(amount_minor), group_concat(id)
FROM duty WHERE state = 'open' {only} GROUP BY policy_id, code, buyer_id, currency
HAVING min(safe) <= '{until}' ORDER BY min(safe), code, min(id)
"""
_NEXT = """
SELECT min(d.safe), d.policy_id, d.code, d.buyer_id, p.template
FROM duty d JOIN policy p ON p.id = d.policy_id
WHERE d.state = 'open' AND d.buyer_id IS NOT NULL {only} GROUP BY d.policy_id, d.code, d.buyer_id, d.currency
ORDER BY min(d.safe), d.code, min(d.id)
"""
_DETAILS = """
SELECT d.id, d.client_id, c.name, d.policy_id, p.number, p.template, d.code, d.buyer_id, b.name, i.number,
       d.anchor_on, d.rule, d.legal, d.safe, d.currency, d.amount_minor, d.provisional, d.calendar_known, i.memo,
       i.part, i.part_kind,
       (SELECT e.outcome FROM bill_end e WHERE e.invoice_id = i.id AND e.voided_at IS NULL)
FROM duty d JOIN client c ON c.id = d.client_id JOIN policy p ON p.id = d.policy_id
LEFT JOIN buyer b ON b.id = d.buyer_id LEFT JOIN invoice i ON i.id = d.invoice_id
WHERE d.id IN ({ids}) ORDER BY d.safe, d.id
"""


def read(
    run: Run,
    *,
    client_id: int | None = None,
    kind: DutyKind | None = None,
    until: date = date.max,
    limit: int | None = None,
) -> Agenda:
    """The open duties with a safe date up to `until`; of the first `limit` things all details."""
    only = "" if client_id is None else f"AND client_id = {client_id:d}"
    if kind is not None:
        codes = ", ".join(
            f"'{rule.code}'" for rule in duty_rules("") if rule.kind is kind
        )
        only += f" AND code IN ({codes})"
    groups = [
        tuple(row) for row in run(_GROUPS.format(only=only, until=until.isoformat()))
    ]
    debts = {rule.code for rule in duty_rules("") if rule.kind in DEBT_KINDS}
    waiting = tuple(
        Waiting(
            date.fromisoformat(safe),
            buyer,
            Money.of_minor(minor, currency),
            code in debts,
        )
        for safe, _, code, buyer, currency, minor, _ in groups
    )
    shown = groups if limit is None else groups[:limit]
    wanted = ",".join(str(ids) for *_, ids in shown)
    details = (
        {row[0]: tuple(row) for row in run(_DETAILS.format(ids=wanted))}
        if wanted
        else {}
    )
    rules: dict[str, Mapping[str, DutyRule]] = {}
    lines = (
        _line([details[int(one)] for one in ids.split(",")], rules) for *_, ids in shown
    )
    return Agenda(tuple(lines), waiting)


def next_of_buyers(run: Run, client_id: int | None = None) -> dict[int, NextDuty]:
    """The first thing to do for each buyer that has any."""
    only = "" if client_id is None else f"AND d.client_id = {client_id:d}"
    rules: dict[str, Mapping[str, DutyRule]] = {}
    found: dict[int, NextDuty] = {}
    for safe, _, code, buyer, template in run(_NEXT.format(only=only)):
        if buyer not in found:
            title = _rules_of(template, rules)[code].title
            found[buyer] = NextDuty(date.fromisoformat(safe), title)
    return found


def _line(
    rows: list[tuple[Any, ...]], rules: dict[str, Mapping[str, DutyRule]]
) -> DutyLine:
    rows.sort(key=lambda row: (row[13], row[0]))
    (_, client_id, client, policy_id, policy, template, code, buyer_id, buyer, *_) = (
        rows[0]
    )
    first = rows[0]
    rule = _rules_of(template, rules)[code]
    return DutyLine(
        ids=tuple(DutyId(row[0]) for row in rows),
        client_id=client_id,
        client=client,
        policy_id=policy_id,
        policy=policy,
        code=code,
        title=rule.title,
        consequence=rule.consequence,
        buyer_id=buyer_id,
        buyer=buyer or "",
        invoices=tuple(row[9] for row in rows if row[9]),
        anchor_on=date.fromisoformat(min(row[10] for row in rows)),
        rule=CountRule.parse(first[11]),
        legal=date.fromisoformat(first[12]),
        safe=date.fromisoformat(first[13]),
        amount=Money.of_minor(sum(row[15] for row in rows), first[14]),
        provisional=bool(first[16]),
        calendar_known=bool(first[17]),
        state="open",
        closed_on=None,
        warn_days=rule.warn_days,
        action=rule.action,
        names=tuple(_name(row) for row in rows if row[9]),
        bills=tuple(
            _name(row)
            for row in rows
            if row[9] and not row[21] and mark_of(row[18] or "", Mark.BILL) is not None
        ),
    )


def _name(row: tuple[Any, ...]) -> Name:
    """What the duty's invoice is called."""
    return document_name(row[9], row[19], row[20])


def _rules_of(
    template: str, known: dict[str, Mapping[str, DutyRule]]
) -> Mapping[str, DutyRule]:
    if template not in known:
        known[template] = {
            rule.code: rule for rule in (*duty_rules(""), *duty_rules(template))
        }
    return known[template]
