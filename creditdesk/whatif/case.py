"""The file of a replay: the question of the command `policy what-if`, which the window keeps and opens, too."""

import json
from decimal import Decimal

from creditdesk.cases.parsing import parsed
from creditdesk.cases.reading import Reader
from creditdesk.domain.insurers.what_if import (
    BuyerFails,
    Indication,
    LimitFactor,
    OtherPolicy,
    OwnPolicy,
    Slower,
    Stress,
    WhatIf,
)
from creditdesk.i18n import N_
from creditdesk.workspace import Desk

WHERE = "what-if"
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


def read_case(content: bytes, name: str, desk: Desk) -> WhatIf:
    """The question a file called `name` holds. Raises `UserError`s for what can't be read or isn't on the desk."""
    return asked_of(Reader(parsed(content, name), WHERE), desk)


def case_text(asked: WhatIf) -> str:
    """The question as the file holds it."""
    told = {
        "client": asked.client,
        "from": asked.start.isoformat(),
        "to": asked.end.isoformat(),
        "policies": [_policy_json(each) for each in asked.policies],
        "stress": [_stress_json(each) for each in asked.stresses],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _policy_json(policy: OwnPolicy | OtherPolicy) -> dict[str, object]:
    if isinstance(policy, OwnPolicy):
        return {"number": policy.number}
    limits = [
        {"buyer": each.buyer, "amount": _plain(each.amount), "from": each.start.isoformat()}
        for each in policy.limits
    ]  # fmt: skip
    return {
        "template": policy.template,
        "name": policy.name,
        "set": dict(policy.values),
        "limits": limits or _SAME,
    }


def _stress_json(stress: Stress) -> dict[str, object]:
    match stress:
        case Slower(days=days):
            return {"kind": _SLOWER, "days": days}
        case BuyerFails(buyer=buyer, on=on):
            return {"kind": _BUYER_FAILS, "buyer": buyer, "on": on.isoformat()}
        case LimitFactor(buyer=buyer, factor=factor):
            return {"kind": _LIMIT_FACTOR, "buyer": buyer, "factor": _plain(factor)}


def _plain(number: Decimal) -> str:
    return f"{number:f}"
