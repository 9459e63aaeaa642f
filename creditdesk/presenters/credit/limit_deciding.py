"""Recording a decision on a limit with what was said of the words of its term."""

from creditdesk.services.buyers import BuyerId
from creditdesk.services.policies import LimitDecision
from creditdesk.workspace import Desk


def decide(desk: Desk, decision: LimitDecision) -> int:
    """Record it; how its longest term is meant is kept for the buyer's wording, like an answer about a file."""

    def change() -> int:
        if decision.max_term_as:
            client = desk.buyers.file(BuyerId(decision.buyer_id)).client_id
            desk.ledger.settle_terms(
                client, decision.max_term, decision.max_term_as, decision.buyer_id
            )
        return desk.policies.decide(decision)

    return desk.do(change)
