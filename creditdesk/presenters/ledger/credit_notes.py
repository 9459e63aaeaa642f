"""Credit notes without an invoice, without Qt: what is proposed for each, and what a person says."""

from collections.abc import Mapping, Sequence

from creditdesk.domain.base.money import Money
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.form import Option
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import CreditNoteLine
from creditdesk.workspace import Workspace

TABLES = frozenset({"invoice", "payment", "buyer"})


class CreditNotesPresenter:
    """The list, and the credit note that is looked at."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.chosen: CreditNoteLine | None = None
        self.changed: Event[None] = Event()
        self.lines: Table[CreditNoteLine] = Table(
            self._columns(), lambda row: row.id, sort="day", footer=self._footer
        )

    def reload(self) -> None:
        """Read the list; the same credit note stays chosen while it is there."""
        found = self._workspace.desk.ledger.unassigned_credits(self._workspace.client)
        self.lines.show(found)
        kept = self.chosen.id if self.chosen else None
        self.chosen = next((row for row in self.lines.rows if row.id == kept), None)
        if self.chosen is None and self.lines.rows:
            self.chosen = self.lines.rows[0]
        self.changed.emit(None)

    def choose(self, credit_id: int) -> None:
        """Look at another credit note."""
        self.chosen = self.lines.get(credit_id)
        self.changed.emit(None)

    @property
    def about(self) -> str:
        """What the chosen credit note is, and why this invoice is proposed."""
        row, say = self.chosen, self._wording
        if row is None:
            return ""
        said = say(
            N_("{number} of {day}, {buyer}: {amount}."),
            number=row.number, day=row.issued, buyer=row.buyer, amount=row.amount,
        )  # fmt: skip
        if row.proposal is None:
            return f"{said} {say(N_('No open invoice of this buyer is large enough.'))}"
        return f"{said} {say.message(row.proposal.reason)}"

    @property
    def choices(self) -> Sequence[Option]:
        """The buyer's open invoices, the proposed one first."""
        row = self.chosen
        if row is None:
            return ()
        proposed = row.proposal.invoice.id if row.proposal else None
        ordered = sorted(row.choices, key=lambda each: each.id != proposed)
        return [
            Option(
                each.number,
                self._wording(
                    N_("{number} of {day}, open {left}"),
                    number=each.called, day=each.issued, left=each.open,
                ),
            )
            for each in ordered
        ]  # fmt: skip

    @property
    def certain(self) -> Mapping[int, str]:
        """The invoices of all credit notes for which nothing else comes into question."""
        return {
            row.id: row.proposal.invoice.number
            for row in self.lines.rows
            if row.proposal and row.proposal.certain
        }

    @property
    def all_certain(self) -> str:
        """What setting all of them does, one line each."""
        return "\n".join(
            self._wording(
                N_("{credit} ({amount}) against {invoice}"),
                credit=row.number, amount=row.amount, invoice=row.proposal.invoice.called,
            )
            for row in self.lines.rows
            if row.proposal and row.proposal.certain
        )  # fmt: skip

    def setting(self, assigned: Mapping[int, str]) -> Job[int]:
        """The work of setting credit notes against invoices; the answer is how many."""
        desk = self._workspace.desk

        def job(progress: Progress) -> int:
            desk.do(lambda: desk.ledger.set_against(assigned), progress)
            return len(assigned)

        return job

    def _columns(self) -> list[Column[CreditNoteLine]]:
        say = self._wording
        return [
            Column(key="day", title=N_("Date"), cell=lambda row: say.day(row.issued),
                   order=lambda row: row.issued, value=lambda row: row.issued, width=100),
            Column(key="client", title=N_("Client"), cell=lambda row: row.client,
                   order=lambda row: row.client, width=140),
            Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer),
                   order=lambda row: row.buyer, stretch=True),
            Column(key="number", title=N_("Number"), cell=lambda row: Cell(row.number, hint=row.number),
                   order=lambda row: row.number, width=150),
            Column(key="amount", title=N_("Amount"), cell=lambda row: say.money(row.amount),
                   order=lambda row: (row.amount.currency, row.amount.amount), value=lambda row: row.amount,
                   right=True, width=120),
            Column(key="proposal", title=N_("Proposed invoice"), cell=self._proposal, width=220),
        ]  # fmt: skip

    def _proposal(self, row: CreditNoteLine) -> Cell:
        if row.proposal is None:
            return Cell(self._wording(N_("none found")), Tone.QUIET)
        number = self._wording.name(row.proposal.invoice.called)
        reason = self._wording.message(row.proposal.reason)
        if row.proposal.certain:
            return Cell(f"✓ {number}", Tone.DONE, reason)
        return Cell(self._wording(N_("{number}, to be checked"), number=number), hint=reason)  # fmt: skip

    def _footer(self, rows: Sequence[CreditNoteLine]) -> Sequence[str]:
        codes = dict.fromkeys(row.amount.currency for row in rows)
        return [
            self._wording(
                N_("{currency}  {total} take nothing off a debt yet"),
                currency=self._wording.currency(code),
                total=self._wording.figure(
                    Money.total((row.amount for row in rows if row.amount.currency == code), code)
                ),
            )
            for code in codes
        ]  # fmt: skip
