"""What a buyer owes on a day, document by document, for it to confirm."""

from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.presenters.letters.letter_draft import About, LetterDraft, Record
from creditdesk.presenters.parts.form import Answers
from creditdesk.reports import balance_letter
from creditdesk.reports.letter import Fill


class BalanceDraft(LetterDraft):
    """The open documents of the day that is typed as `on`, today at first."""

    def __init__(self, about: About) -> None:
        super().__init__(about)
        self._buyer = about.the_buyer.id
        self._on = about.today

    @property
    def fill(self) -> Fill:
        """Balance and documents, with the reply slip."""
        ledger, buyer, on = self.about.desk.ledger, self._buyer, self._on
        return lambda words: balance_letter.content(ledger.confirmation(buyer, on), words)  # fmt: skip

    @property
    def values(self) -> dict[str, str]:
        """Today."""
        return {"on": self._on.isoformat()}

    @property
    def record(self) -> Record | None:
        """That it was sent: its answer is waited for."""
        kept = self.about.letter.sent
        return self.event(BuyerEventKind(kept.code)) if kept else None

    def take(self, answers: Answers) -> None:
        """The day."""
        super().take(answers)
        self._on = answers.day("on") or self._on
