"""The recoveries of a claim, without Qt: what came in, who gets what of it, and the form of a new one."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from creditdesk.domain.base.money import Money, is_currency
from creditdesk.domain.base.steps import Step
from creditdesk.domain.claim.claims import GOODS, RECOVERY_TITLES, RecoverySource
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.attaching import take
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import (
    ClaimFile,
    ClaimId,
    GoodsLine,
    NewRecovery,
    RecoveryLine,
)
from creditdesk.services.claims.values import (
    GoodsAboveInvoice,
    GoodsBeforeInvoice,
    GoodsCostMore,
    GoodsCurrencyOther,
    GoodsOfOneInvoice,
    InvoiceNotClaimed,
    RecoveryBeforeLoss,
    RecoveryInFuture,
    RecoveryInvoiceUnknown,
)
from creditdesk.workspace import Workspace

_BETWEEN = re.compile(r"[,，、;；\s]+")


class RecoveryCurrencyOdd(UserError):
    """Not a currency code."""

    message = N_(
        "{currency} is not a currency code of three letters, such as CNY or USD."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryTold:
    """A recovery as it is typed."""

    on: date = asked(N_("Received on"))
    source: RecoverySource = asked(N_("From where"), titles=RECOVERY_TITLES)
    gross: Decimal = asked(N_("Amount received"))
    currency: str = asked(N_("Currency"))
    costs: Decimal | None = asked(N_("Costs of collecting it"), default=None)
    against: str = asked(N_("Invoices it is for, if any by name"), default="")
    note: str = asked(N_("Remark"), default="")


class RecoveriesPresenter:
    """The list and the form; `paper` proves the one being typed."""

    def __init__(
        self, workspace: Workspace, claim: ClaimId, currency: str, wording: Wording
    ) -> None:
        self._workspace = workspace
        self._claims = workspace.desk.claims
        self._claim = claim
        self._currency = currency
        self._wording = wording
        self._client = 0
        self._lost_on = date.min
        self._new: NewRecovery
        self.paper: Path | None = None
        self.changed: Event[None] = Event()
        around = Around(
            today=workspace.today(),
            values={"on": workspace.today().isoformat(), "currency": currency},
            blame={
                RecoveryInFuture: "on", RecoveryBeforeLoss: "on",
                RecoveryCurrencyOdd: "currency", RecoveryInvoiceUnknown: "against",
                GoodsOfOneInvoice: "against", InvoiceNotClaimed: "against", GoodsCostMore: "costs", GoodsAboveInvoice: "gross",
                GoodsCurrencyOther: "currency", GoodsBeforeInvoice: "on",
            },
        )  # fmt: skip
        self.form = bound(RecoveryTold, wording, self._check, around)
        self.lines: Table[RecoveryLine] = Table(
            with_voids(
                self._columns(), lambda row: row.voided, wording, told_in="source"
            ),
            lambda row: row.id,
            sort="on",
            descending=True,
        )
        self.goods: Table[GoodsLine] = Table(
            with_voids(
                self._goods_columns(), lambda row: row.voided, wording, told_in="kind"
            ),
            lambda row: row.id,
            sort="on",
        )

    def show(self, file: ClaimFile) -> None:
        """The claim was read again."""
        self._client = file.line.client_id
        self._lost_on = file.line.date_of_loss
        self.lines.show(file.recoveries)
        self.goods.show(file.goods)
        self.changed.emit(None)

    @property
    def today(self) -> date:
        """The day it is."""
        return self._workspace.today()

    @property
    def sums(self) -> str:
        """What came in, and what of it the insurer still has to get."""
        counted = [row for row in self.lines.rows if not row.voided]
        if not counted:
            return ""
        code = counted[0].net.currency
        waiting = Money.total((row.insurer for row in counted if row.waits), code)
        said = self._wording(
            N_("Recovered {net}: insurer {insurer}, insured {insured}."),
            net=Money.total((row.net for row in counted), code),
            insurer=Money.total((row.insurer for row in counted), code),
            insured=Money.total((row.insured for row in counted), code),
        )
        owed = Money.total((-row.insurer for row in counted if row.is_owed), code)
        if owed:
            text = N_("The insurer still bears {amount} of the costs.")
            said = f"{said} {self._wording(text, amount=owed)}"
        if not waiting:
            return said
        left = self._wording(N_("{amount} is still to be handed over."), amount=waiting)
        return f"{said} {left}"

    def settles(self, key: object) -> str:
        """What the button says that settles the insurer's share of a recovery with it."""
        row = self.lines.get(key)
        if row is not None and row.is_owed:
            return self._wording(N_("Paid by the insurer today"))
        return self._wording(N_("Handed over today"))

    def working(self, key: object) -> tuple[Step, ...]:
        """How a recovery was shared."""
        row = self.lines.get(key)
        return row.steps if row else ()

    def take_paper(self, path: Path | None) -> None:
        """The file that proves it; None: none."""
        self.paper = path

    def recording(self) -> Callable[[Progress], int]:
        """The job: keep the paper, and the recovery with its shares."""
        desk, claim, paper = self._workspace.desk, self._claim, self.paper
        new, today, client = self._new, self._workspace.today(), self._client
        most = desk.upkeep.threshold("evidence_mb")

        def job(progress: Progress) -> int:
            taken = take(paper, progress, megabytes=most) if paper else None

            def recover() -> int:
                kept = desk.watch.keep_paper(client, *taken) if taken else None
                told = replace(new, document=kept)
                if self._is_before(new):
                    return desk.claims.take_goods(claim, told)
                return desk.claims.recover(claim, told, today)

            return desk.do(recover, progress)

        return job

    def started_anew(self) -> None:
        """It is kept: the form is empty again."""
        today = self._workspace.today().isoformat()
        self.form.load({"on": today, "currency": self._currency})

    def remitting(self, key: object, on: date) -> Callable[[Progress], None]:
        """The job: the insurer's share of this recovery was handed over."""
        desk, claim, row = self._workspace.desk, self._claim, self.lines.get(key)

        def remit() -> None:
            if row is not None and (row.waits or row.is_owed):
                desk.claims.remit(claim, row.id, on)

        return lambda progress: desk.do(remit, progress)

    def voiding(self, key: object, why: str) -> Callable[[Progress], None]:
        """The job: this recovery was a mistake. Raises where the reason is missing."""
        desk, claim, row = self._workspace.desk, self._claim, self.lines.get(key)

        def void() -> None:
            if row is not None and not row.voided:
                desk.claims.void_recovery(claim, row.id, why)

        return lambda progress: desk.do(void, progress)

    def voiding_goods(self, key: object, why: str) -> Callable[[Progress], None]:
        """The job: what goods brought before the loss was a mistake. Raises where the reason is missing."""
        desk, claim, row = self._workspace.desk, self._claim, self.goods.get(key)

        def void() -> None:
            if row is not None and not row.voided:
                desk.claims.void_goods(claim, row.id, why)

        return lambda progress: desk.do(void, progress)

    def _check(self, told: RecoveryTold) -> None:
        """Raises what the service would refuse, before any paper is kept."""
        currency = told.currency.upper()
        if not is_currency(currency):
            raise RecoveryCurrencyOdd(currency=currency)
        self._new = NewRecovery(
            received_on=told.on,
            source=told.source,
            gross=Money(told.gross, currency).rounded(),
            costs=Money(told.costs or Decimal(0), currency).rounded(),
            note=told.note,
            against=tuple(each for each in _BETWEEN.split(told.against) if each),
        )
        if not self._is_before(self._new):
            self._claims.share(self._claim, self._new, self._workspace.today())

    def _is_before(self, new: NewRecovery) -> bool:
        """Whether it is of goods and came in up to the date of loss: then it lessens their invoice, unshared."""
        return new.source in GOODS and new.received_on <= self._lost_on

    def _goods_columns(self) -> list[Column[GoodsLine]]:
        say = self._wording
        return [
            Column(key="on", title=N_("Received on"), cell=lambda row: say.day(row.on), order=lambda row: (row.on, row.id), value=lambda row: row.on, width=100),
            Column(key="kind", title=N_("From where"), cell=lambda row: Cell(say(RECOVERY_TITLES[row.kind]), hint=row.note), order=lambda row: row.kind, stretch=True),
            Column(key="invoice", title=N_("Taken off invoice"), cell=lambda row: say.name(row.invoice), order=lambda row: say.name(row.invoice), width=150),
            Column(key="gross", title=N_("Amount received"), cell=lambda row: say.money(row.gross), order=lambda row: row.gross.amount, sums=lambda row: row.gross, right=True, width=112),
            Column(key="costs", title=N_("Costs"), cell=lambda row: say.cell(row.costs), order=lambda row: row.costs.amount, sums=lambda row: row.costs, right=True, width=100),
            Column(key="net", title=N_("Net of costs"), cell=lambda row: say.money(row.net), order=lambda row: row.net.amount, sums=lambda row: row.net, right=True, width=112),
        ]  # fmt: skip

    def _columns(self) -> list[Column[RecoveryLine]]:
        say = self._wording

        def source(row: RecoveryLine) -> Cell:
            against = say.list(say.name(each) for each in row.against)
            text = " · ".join(filter(None, (say(RECOVERY_TITLES[row.source]), against)))
            return Cell(text, hint=row.note)

        def handed(row: RecoveryLine) -> Cell:
            if row.remitted_on:
                return Cell(say.day(row.remitted_on), Tone.DONE)
            if row.is_owed:
                return Cell(say(N_("the insurer's to pay")), Tone.WARNING)
            return Cell(say(N_("to be handed over")), Tone.WARNING) if row.waits else Cell("")  # fmt: skip

        return [
            Column(key="on", title=N_("Received on"), cell=lambda row: say.day(row.received_on), order=lambda row: (row.received_on, row.id), value=lambda row: row.received_on, width=100),
            Column(key="source", title=N_("From where"), cell=source, order=lambda row: row.source, stretch=True),
            Column(key="gross", title=N_("Amount received"), cell=lambda row: say.money(row.gross), order=lambda row: row.gross.amount, sums=lambda row: row.gross, right=True, width=112),
            Column(key="costs", title=N_("Costs"), cell=lambda row: say.cell(row.costs), order=lambda row: row.costs.amount, sums=lambda row: row.costs, right=True, width=76, hidden=True),
            Column(key="insurer", title=N_("Insurer's share"), cell=lambda row: say.money(row.insurer), order=lambda row: row.insurer.amount, sums=lambda row: row.insurer, right=True, width=112),
            Column(key="insured", title=N_("Insured's share"), cell=lambda row: say.money(row.insured), order=lambda row: row.insured.amount, sums=lambda row: row.insured, right=True, width=112),
            Column(key="handed", title=N_("Handed over"), cell=handed, order=lambda row: row.remitted_on or date.max, value=lambda row: row.remitted_on, width=148),
        ]  # fmt: skip
