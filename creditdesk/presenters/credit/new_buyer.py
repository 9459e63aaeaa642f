"""A buyer the ledger does not know yet, without Qt."""

from creditdesk.i18n import N_
from creditdesk.presenters.credit.buyer_form import BLAME, buyer_fields, card_of
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.workspace import Workspace


class NewBuyerPresenter:
    """The form, and the number of the buyer it made."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._buyers = workspace.desk.buyers
        self.made: BuyerId | None = None
        clients = workspace.desk.clients.all()
        chosen = workspace.client or (clients[0].id if len(clients) == 1 else None)
        client = FormField(
            key="client",
            label=wording(N_("Client")),
            kind=FieldKind.CHOICE,
            required=True,
            hint=wording(N_("Choose the client who sells to it")),
            options=tuple(Option(str(line.id), line.name) for line in clients),
        )
        self.form = Form(
            (client, *buyer_fields(wording)),
            self._add,
            {"client": str(chosen or ""), "country": "CN"},
            BLAME,
        )

    def _add(self, answers: Answers) -> None:
        self.made = self._buyers.add(int(answers.text("client")), card_of(answers))
