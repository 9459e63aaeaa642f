"""How claims, their papers and their tests are said on every page that shows them."""

from collections.abc import Mapping
from datetime import date

from creditdesk.domain.base.parties import Deadline
from creditdesk.domain.claim.claims import (
    CLAIM_STATE_TITLES,
    ITEM_STATE_TITLES,
    SUPPLIER_TITLES,
    Cause,
    ChecklistRow,
    ClaimState,
    ItemState,
    MadeBy,
)
from creditdesk.domain.claim.readiness import Verdict
from creditdesk.i18n import LANGUAGES, N_, Language
from creditdesk.presenters.parts.table import Cell, Tone
from creditdesk.presenters.parts.wording import Wording

CAUSE_SENTENCES: Mapping[Cause, str] = {
    Cause.PROTRACTED_DEFAULT: N_(
        "The buyer simply does not pay, and the period the policy sets has run out."
    ),
    Cause.INSOLVENCY: N_(
        "A court has opened proceedings, or the buyer has been wound up."
    ),
    Cause.REPUDIATION: N_(
        "The buyer refuses the goods although they are as agreed in the contract."
    ),
    Cause.POLITICAL: N_(
        "A state's act keeps the buyer from paying: transfer stopped, licence withdrawn, war."
    ),
}
LANGUAGE_NAMES: Mapping[Language, str] = {"zh": "中文", "en": "English"}
"""A language is named in itself, so that who reads it finds it."""

_STATE_TONES = {
    ClaimState.PREPARATION: "warning",
    ClaimState.QUERY: "warning",
    ClaimState.APPEAL: "warning",
    ClaimState.PAID: "done",
    ClaimState.RECOVERY: "done",
    ClaimState.CLOSED: "plain",
    ClaimState.WITHDRAWN: "plain",
}
_ITEM_LOOKS: Mapping[ItemState, tuple[str, Tone]] = {
    ItemState.PRESENT: ("✓", Tone.DONE),
    ItemState.TO_BE_SEALED: ("✓", Tone.PLAIN),
    ItemState.REQUESTED: ("…", Tone.PLAIN),
    ItemState.MISSING: ("○", Tone.QUIET),
    ItemState.UNREADABLE: ("⚠", Tone.DANGER),
    ItemState.WAIVED: ("–", Tone.QUIET),
}
_VERDICTS: Mapping[Verdict, tuple[str, str, Tone]] = {
    Verdict.BAD: ("⚠", N_("not met"), Tone.WARNING),
    Verdict.UNKNOWN: ("?", N_("not known"), Tone.QUIET),
    Verdict.GOOD: ("✓", N_("met"), Tone.DONE),
}
VERDICT_ORDER = (Verdict.BAD, Verdict.UNKNOWN, Verdict.GOOD)
_WEEKS_AHEAD = 30


def state_tone(state: ClaimState) -> str:
    """The tone of a claim's chip: amber while somebody waits for us."""
    return _STATE_TONES.get(state, "accent")


def state_word(state: ClaimState, wording: Wording) -> str:
    """How far a claim is."""
    return wording(CLAIM_STATE_TITLES[state])


def item_state(row: ChecklistRow, wording: Wording) -> Cell:
    """How far an item is, with a sign, and what is still wanted as a hint."""
    if row.made_by is MadeBy.PROGRAM and row.state is ItemState.MISSING:
        return Cell(wording(N_("by CreditDesk")), Tone.QUIET, row.note)
    sign, tone = _ITEM_LOOKS[row.state]
    if row.missing and row.state is ItemState.MISSING:
        tone = Tone.WARNING
    return Cell(f"{sign} {wording(ITEM_STATE_TITLES[row.state])}", tone, row.note)


def suppliers(row: ChecklistRow, wording: Wording) -> str:
    """Who has to supply an item."""
    return " / ".join(wording(SUPPLIER_TITLES[each]) for each in row.suppliers)


def verdict(found: Verdict, wording: Wording) -> Cell:
    """What a readiness test found, with a sign."""
    sign, word, tone = _VERDICTS[found]
    return Cell(f"{sign} {wording(word)}", tone)


def deadline_tone(deadline: Deadline, today: date) -> Tone:
    """Red when the safe date has passed, amber within a month."""
    if deadline.safe < today:
        return Tone.DANGER
    near = (deadline.safe - today).days <= _WEEKS_AHEAD
    return Tone.WARNING if near else Tone.PLAIN


def language_options() -> tuple[tuple[Language, str], ...]:
    """The languages a document can be written in."""
    return tuple((each, LANGUAGE_NAMES[each]) for each in LANGUAGES)
