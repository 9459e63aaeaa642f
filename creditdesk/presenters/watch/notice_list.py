"""The notices sent to an insurer, as a list."""

from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Cell, Column, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.watch import NoticeLine


def notice_columns(wording: Wording) -> list[Column[NoticeLine]]:
    """When, by which way, about which invoices, and whether the proof of sending is kept."""

    def proof(row: NoticeLine) -> Cell:
        if row.receipt_id is None:
            return Cell(wording(N_("no proof kept")), Tone.WARNING)
        return Cell(wording(N_("kept")), Tone.DONE)

    def invoices(row: NoticeLine) -> Cell:
        words = wording.list(map(wording.name, row.names))
        return Cell(words, hint=words)

    return [
        Column(key="sent", title=N_("Sent on"), cell=lambda row: wording.day(row.sent_on), order=lambda row: row.sent_on, value=lambda row: row.sent_on, width=110),
        Column(key="way", title=N_("Sent by"), cell=lambda row: Cell(row.way, hint=row.way), order=lambda row: row.way, width=200),
        Column(key="invoices", title=N_("Documents"), cell=invoices, stretch=True),
        Column(key="policy", title=N_("Policy"), cell=lambda row: row.policy, order=lambda row: row.policy, width=160),
        Column(key="proof", title=N_("Proof of sending"), cell=proof, order=lambda row: row.receipt_id is None, width=140),
    ]  # fmt: skip
