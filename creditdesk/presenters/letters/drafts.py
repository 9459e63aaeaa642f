"""The draft of a letter by what it draws its facts from."""

from collections.abc import Mapping

from creditdesk.catalog.letters import Source
from creditdesk.presenters.letters.adverse import AdverseDraft
from creditdesk.presenters.letters.balance import BalanceDraft
from creditdesk.presenters.letters.claim import ClaimDraft
from creditdesk.presenters.letters.demand import DemandDraft
from creditdesk.presenters.letters.letter_draft import LetterDraft
from creditdesk.presenters.letters.limit import LimitDraft
from creditdesk.presenters.letters.open_debt import OpenDraft
from creditdesk.presenters.letters.overdue import OverdueDraft
from creditdesk.presenters.letters.questions import QuestionDraft

DRAFTS: Mapping[Source, type[LetterDraft]] = {
    Source.ACCOUNT: LetterDraft,
    Source.OPEN: OpenDraft,
    Source.OVERDUE: OverdueDraft,
    Source.EVENTS: AdverseDraft,
    Source.LIMIT: LimitDraft,
    Source.QUESTIONS: QuestionDraft,
    Source.BALANCE: BalanceDraft,
    Source.CLAIM: ClaimDraft,
    Source.DEMAND: DemandDraft,
}
