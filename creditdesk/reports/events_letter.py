"""What was learned about a buyer, told to the insurer as a letter (不利信息通报)."""

from functools import partial

from creditdesk.domain.cover.deliveries import Deliveries
from creditdesk.domain.duties.notice import NoticeDraft
from creditdesk.i18n import Words
from creditdesk.paper.page import Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.letter import Content
from creditdesk.reports.notice_letter import delivery_places


def content(draft: NoticeDraft, deliveries: Deliveries | None, words: Words) -> Content:
    """Parties, policy, and what was learned, each with its days."""
    return Content(
        sender=draft.policyholder.name,
        on=draft.on,
        head=f"{draft.policy_no} · {draft.policyholder.name} / {draft.buyer.name}",
        reference=draft.policy_no,
        places={
            "insurer": draft.insurer.name,
            "policyholder": draft.policyholder.name,
            "buyer": draft.buyer.name,
            "buyer_code": draft.buyer.code or words("not known"),
            "policy_no": draft.policy_no,
            "policy_start": style.day(draft.policy_start),
            "policy_end": style.day(draft.policy_end),
            "count": str(len(draft.events)),
            "on": style.day(draft.on),
            **delivery_places(deliveries),
        },
        draw=partial(_table, draft=draft),
    )


def _table(document: Document, *, draft: NoticeDraft) -> None:
    words = document.words
    document.table(
        (
            Column(words("What happened"), 3),
            Column(words("Happened on"), 1),
            Column(words("Known on"), 1),
        ),
        [
            Row(
                (
                    Cell(words.say(each.what), each.note),
                    Cell(style.day(each.happened_on)),
                    Cell(style.day(each.known_on)),
                )
            )
            for each in draft.events
        ],
    )
