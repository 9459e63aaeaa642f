"""Contract, invoices and limit side by side, in words: what paper and screen show the same."""

from collections.abc import Iterator

from creditdesk.domain.cover.codes import METHOD_TITLES
from creditdesk.domain.cover.trade_terms import PARTY_TITLES, TradeTerms
from creditdesk.domain.policy.choices import PaymentMethod
from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording


def trade_lines(found: TradeTerms, say: Wording) -> Iterator[tuple[str, str, str]]:
    """What it is, what stands there, and the tone of what differs."""
    unknown = say(N_("not known"))
    due = say(N_("goods of today due {day}"), day=found.contract_due) if found.contract_due else ""  # fmt: skip
    yield say(N_("Contract")), " · ".join(filter(None, (found.contract, _method(found.method, say), due))) or unknown, ""  # fmt: skip
    days = found.invoice_days
    if days is None:
        yield say(N_("Invoices of twelve months")), unknown, ""
    else:
        text = N_("{low} days") if days[0] == days[1] else N_("{low} to {high} days")
        tone = "warning" if found.against_contract else ""
        yield say(N_("Invoices of twelve months")), say(text, low=days[0], high=days[1]), tone  # fmt: skip
    limit = say.message(found.limit_term) if found.limit_term else say(N_("sets no term"))  # fmt: skip
    yield say(N_("Limit and policy")), " · ".join(filter(None, (limit, _method(found.approved_method, say)))), ""  # fmt: skip
    for flow in found.flows:
        name = flow.name
        if flow.amount is not None:
            name = f"{name} {say.money(flow.amount)}"
        yield say(PARTY_TITLES[flow.party]), name, "" if flow.same else "warning"


def _method(method: PaymentMethod | None, say: Wording) -> str:
    return say(METHOD_TITLES[method]) if method else ""
