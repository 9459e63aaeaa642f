"""A buyer the ledger does not know yet, without Qt."""

from creditdesk.i18n import N_
from creditdesk.presenters.credit.agreed_term import AgreedTerm
from creditdesk.presenters.credit.buyer_form import BLAME, buyer_fields, card_of
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.workspace import Workspace


class NewBuyerPresenter:
    """The form, and the number of the buyer it made."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._wording = wording
        self._term = AgreedTerm(workspace.desk, wording, self._show_fields)
        self.made: BuyerId | None = None
        clients = workspace.desk.clients.all()
        chosen = workspace.client or (clients[0].id if len(clients) == 1 else None)
        self._client = FormField(
            key="client",
            label=wording(N_("Client")),
            kind=FieldKind.CHOICE,
            required=True,
            hint=wording(N_("Choose the client who sells to it")),
            options=tuple(Option(str(line.id), line.name) for line in clients),
        )
        self.form = Form(
            (self._client, *buyer_fields(wording)),
            self._add,
            {"client": str(chosen or ""), "country": "CN"},
            BLAME,
        )

    def _add(self, answers: Answers) -> None:
        client = int(answers.text("client"))
        self.made = self._term.keep(client, None, card_of(answers), answers)

    def _show_fields(self) -> None:
        fields = buyer_fields(self._wording, self._term.fields)
        self.form.show_fields((self._client, *fields))
