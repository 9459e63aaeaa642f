"""Why money is not insured, in words, and what would insure it (rules.md 3.2, 9.1)."""

from collections.abc import Mapping
from typing import Final

from creditdesk.domain.cover.limits import REASON_WORDS, Reason
from creditdesk.domain.review.month import NO_POLICY, OVER_LIMIT, UNKNOWN
from creditdesk.i18n import N_, Message

_WORDS: Final[Mapping[str, str]] = {
    **{reason.value: words for reason, words in REASON_WORDS.items()},
    OVER_LIMIT: N_("above the limit"),
    NO_POLICY: N_("no policy runs"),
    UNKNOWN: N_("can't be worked out"),
}
_APPLY = N_("apply for a limit on the buyer")
_PAID = N_("payment of what is overdue, then the insurer's word that cover goes on")
_CURES: Final[Mapping[str, str]] = {
    OVER_LIMIT: N_("a higher limit, or a lower balance"),
    NO_POLICY: N_("a policy whose period holds the day"),
    UNKNOWN: N_("enter the rate of exchange or the value of the policy that is missing"),
    Reason.NO_LIMIT: _APPLY,
    Reason.LIMIT_ZERO: N_("ask the insurer to take its decision up again, with newer papers of the buyer"),
    Reason.BEFORE_LIMIT: N_("ask the insurer to let the limit count from the shipment"),
    Reason.AFTER_EXPIRY: N_("renew the limit"),
    Reason.WRONG_ENTITY: N_("apply for a limit on the company that buys"),
    Reason.METHOD: N_("agree a safer way of payment, or have this one approved"),
    Reason.TERM: N_("agree a shorter term, or have this one approved"),
    Reason.CONDITION: N_("meet the condition of the limit"),
    Reason.STOPPED: _PAID,
    Reason.KNOWN_RISK: _PAID,
    Reason.NOT_DECLARED: N_("declare it late, if the policy lets that count"),
    Reason.DCL_UNJUSTIFIED: N_("papers that justify the discretionary limit, or a limit of the insurer"),
    Reason.EXCLUDED_BUYER: N_("an endorsement of the policy"),
    Reason.RETENTION: N_("an endorsement of the policy"),
    Reason.RETENTION_UNSAID: N_("look it up in the policy and enter it"),
    Reason.DISPUTED: N_("settle the dispute, or a judgment"),
    Reason.OPENING: N_("take in the documents behind the opening balance"),
}  # fmt: skip


def reason_words(reason: str) -> Message:
    """Why it is not insured."""
    return Message(_WORDS[reason])


def cure(reason: str) -> Message | None:
    """What would insure it, or what comes next of its kind; None: nothing does."""
    words = _CURES.get(reason)
    return Message(words) if words else None
