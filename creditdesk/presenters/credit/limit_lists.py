"""Requests to the insurer and grounds of discretionary limits, as lists."""

from datetime import date

from creditdesk.catalog.letters import LIMIT_LETTERS, letters
from creditdesk.domain.cover.codes import REASONS, RESPONSES
from creditdesk.domain.cover.discretionary import BASIS_TITLES
from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Cell, Column, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.policies import (
    ANSWERED,
    REQUEST_STATES,
    GroundLine,
    RequestLine,
)

_LONG = 14
"""Days after which a request that waits stands out."""


def request_columns(wording: Wording, today: date) -> list[Column[RequestLine]]:
    """When, what, for how much, and how it ended."""

    def state(row: RequestLine) -> Cell:
        if row.is_open:
            days = (today - row.sent_on).days
            waited = wording.plural(N_("{count} day"), N_("{count} days"), days)
            words = f"{wording(REQUEST_STATES[row.state])} · {waited}"
            return Cell(words, Tone.WARNING if days > _LONG else Tone.PLAIN)
        on = wording.day(row.answered_on)
        words = answer_words(row.answer, wording) if row.state == ANSWERED else ""
        return Cell(f"{words or wording(REQUEST_STATES[row.state])} {on}", Tone.QUIET)

    return [
        Column(key="sent", title=N_("Sent on"), cell=lambda row: wording.day(row.sent_on), order=lambda row: row.sent_on, value=lambda row: row.sent_on, width=104),
        Column(key="kind", title=N_("Request"), cell=lambda row: letters()[LIMIT_LETTERS[row.kind]].name.in_language(wording.language), order=lambda row: row.kind, width=172),
        Column(key="amount", title=N_("Requested"), cell=lambda row: wording.money(row.amount) if row.amount else "", order=lambda row: row.amount.amount if row.amount else None, value=lambda row: row.amount, right=True, width=116),
        Column(key="state", title=N_("State"), cell=state, order=lambda row: (not row.is_open, row.answered_on), stretch=True),
        Column(key="policy", title=N_("Policy"), cell=lambda row: row.policy, order=lambda row: row.policy, width=130, hidden=True),
    ]  # fmt: skip


def ground_columns(wording: Wording, today: date) -> list[Column[GroundLine]]:
    """On what, for how much, until when."""

    def until(row: GroundLine) -> Cell:
        tone = Tone.QUIET if row.until < today else Tone.PLAIN
        return Cell(wording.day(row.until), tone)

    def basis(row: GroundLine) -> Cell:
        words = wording(BASIS_TITLES[row.basis])
        return Cell(words, hint=row.note)

    return [
        Column(key="basis", title=N_("Grounds"), cell=basis, order=lambda row: row.basis, stretch=True),
        Column(key="amount", title=N_("Limit"), cell=lambda row: wording.money(row.amount), order=lambda row: row.amount.amount, value=lambda row: row.amount, right=True, width=110),
        Column(key="evidence", title=N_("Evidence of"), cell=lambda row: wording.day(row.evidence_date), order=lambda row: row.evidence_date, value=lambda row: row.evidence_date, width=98),
        Column(key="until", title=N_("Valid to"), cell=until, order=lambda row: row.until, value=lambda row: row.until, width=98),
        Column(key="policy", title=N_("Policy"), cell=lambda row: row.policy, order=lambda row: row.policy, width=130, hidden=True),
    ]  # fmt: skip


def answer_words(codes: str, wording: Wording) -> str:
    """An answer's codes (`4507:5/4509:12`) in words."""
    lists = {"4507": RESPONSES, "4509": REASONS}
    parts = (part.partition(":") for part in codes.split("/") if part)
    return wording.list(
        wording(lists[name][code])
        for name, _, code in parts
        if code in lists.get(name, {})
    )
