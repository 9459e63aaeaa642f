"""What was learned about a buyer, for the insurer to be told at once."""

from datetime import date
from functools import partial

from creditdesk.domain.duties.duties import ADVERSE_NOTICE
from creditdesk.i18n import N_
from creditdesk.presenters.letters.letter_draft import About, Aside, LetterDraft, Record
from creditdesk.presenters.letters.overdue import deadline_cell
from creditdesk.reports import events_letter
from creditdesk.reports.letter import Fill
from creditdesk.services.watch import SentNotice


class AdverseDraft(LetterDraft):
    """Everything learned that the insurer wasn't told of; raises `NothingLearned`."""

    def __init__(self, about: About) -> None:
        super().__init__(about)
        self._policy, self._buyer = about.the_policy.line.id, about.the_buyer.id
        self._draft = about.desk.watch.adverse_draft(
            self._policy, self._buyer, about.today
        )
        self._deliveries = about.desk.policies.deliveries(
            self._policy, self._buyer, about.today
        )

    @property
    def fill(self) -> Fill:
        """Parties and policy, with the table of what was learned."""
        return partial(events_letter.content, self._draft, self._deliveries)

    @property
    def aside(self) -> Aside:
        """By when it has to go out, and how much there is to tell."""
        say = self.about.say
        told = say.plural(N_("{count} entry"), N_("{count} entries"), len(self._draft.events))  # fmt: skip
        return Aside(
            deadline=deadline_cell(self._draft.deadline, self.about.today, say),
            sums=told,
        )

    @property
    def record(self) -> Record:
        """That the insurer was told; the duties are closed with it."""
        about, draft, policy, buyer = self.about, self._draft, self._policy, self._buyer

        def record(on: date, way: str, receipt: int | None) -> int:
            sent = SentNotice(sent_on=on, way=way, receipt=receipt, code=ADVERSE_NOTICE)
            return about.desk.watch.record_notice(
                policy, draft, buyer, sent, about.today
            )

        return record
