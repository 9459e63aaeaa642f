"""The firm's clients, without Qt: the list, and the form of one."""

from creditdesk.domain.base.identity import check_uscc
from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.parts.form import Answers, Form, FormField
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.voids import voided_table
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.clients import (
    ClientCard,
    ClientExists,
    ClientId,
    ClientLine,
    ClientNameEmpty,
    CurrencyUnknown,
)
from creditdesk.workspace import Workspace

_BLAME = {ClientExists: "name", ClientNameEmpty: "name", CurrencyUnknown: "currency"}


class ClientsPresenter:
    """Every client, with what the desk holds of it."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.table: Table[ClientLine] = Table(
            [
                Column(
                    key="name",
                    title=N_("Client"),
                    cell=lambda row: Cell(row.name, hint=row.name),
                    order=lambda row: row.name,
                    stretch=True,
                ),
                Column(
                    key="uscc",
                    title=N_("Unified social credit code"),
                    cell=self._code,
                    order=lambda row: row.uscc,
                    width=210,
                ),
                Column(
                    key="currency",
                    title=N_("Currency"),
                    cell=lambda row: row.currency,
                    order=lambda row: row.currency,
                    width=80,
                ),
                Column(
                    key="contact",
                    title=N_("Contact"),
                    cell=lambda row: row.contact,
                    order=lambda row: row.contact,
                    width=140,
                ),
                Column(
                    key="buyers",
                    title=N_("Buyers"),
                    cell=lambda row: f"{row.buyers:,}",
                    order=lambda row: row.buyers,
                    value=lambda row: row.buyers,
                    right=True,
                    width=80,
                ),
                Column(
                    key="policies",
                    title=N_("Policies"),
                    cell=lambda row: f"{row.policies:,}",
                    order=lambda row: row.policies,
                    value=lambda row: row.policies,
                    right=True,
                    width=80,
                ),
                Column(
                    key="claims",
                    title=N_("Claims"),
                    cell=lambda row: f"{row.claims:,}",
                    order=lambda row: row.claims,
                    value=lambda row: row.claims,
                    right=True,
                    width=80,
                ),
            ],
            lambda row: row.id,
            sort="name",
        )
        self.voided = voided_table(
            wording, N_("Name"), N_("Unified social credit code")
        )

    def reload(self) -> None:
        """Read the list."""
        clients = self._workspace.desk.clients
        self.table.show(clients.all())
        self.voided.show(clients.voided())

    def voiding(self, client: ClientId, why: str) -> Job[None]:
        """The job: a client was entered by mistake."""
        clients = self._workspace.desk.clients
        return lambda _progress: clients.void(client, why)

    def leave_void(self) -> None:
        """Look at all clients where the one looked at is void."""
        standing = {each.id for each in self._workspace.desk.clients.all()}
        if self._workspace.client not in standing:
            self._workspace.choose(None)

    def _code(self, row: ClientLine) -> Cell:
        if not row.uscc:
            return Cell(self._wording(N_("not entered")), Tone.QUIET)
        checked = check_uscc(row.uscc)
        if checked.valid:
            return Cell(f"✓ {row.uscc}")
        said = self._wording.list(
            self._wording.message(each.message) for each in checked.problems
        )
        return Cell(f"⚠ {row.uscc}", Tone.WARNING, said)


class ClientFormPresenter:
    """One client: a new one, or what is known of one."""

    def __init__(
        self, workspace: Workspace, wording: Wording, client: int | None
    ) -> None:
        self._clients = workspace.desk.clients
        self._known = next(
            (line for line in self._clients.all() if line.id == client), None
        )
        self.made: ClientId | None = self._known.id if self._known else None
        self.form = Form(
            (
                FormField(
                    key="name",
                    label=wording(N_("Name")),
                    required=True,
                    hint=wording(N_("As on the business licence")),
                ),
                FormField(key="uscc", label=wording(N_("Unified social credit code"))),
                FormField(
                    key="currency",
                    label=wording(N_("Currency")),
                    required=True,
                    hint="CNY",
                ),
                FormField(
                    key="address",
                    label=wording(N_("Address")),
                    kind=FieldKind.MULTILINE,
                ),
                FormField(key="contact", label=wording(N_("Contact"))),
            ),
            self._save,
            self._values(),
            _BLAME,
        )

    @property
    def name(self) -> str:
        """The client's name; empty for a new one."""
        return self._known.name if self._known else ""

    def _values(self) -> dict[str, str]:
        known = self._known
        if known is None:
            return {"currency": "CNY"}
        names = ("name", "uscc", "currency", "address", "contact")
        return {name: getattr(known, name) for name in names}

    def _save(self, answers: Answers) -> None:
        card = ClientCard(
            name=answers.text("name"),
            uscc=answers.text("uscc"),
            currency=answers.text("currency"),
            address=answers.text("address"),
            contact=answers.text("contact"),
        )
        if self.made is None:
            self.made = self._clients.add(card)
        else:
            self._clients.change(self.made, card)
