"""Reads what `policy what-if` is asked, and answers it (commands.md)."""

from creditdesk.cli.calc.case_json import case_json
from creditdesk.cli.reading import Reader
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.case import Indemnity
from creditdesk.domain.insurers.what_if import (
    BuyerFails,
    Exposure,
    ExposureDay,
    Indemnified,
    Indication,
    LimitFactor,
    OtherPolicy,
    OwnPolicy,
    Replayed,
    Slower,
    Stress,
    WhatIf,
)
from creditdesk.i18n import N_
from creditdesk.workspace import Desk

_SAME = "SAME"
_BUYER_FAILS, _SLOWER, _LIMIT_FACTOR = "BUYER_FAILS", "SLOWER", "LIMIT_FACTOR"


def asked_of(case: Reader, desk: Desk) -> WhatIf:
    """The question, with the client and buyers of the desk it names."""
    name = case.text("client").strip()
    client = desk.clients.named(name)
    start, end = case.day("from"), case.day("to")
    policies = tuple(_policy(each, desk, client) for each in case.objects("policies"))
    stresses = tuple(
        _stress(each, desk, client) for each in case.objects("stress", required=False)
    )
    case.close()
    return WhatIf(client, name, start, end, policies, stresses)


def _policy(case: Reader, desk: Desk, client: int) -> OwnPolicy | OtherPolicy:
    if case.has("number"):
        case.refuse("template", "name", "set", "limits")
        own = OwnPolicy(case.text("number").strip())
        case.close()
        return own
    template, name = case.text("template"), case.text("name").strip()
    given = case.maybe_part("set")
    other = OtherPolicy(
        template, name, _values(given) if given else {}, _limits(case, desk, client)
    )
    case.close()
    return other


def _values(given: Reader) -> dict[str, str]:
    """Texts by field; a number or true and false may stand without quotation marks."""
    found: dict[str, str] = {}
    for key in given.keys:
        value = given.fact(key)
        found[key] = str(value).lower() if isinstance(value, bool) else str(value)
    return found


def _limits(case: Reader, desk: Desk, client: int) -> tuple[Indication, ...]:
    if not case.has("limits") or case.is_text("limits"):
        if case.text("limits", _SAME) != _SAME:
            raise case.wrong("limits", N_("SAME, or a list of limits"))
        return ()
    return tuple(_indication(each, desk, client) for each in case.objects("limits"))


def _indication(case: Reader, desk: Desk, client: int) -> Indication:
    buyer = case.text("buyer").strip()
    number = desk.buyers.named(client, buyer)
    amount = case.number("amount")
    result = Indication(number, buyer, amount, case.day("from"))
    case.close()
    return result


def _stress(case: Reader, desk: Desk, client: int) -> Stress:
    kind = case.text("kind")
    found: Stress
    if kind == _SLOWER:
        found = Slower(case.days("days"))
    elif kind == _BUYER_FAILS:
        buyer = case.text("buyer").strip()
        found = BuyerFails(desk.buyers.named(client, buyer), buyer, case.day("on"))
    elif kind == _LIMIT_FACTOR:
        buyer = case.text("buyer").strip()
        number = desk.buyers.named(client, buyer)
        found = LimitFactor(number, buyer, case.number("factor"))
    else:
        choices = (_BUYER_FAILS, _SLOWER, _LIMIT_FACTOR)
        raise case.wrong("kind", N_("one of {choices}"), choices=choices)
    case.close()
    return found


def answer(found: tuple[Replayed, ...]) -> list[dict[str, object]]:
    """Every policy, in the order given."""
    return [_replayed(each) for each in found]


def _replayed(found: Replayed) -> dict[str, object]:
    exposure = found.exposure
    return {
        "name": found.name,
        "own": found.is_own,
        "currency": found.currency,
        "premium": found.premium,
        "cost": found.cost,
        "refused": found.refused,
        **_exposure(exposure),
        "duties": {
            "due": found.duties.due,
            "late": found.duties.late,
            "at_stake": {each.currency: each for each in found.duties.at_stake},
        },
        "stops": [{"buyer": each.buyer, "on": each.on} for each in found.stops],
        "indemnities": [_indemnified(each) for each in found.indemnities],
        "indemnity": found.indemnity,
        "net": found.net,
        "net_of_cost": found.net_of_cost,
        "break_even_loss": found.break_even,
        "terms": found.terms,
        "assumptions": found.assumptions,
    }


def _exposure(found: Exposure) -> dict[str, object]:
    return {
        "covered_average": found.covered_average,
        "uncovered_average": found.uncovered_average,
        "uncovered_pct": found.uncovered_pct,
        "uncovered_peak": found.peak.uncovered,
        "uncovered_peak_on": found.peak.on if found.peak.uncovered else None,
        "course": [_day(each) for each in found.course],
        "not_converted": {each.currency: each for each in found.left_out},
    }


def _day(found: ExposureDay) -> dict[str, object]:
    return {"on": found.on, "covered": found.covered, "uncovered": found.uncovered}


def _indemnified(found: Indemnified) -> dict[str, object]:
    made = found.made
    return {
        "buyer": found.buyer,
        "amount": made.indemnity if made else None,
        "cause": found.cause.value,
        "date_of_loss": found.date_of_loss,
        "claim": found.claim or None,
        "refused": found.refused,
        **(_parts(found, made) if made else {}),
        "granted": found.granted,
        "case": case_json(found.case) if made else None,
    }


def _parts(found: Indemnified, made: Indemnity) -> dict[str, object]:
    """How the whole debt becomes the indemnity; the parts add up."""
    names = found.case.names
    return {
        "whole_debt": made.whole_debt,
        "not_insured": [
            {
                "invoice": names[row.id],
                "amount": row.residual - row.eligible,
                "reasons": row.reasons,
                "disputed": _if(row.held),
            }
            for row in found.not_insured
        ],
        "over_limit": made.eligible_debt - made.covered_loss,
        "covered_loss": made.covered_loss,
        "own_share": made.own_share,
    }


def _if(amount: Money) -> Money | None:
    return amount or None
