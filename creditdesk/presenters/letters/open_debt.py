"""What is open of a buyer, document by document, for an insurer that is asked to agree to something."""

from dataclasses import replace

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Words
from creditdesk.presenters.letters.letter_draft import About, LetterDraft
from creditdesk.reports import account_letter, balance_letter
from creditdesk.reports.letter import Content, Fill


class NothingOpen(UserError):
    """A letter about debt, and there is none."""

    message = N_("Nothing of {buyer} is open, so there is nothing to ask the insurer.")


class OpenDraft(LetterDraft):
    """The open documents of today; raises `NothingOpen`."""

    def __init__(self, about: About) -> None:
        super().__init__(about)
        self._owed = about.desk.ledger.confirmation(about.the_buyer.id, about.today)
        if not any(account.documents for account in self._owed.accounts):
            raise NothingOpen(buyer=about.the_buyer.card.name)

    @property
    def fill(self) -> Fill:
        """Parties, policy and account, with the table of what is open."""
        about, owed = self.about, self._owed

        def content(say: Words) -> Content:
            made = account_letter.content(owed, about.the_policy.line, about.today, say)
            return replace(made, draw=balance_letter.table(owed))

        return content
