"""What the firm did for which client when, as the journal has it: the record a bill rests on (rules.md 9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from creditdesk.domain.review.month import DEEDS
from creditdesk.i18n import N_

WRITTEN: Final = ("written", "review")
"""What the journal says once a yearly review stands."""
WORK: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    **DEEDS,
    ("added", "policy"): (N_("{count} policy entered"), N_("{count} policies entered")),
    ("set", "policy"): (N_("{count} change of a schedule"), N_("{count} changes of a schedule")),
    ("endorsed", "policy"): (N_("{count} endorsement entered"), N_("{count} endorsements entered")),
    ("added", "premium_note"): (N_("{count} premium note entered"), N_("{count} premium notes entered")),
    ("paid", "premium_note"): (N_("{count} premium payment recorded"), N_("{count} premium payments recorded")),
    ("added", "financial_statement"): (
        N_("{count} statement of a buyer taken in"),
        N_("{count} statements of buyers taken in"),
    ),
    ("added", "buyer_fact"): (N_("{count} register check or fact kept"), N_("{count} register checks or facts kept")),
    ("added", "contact"): (N_("{count} contact with a buyer kept"), N_("{count} contacts with buyers kept")),
    ("added", "party_contact"): (
        N_("{count} contact with an insurer or broker kept"),
        N_("{count} contacts with insurers or brokers kept"),
    ),
    ("kept", "score_record"): (N_("{count} buyer scored"), N_("{count} buyers scored")),
    ("decided", "credit_decision"): (N_("{count} credit decision kept"), N_("{count} credit decisions kept")),
    ("answered", "warning_answer"): (N_("{count} warning answered"), N_("{count} warnings answered")),
    ("matched", "bank_line"): (N_("{count} receipt assigned"), N_("{count} receipts assigned")),
    ("attached", "claim"): (N_("{count} paper attached to a claim"), N_("{count} papers attached to claims")),
    ("calculated", "claim"): (N_("{count} calculation of a claim kept"), N_("{count} calculations of claims kept")),
    ("package", "claim"): (N_("{count} claim package written"), N_("{count} claim packages written")),
    ("recovered", "recovery"): (N_("{count} recovery shared"), N_("{count} recoveries shared")),
    ("added", "insurer_quote"): (N_("{count} quote kept"), N_("{count} quotes kept")),
    WRITTEN: (N_("{count} yearly review written"), N_("{count} yearly reviews written")),
    ("added", "task"): (N_("{count} task given"), N_("{count} tasks given")),
}  # fmt: skip
"""In words, by what was done to what; everything else counts as other entries."""
OTHER: Final = (N_("{count} other entry"), N_("{count} other entries"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """What one person did for a client on a day. `what` and `subject` empty: other entries."""

    on: date
    client: str
    who: str
    what: str
    subject: str
    count: int

    @property
    def words(self) -> tuple[str, str]:
        """One and many, to be translated."""
        return WORK.get((self.what, self.subject), OTHER)
