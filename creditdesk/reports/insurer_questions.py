"""What is to be asked of the insurer about a policy, as a letter (保险合同条款询问函)."""

from functools import partial

from creditdesk.domain.policy.contract_review import InsurerQuestion, InsurerQuestions
from creditdesk.i18n import N_, Words
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.letter import Content


def content(draft: InsurerQuestions, _words: Words) -> Content:
    """Parties, policy, and the questions; each leaves room for the insurer's answer."""
    return Content(
        sender=draft.policyholder,
        on=draft.on,
        head=f"{draft.policy_no} · {draft.policyholder}",
        reference=draft.policy_no,
        places={
            "insurer": draft.insurer,
            "policyholder": draft.policyholder,
            "policy_no": draft.policy_no,
            "policy_start": style.day(draft.policy_start),
            "policy_end": style.day(draft.policy_end),
            "count": str(len(draft.questions)),
            "on": style.day(draft.on),
        },
        draw=partial(_ask_all, draft=draft),
        beside_seal=N_("Insurer (seal)"),
    )


def _ask_all(document: Document, *, draft: InsurerQuestions) -> None:
    for number, question in enumerate(draft.questions, 1):
        _ask(document, number, question)


def _ask(document: Document, number: int, question: InsurerQuestion) -> None:
    words = document.words
    document.need(110)
    document.heading(f"{number}. {question.question}")
    remark = [(words("Our remark"), question.remark)] if question.remark else []
    document.facts((*question.understood, *remark, (words("Insurer's answer"), "")))
