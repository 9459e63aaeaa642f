"""When the money of open invoices is expected, drawn: weeks above, invoices below."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

from creditdesk.domain.forecast.forecasts import PaymentForecast
from creditdesk.i18n import N_
from creditdesk.presenters.ledger.forecast import ForecastPresenter
from creditdesk.ui.ledger.week_chart import WeekChart
from creditdesk.ui.parts.controls import row
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "receivables"


class ForecastPage(Page):
    """The estimate of today; F5 makes it anew."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        title = say(N_("Expected payments"))
        super().__init__(title)
        self._shell, self._presenter = shell, ForecastPresenter(workspace, say)
        self.trust = label(role="quiet", wrap=True)
        self.chart = WeekChart()
        self.currency = QComboBox()
        self.currency.setAccessibleName(say(N_("Currency")))
        self.currency.currentTextChanged.connect(self._choose)
        self.panel = TablePanel(
            self._presenter.table,
            shell,
            empty=say(N_("Nothing is estimated.")),
            search=say(N_("Filter buyers, numbers…")),
        )
        self.body.addWidget(self.trust)
        self.body.addLayout(row(self.currency, None))
        self.body.addWidget(self.chart)
        self.body.addWidget(self.panel, 1)
        self._draw()
        self.recount()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def recount(self) -> None:
        """F5: estimate anew."""
        if self._presenter.has_client:
            self._shell.run(self._presenter.job(), while_there(self, self._show))

    def _show(self, found: PaymentForecast) -> None:
        self._presenter.show(found)
        with QSignalBlocker(self.currency):
            self.currency.clear()
            self.currency.addItems(list(self._presenter.currencies))
        self._draw()

    def _choose(self, currency: str) -> None:
        self._presenter.chosen = currency
        self._draw()

    def _draw(self) -> None:
        presenter = self._presenter
        self.retitle(self._shell.wording(N_("Expected payments")), presenter.sums)
        self.trust.setText(presenter.trust)
        self.currency.setVisible(len(presenter.currencies) > 1)
        self.chart.show_bars(presenter.bars)


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return ForecastPage(workspace, shell)
