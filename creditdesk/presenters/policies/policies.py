"""The policies, without Qt: whose, with which insurer, until when, and how much of each was checked."""

from collections.abc import Sequence
from datetime import date

from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.voids import voided_table
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.policies import PolicyId, PolicyLine
from creditdesk.workspace import Workspace

TABLES = frozenset({"policy", "policy_version", "policy_value", "credit_limit", "client"})  # fmt: skip


class PoliciesPresenter:
    """The policies of one client or of all."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.table: Table[PolicyLine] = Table(
            self._columns(), lambda row: row.id, sort="end", descending=True
        )
        self.voided = voided_table(wording, N_("Policy number"), N_("Insurer"))

    @property
    def subtitle(self) -> str:
        """How many, and how much of them nobody has checked."""
        rows: Sequence[PolicyLine] = self.table.rows
        unchecked = sum(row.unconfirmed for row in rows)
        policies = self._wording.plural(
            N_("{count} policy"), N_("{count} policies"), len(rows)
        )
        if not unchecked:
            return policies
        open_ = self._wording.plural(
            N_("{count} value not yet checked against the paper"),
            N_("{count} values not yet checked against the paper"),
            unchecked,
        )
        return f"{policies} · {open_}"

    def reload(self) -> None:
        """Read the list."""
        policies = self._workspace.desk.policies
        self.table.show(policies.all(self._workspace.today(), self._workspace.client))
        self.voided.show(policies.voided(self._workspace.client))

    def voiding(self, policy: PolicyId, why: str) -> Job[None]:
        """The job: a policy was entered by mistake."""
        policies = self._workspace.desk.policies
        return lambda _progress: policies.void(policy, why)

    def _columns(self) -> list[Column[PolicyLine]]:
        wording = self._wording
        every = self._workspace.client is None

        def title(row: PolicyLine) -> Cell:
            words = row.title.in_language(wording.language)
            return Cell(words, hint=words)

        return [
            Column(key="client", title=N_("Client"), cell=lambda row: Cell(row.client, hint=row.client), order=lambda row: row.client, width=124, hidden=not every),
            Column(key="number", title=N_("Policy number"), cell=lambda row: Cell(row.number, hint=row.number), order=lambda row: row.number, width=140),
            Column(key="title", title=N_("Kind"), cell=title, order=lambda row: row.title.in_language(wording.language), width=150),
            Column(key="insurer", title=N_("Insurer"), cell=lambda row: Cell(row.insurer, hint=row.insurer), order=lambda row: row.insurer, stretch=True),
            Column(key="start", title=N_("From"), cell=lambda row: wording.day(row.start), order=lambda row: row.start, value=lambda row: row.start, width=108),
            Column(key="end", title=N_("To"), cell=self._end, order=lambda row: row.end, value=lambda row: row.end, width=108),
            Column(key="currency", title=N_("Currency"), cell=lambda row: row.currency, order=lambda row: row.currency, width=80),
            Column(key="unconfirmed", title=N_("Unchecked"), cell=lambda row: _count(row.unconfirmed, Tone.WARNING), order=lambda row: row.unconfirmed, value=lambda row: row.unconfirmed, right=True, width=88),
            Column(key="to_enter", title=N_("To enter"), cell=lambda row: _count(row.to_enter, Tone.DANGER), order=lambda row: row.to_enter, value=lambda row: row.to_enter, right=True, width=84),
            Column(key="limits", title=N_("Limits"), cell=lambda row: _count(row.limits, Tone.PLAIN), order=lambda row: row.limits, value=lambda row: row.limits, right=True, width=64),
        ]  # fmt: skip

    def _end(self, row: PolicyLine) -> Cell:
        words, tone = period_words(row, self._workspace.today(), self._wording)
        return Cell(self._wording.day(row.end), tone, words)


def period_words(line: PolicyLine, today: date, wording: Wording) -> tuple[str, Tone]:
    """Whether a policy runs, and its tone."""
    if today > line.end:
        return wording(N_("expired")), Tone.FAINT
    if today < line.start:
        return wording(N_("begins {day}"), day=line.start), Tone.QUIET
    return wording(N_("in force")), Tone.PLAIN


def _count(number: int, tone: Tone) -> Cell:
    return Cell(str(number), tone) if number else Cell("")
