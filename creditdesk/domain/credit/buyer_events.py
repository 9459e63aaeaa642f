"""What the insured learns about a buyer: it stops or lifts cover, and starts clocks (rules.md 2.3 D13 to D19)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.cover.limits import CoverEvent, CoverEventKind
from creditdesk.i18n import N_


class BuyerEventKind(StrEnum):
    """What happened. `STOP_LIFTED`: the insurer lets deliveries go on."""

    INSOLVENCY = "INSOLVENCY"
    KNOWN_RISK = "KNOWN_RISK"
    REPUDIATION = "REPUDIATION"
    BILL_REFUSED = "BILL_REFUSED"
    ADVERSE_INFO = "ADVERSE_INFO"
    EXTENSION_ASKED = "EXTENSION_ASKED"
    MANDATE = "MANDATE"
    STOP_LIFTED = "STOP_LIFTED"
    DEMAND_SERVED = "DEMAND_SERVED"
    DEBT_ACKNOWLEDGED = "DEBT_ACKNOWLEDGED"
    SUIT = "SUIT"
    GUARANTOR_CALLED = "GUARANTOR_CALLED"
    BALANCE_SENT = "BALANCE_SENT"
    BALANCE_AGREED = "BALANCE_AGREED"
    BALANCE_DIFFERS = "BALANCE_DIFFERS"


EVENT_TITLES: Mapping[BuyerEventKind, str] = {
    BuyerEventKind.INSOLVENCY: N_("The buyer is insolvent"),
    BuyerEventKind.KNOWN_RISK: N_("The risk has occurred or is known"),
    BuyerEventKind.REPUDIATION: N_("The buyer refuses the goods"),
    BuyerEventKind.BILL_REFUSED: N_("A bill or cheque was refused"),
    BuyerEventKind.ADVERSE_INFO: N_("Adverse information"),
    BuyerEventKind.EXTENSION_ASKED: N_("The buyer asks for more time"),
    BuyerEventKind.MANDATE: N_("Collection was given to the insurer"),
    BuyerEventKind.STOP_LIFTED: N_("The insurer lets deliveries go on"),
    BuyerEventKind.DEMAND_SERVED: N_("A demand for payment was served"),
    BuyerEventKind.DEBT_ACKNOWLEDGED: N_(
        "The buyer acknowledged the debt or promised to pay"
    ),
    BuyerEventKind.SUIT: N_("Suit or arbitration was brought"),
    BuyerEventKind.GUARANTOR_CALLED: N_("The guarantor was called on"),
    BuyerEventKind.BALANCE_SENT: N_("A balance confirmation was sent"),
    BuyerEventKind.BALANCE_AGREED: N_("The balance confirmation came back: it agrees"),
    BuyerEventKind.BALANCE_DIFFERS: N_(
        "The balance confirmation came back: it differs"
    ),
}
EVENT_EFFECTS: Mapping[BuyerEventKind, str] = {
    BuyerEventKind.INSOLVENCY: N_(
        "Stops deliveries at once; the insurer has to be told, and the debt filed with the court's administrator."
    ),
    BuyerEventKind.KNOWN_RISK: N_(
        "The insurer may refuse later deliveries; it has to be told."
    ),
    BuyerEventKind.REPUDIATION: N_(
        "The insurer may refuse later deliveries; it has to be told, and agrees what is done with the goods."
    ),
    BuyerEventKind.BILL_REFUSED: N_(
        "The insurer may refuse later deliveries; it has to be told. Recourse on prior holders ends after six months."
    ),
    BuyerEventKind.ADVERSE_INFO: N_(
        "The insurer has to be told; a discretionary limit can't be used any more."
    ),
    BuyerEventKind.EXTENSION_ASKED: N_(
        "Beyond the extension period the insurer has to agree first."
    ),
    BuyerEventKind.MANDATE: N_("Stops deliveries; the duty to give a mandate is done."),
    BuyerEventKind.STOP_LIFTED: N_("Deliveries after this day are insured again."),
    BuyerEventKind.DEMAND_SERVED: N_(
        "The limitation of the debt begins anew; keep the proof that it was served."
    ),
    BuyerEventKind.DEBT_ACKNOWLEDGED: N_(
        "The limitation of the debt begins anew; keep the paper."
    ),
    BuyerEventKind.SUIT: N_("The limitation of the debt begins anew."),
    BuyerEventKind.GUARANTOR_CALLED: N_("The guarantee is kept alive."),
    BuyerEventKind.BALANCE_SENT: N_("Its answer is waited for, and counted."),
    BuyerEventKind.BALANCE_AGREED: N_(
        "Keep the sealed slip. If it also acknowledges the debt, record that too: it begins the limitation anew."
    ),
    BuyerEventKind.BALANCE_DIFFERS: N_("Find out what differs; keep the slip."),
}
_IN_COVER = {
    BuyerEventKind.INSOLVENCY: CoverEventKind.INSOLVENCY,
    BuyerEventKind.KNOWN_RISK: CoverEventKind.KNOWN_RISK,
    BuyerEventKind.REPUDIATION: CoverEventKind.KNOWN_RISK,
    BuyerEventKind.BILL_REFUSED: CoverEventKind.KNOWN_RISK,
    BuyerEventKind.ADVERSE_INFO: CoverEventKind.ADVERSE_INFO,
    BuyerEventKind.MANDATE: CoverEventKind.LIMIT_WITHDRAWN,
    BuyerEventKind.STOP_LIFTED: CoverEventKind.STOP_LIFTED,
}
_LOSS_KNOWN = {
    BuyerEventKind.INSOLVENCY,
    BuyerEventKind.KNOWN_RISK,
    BuyerEventKind.REPUDIATION,
    BuyerEventKind.BILL_REFUSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerEvent:
    """One entry. `happened_on` is not after `known_on`, the day the insured learned of it.

    `id` 0: it follows from a bill that was refused, and is no entry of its own. rules.md 14.2.
    """

    id: int
    buyer_id: int
    kind: BuyerEventKind
    happened_on: date
    known_on: date
    note: str = ""
    document_id: int | None = None
    who: str = ""

    @property
    def in_cover(self) -> CoverEvent | None:
        """How the cover of later deliveries sees it; None: it doesn't touch cover.

        What is known counts from the day it was known, an insolvency from the day it happened.
        """
        kind = _IN_COVER.get(self.kind)
        if kind is None:
            return None
        happened = self.kind is BuyerEventKind.INSOLVENCY
        return CoverEvent(kind, self.happened_on if happened else self.known_on)


def loss_facts(events: Iterable[BuyerEvent]) -> dict[Anchor, date]:
    """From when notice, stop and mandate count because of what is known: the first event of each kind."""
    facts: dict[Anchor, date] = {}
    for event in sorted(events, key=lambda each: each.known_on):
        if event.kind in _LOSS_KNOWN:
            facts.setdefault(Anchor.KNOWLEDGE, event.known_on)
        if event.kind is BuyerEventKind.INSOLVENCY:
            facts.setdefault(Anchor.INSOLVENCY, event.happened_on)
        if event.kind is BuyerEventKind.MANDATE:
            facts.setdefault(Anchor.MANDATE, event.known_on)
    return facts


def not_lifted(events: Iterable[BuyerEvent]) -> tuple[BuyerEvent, ...]:
    """The events after which the insurer has not let deliveries go on."""
    every = tuple(events)
    lifts = [each.known_on for each in every if each.kind is BuyerEventKind.STOP_LIFTED]
    last = max(lifts, default=date.min)
    return tuple(
        each
        for each in every
        if each.known_on > last and each.kind is not BuyerEventKind.STOP_LIFTED
    )
