"""The list of claims, without Qt."""

from collections.abc import Sequence

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import CAUSE_TITLES, ClaimState
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.presenters.claims.claim_wording import deadline_tone, state_word
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import ClaimLine
from creditdesk.workspace import Workspace

TABLES = frozenset({
    "claim", "claim_item", "claim_evidence", "indemnity_record", "package_record", "duty", "buyer", "client",
})  # fmt: skip
_STATE_TONES = {
    ClaimState.PREPARATION: Tone.WARNING,
    ClaimState.QUERY: Tone.WARNING,
    ClaimState.PAID: Tone.DONE,
    ClaimState.RECOVERY: Tone.DONE,
    ClaimState.CLOSED: Tone.QUIET,
    ClaimState.WITHDRAWN: Tone.QUIET,
}


class ClaimsPresenter:
    """The claims of one client or of all."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self._today = workspace.today()
        self.changed: Event[None] = Event()
        self.waiting = 0
        self.table: Table[ClaimLine] = Table(
            self._columns(),
            lambda row: row.id,
            sort="number",
            descending=True,
            footer=self._footer,
        )

    @property
    def said(self) -> str:
        """How many there are, and how many are still to be filed."""
        count = self.table.whole
        if not count:
            return ""
        return self._wording.plural(
            N_("{count} claim, {waiting} still to be filed"),
            N_("{count} claims, {waiting} still to be filed"),
            count,
            waiting=self.waiting,
        )

    def reload(self) -> None:
        """Read the claims."""
        claims, client = self._workspace.desk.claims, self._workspace.client
        rows = claims.all(client)
        self.waiting = claims.waiting(client)
        self.table.show(rows)
        self.changed.emit(None)

    def _columns(self) -> list[Column[ClaimLine]]:
        wording = self._wording
        return [
            Column(key="number", title=N_("Claim"), cell=lambda row: row.number, order=lambda row: row.number, width=118),
            Column(key="client", title=N_("Client"), cell=lambda row: Cell(row.client, hint=row.client), order=lambda row: row.client, width=140, hidden=self._workspace.client is not None),
            Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer), order=lambda row: row.buyer, stretch=True),
            Column(key="cause", title=N_("Cause of loss"), cell=lambda row: wording(CAUSE_TITLES[row.cause]), order=lambda row: row.cause, width=130),
            Column(key="date_of_loss", title=N_("Date of loss"), cell=lambda row: wording.day(row.date_of_loss), order=lambda row: row.date_of_loss, value=lambda row: row.date_of_loss, width=100),
            Column(key="state", title=N_("State"), cell=self._state, order=lambda row: list(ClaimState).index(row.state), width=122),
            Column(key="claimed", title=N_("Claimed"), cell=self._claimed, order=lambda row: row.claimed.amount if row.claimed else None, sums=lambda row: row.claimed, right=True, width=130),
            Column(key="papers", title=N_("Papers"), cell=self._papers, order=lambda row: row.present / row.applicable if row.applicable else 1, right=True, width=74),
            Column(key="file_by", title=N_("File by (safe)"), cell=self._file_by, order=lambda row: row.file_by.safe if row.file_by else None, value=lambda row: row.file_by.safe if row.file_by else None, width=172),
        ]  # fmt: skip

    def _state(self, row: ClaimLine) -> Cell:
        word = state_word(row.state, self._wording)
        return Cell(word, _STATE_TONES.get(row.state, Tone.ACCENT))

    def _claimed(self, row: ClaimLine) -> Cell:
        if row.claimed is None:
            return Cell(self._wording(N_("not computed")), Tone.QUIET)
        return Cell(self._wording.money(row.claimed))

    def _papers(self, row: ClaimLine) -> Cell:
        whole = row.present == row.applicable
        tone = Tone.DONE if whole else Tone.PLAIN
        return Cell(f"{row.present} / {row.applicable}{' ✓' if whole else ''}", tone)

    def _file_by(self, row: ClaimLine) -> Cell:
        if row.file_by is None:
            return Cell(self._wording(N_("not known")), Tone.QUIET)
        day = self._wording.day(row.file_by.safe)
        if row.state is not ClaimState.PREPARATION:
            return Cell(day, Tone.QUIET)
        off = self._wording.days_off(row.file_by.safe, self._today)
        hint = self._wording(N_("Last legal day {day}."), day=row.file_by.legal)
        return Cell(f"{day}  {off}", deadline_tone(row.file_by, self._today), hint)

    def _footer(self, rows: Sequence[ClaimLine]) -> Sequence[str]:
        amounts = [row.claimed for row in rows if row.claimed]
        return [
            self._wording(
                N_("{currency}  claimed {amount}"),
                currency=self._wording.currency(code),
                amount=self._wording.figure(
                    Money.total((each for each in amounts if each.currency == code), code)
                ),
            )
            for code in dict.fromkeys(each.currency for each in amounts)
        ]  # fmt: skip
