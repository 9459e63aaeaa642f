"""The statement of account with one buyer over a period, without Qt."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from creditdesk.i18n import N_, Language
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import statement
from creditdesk.services.buyers import BuyerId
from creditdesk.workspace import Workspace

_YEAR = timedelta(days=365)


class StatementPresenter:
    """One buyer's statement, of the last year at first."""

    def __init__(self, workspace: Workspace, wording: Wording, buyer: int) -> None:
        self._ledger = workspace.desk.ledger
        self._wording = wording
        self.file = workspace.desk.buyers.file(BuyerId(buyer))
        self.buyer = buyer
        self.end: date = workspace.today()
        self.start: date = self.end - _YEAR + timedelta(days=1)
        self.language: Language = "zh" if self.file.card.country in ("", "CN") else "en"

    @property
    def there(self) -> bool:
        """Whether the period can be written: it must not end before it begins."""
        return self.start <= self.end

    @property
    def title(self) -> str:
        """What it is, and about whom."""
        return self._wording(
            N_("{paper}: {buyer}"), paper=self._name, buyer=self.file.card.name
        )

    @property
    def said(self) -> str:
        """From whom, and what makes the figures sure."""
        what = N_(
            "{client} · every invoice, credit note and payment of the ledger; the ages make the balance"
        )
        return self._wording(what, client=self.file.client)

    @property
    def file_name(self) -> str:
        """What it is called unless the person says otherwise."""
        name = "".join(
            each if each.isalnum() or each in "-_. " else "-"
            for each in self.file.card.name
        )
        return f"{self._name} {name} {self.end.isoformat()}.pdf"

    @property
    def workbook_name(self) -> str:
        """The same as a workbook."""
        return f"{self.file_name.removesuffix('.pdf')}.xlsx"

    def writing(self, path: Path) -> Callable[[Progress], Path]:
        """The job: write it as what the name ends in."""
        language, ledger, buyer = self.language, self._ledger, self.buyer
        start, end = self.start, self.end

        def job(progress: Progress) -> Path:
            found = ledger.statement(buyer, start, end)
            statement.write(found, path, language, progress)
            return path

        return job

    @property
    def _name(self) -> str:
        return self._wording(N_("Statement of account"))
