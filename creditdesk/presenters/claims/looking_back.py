"""Looking back on claims, without Qt: how long insurers take, how often they grant, and why claims were cut."""

from collections.abc import Sequence
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import DECISION_TITLES, Decision
from creditdesk.domain.claim.closing import Cycle, Passed, cycles
from creditdesk.events import Event
from creditdesk.i18n import N_, words
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import style
from creditdesk.workspace import Workspace

TABLES = frozenset({
    "claim", "claim_step", "claim_payment", "claim_invoice", "indemnity_record", "duty", "notice", "policy", "client",
})  # fmt: skip
_NOTHING = "—"


class LookingBackPresenter:
    """The insurers' figures, and below them each claim with what was cut and what was late."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.changed: Event[None] = Event()
        self.insurers: Table[Cycle] = Table(
            self._of_insurers(), lambda row: row.insurer, sort="insurer"
        )
        self.claims: Table[Passed] = Table(
            self._of_claims(), lambda row: row.number, sort="number", descending=True
        )
        self.again: Sequence[str] = ()

    def reload(self) -> None:
        """Read the claims of the chosen client, or of all."""
        found = self._workspace.desk.claims.passed(self._workspace.client)
        insurers = cycles(found)
        self.insurers.show(insurers)
        self.claims.show(found)
        self.again = [
            self._wording(
                N_("{insurer}: “{reason}” came {count} times. What would prevent it?"),
                insurer=each.insurer,
                reason=reason,
                count=count,
            )
            for each in insurers
            for reason, count in each.again
        ]
        self.changed.emit(None)

    def claim_of(self, number: object) -> int | None:
        """The claim of a line, to open its file."""
        claims = self._workspace.desk.claims.all(self._workspace.client)
        return next((each.id for each in claims if each.number == number), None)

    def _of_insurers(self) -> list[Column[Cycle]]:
        def days(key: str, title: str, width: int) -> Column[Cycle]:
            def cell(row: Cycle) -> Cell:
                figure = getattr(row, key)
                return Cell(_NOTHING, Tone.QUIET) if figure is None else Cell(str(figure))  # fmt: skip

            return Column(key=key, title=title, cell=cell, order=lambda row: getattr(row, key) or 0, right=True, width=width)  # fmt: skip

        return [
            Column(key="insurer", title=N_("Insurer"), cell=lambda row: Cell(row.insurer, hint=row.insurer), order=lambda row: row.insurer, stretch=True),
            Column(key="claims", title=N_("Claims"), cell=lambda row: str(row.claims), order=lambda row: row.claims, right=True, width=80),
            days("to_file", N_("Days, notice to filing"), 150),
            days("to_decide", N_("Days, filing to decision"), 150),
            days("to_pay", N_("Days, decision to payment"), 160),
            Column(key="granted", title=N_("Granted of decided"), cell=lambda row: row.whole, order=lambda row: row.granted, right=True, width=130),
        ]  # fmt: skip

    def _of_claims(self) -> list[Column[Passed]]:
        return [
            Column(key="number", title=N_("Claim"), cell=lambda row: row.number, order=lambda row: row.number, width=118),
            Column(key="insurer", title=N_("Insurer"), cell=lambda row: Cell(row.insurer, hint=row.insurer), order=lambda row: row.insurer, width=150),
            Column(key="decided", title=N_("Decided by the insurer"), cell=self._decision, order=lambda row: row.decided_on or date.max, value=lambda row: row.decided_on, width=200),
            self._money("claimed", N_("Claimed")),
            self._money("paid", N_("Indemnity paid")),
            self._money("cut", N_("Cut")),
            Column(key="why", title=N_("Why, and what was late"), cell=self._why, stretch=True),
        ]  # fmt: skip

    def _money(self, key: str, title: str) -> Column[Passed]:
        def of(row: Passed) -> Money | None:
            found: Money | None = getattr(row, key)
            return found

        def cell(row: Passed) -> Cell:
            amount = of(row)
            return Cell(_NOTHING, Tone.QUIET) if amount is None else Cell(self._wording.money(amount))  # fmt: skip

        def order(row: Passed) -> object:
            amount = of(row)
            return None if amount is None else amount.amount

        return Column(key=key, title=title, cell=cell, order=order, sums=of, right=True, width=124)  # fmt: skip

    def _decision(self, row: Passed) -> Cell:
        if row.decision is None or row.decided_on is None:
            return Cell(self._wording(N_("not decided")), Tone.QUIET)
        word = self._wording(DECISION_TITLES[Decision(row.decision)])
        tone = Tone.WARNING if row.was_cut else Tone.DONE
        return Cell(f"{self._wording.day(row.decided_on)} {word}", tone)

    def _why(self, row: Passed) -> Cell:
        """The insurer's reasons, duties that were late, and invoices that were not covered; all of it in the hint."""
        say = self._wording
        told = [
            *row.reasons,
            *(say(N_("late: {what}, due {by}"), what=each.title.in_language(say.language), by=say.day(each.by)) for each in row.late),
            *(say(N_("not covered: {invoice} ({why})"), invoice=say.name(name), why=style.reasons(codes, words(say.language))) for name, codes in row.left_out),
        ]  # fmt: skip
        return Cell(say.clauses(told), hint="\n".join(told)) if told else Cell("")
