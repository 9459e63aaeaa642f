"""What is to be asked of the insurer about a policy, as a letter (保险合同条款询问函)."""

from pathlib import Path

from creditdesk.catalog.letters import LetterText
from creditdesk.domain.policy.contract_review import InsurerQuestion, InsurerQuestions
from creditdesk.i18n import N_, Language, Message
from creditdesk.jobs import Progress
from creditdesk.reports import letter, style
from creditdesk.reports.pdf import Document
from creditdesk.reports.report import Kind, Report


def write(
    draft: InsurerQuestions,
    text: LetterText,
    path: Path,
    language: Language,
    progress: Progress,
) -> int:
    """Write the letter; the answer is its pages. Each question leaves room for the insurer's answer."""
    progress.step(Message(N_("Writing the letter")))
    document = Document(language, f"{draft.policy_no} · {draft.policyholder}")
    words = document.words
    filled = text.filled(
        {
            "insurer": draft.insurer,
            "policyholder": draft.policyholder,
            "policy_no": draft.policy_no,
            "policy_start": style.day(draft.policy_start),
            "policy_end": style.day(draft.policy_end),
            "count": str(len(draft.questions)),
            "on": style.day(draft.on),
        }
    )

    def ask_all() -> None:
        for number, question in enumerate(draft.questions, 1):
            _ask(document, number, question)

    sheet = letter.Sheet(
        filled, draft.policyholder, draft.on, draft.policy_no, words("Insurer (seal)")
    )
    return letter.write(document, sheet, path, ask_all)


def _ask(document: Document, number: int, question: InsurerQuestion) -> None:
    words = document.words
    document.need(110)
    document.heading(f"{number}. {question.question}")
    remark = [(words("Our remark"), question.remark)] if question.remark else []
    document.facts((*question.understood, *remark, (words("Insurer's answer"), "")))


REPORT = Report("insurer_questions", N_("Questions to the insurer"), (Kind.PDF,))
