"""Balances by age without documents, as a list, without Qt."""

from collections.abc import Sequence

from creditdesk.domain.base.money import Money
from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import AgedLine


def table(wording: Wording) -> Table[AgedLine]:
    """One line a buyer and currency: what its latest summary says."""
    say = wording

    def ages(row: AgedLine) -> Cell:
        said = say.list(
            f"{header} {say.figure(amount)}" for header, _, _, amount in row.columns
        )
        return Cell(said, hint=said)

    def footer(rows: Sequence[AgedLine]) -> Sequence[str]:
        codes = dict.fromkeys(row.total.currency for row in rows)
        return [
            say(
                N_("{currency}  {total} by summaries without documents: aged, never claimed, and in no other list"),
                currency=say.currency(code),
                total=say.figure(
                    Money.total((row.total for row in rows if row.total.currency == code), code)
                ),
            )
            for code in codes
        ]  # fmt: skip

    return Table(
        [
            Column(key="client", title=N_("Client"), cell=lambda row: row.client,
                   order=lambda row: row.client, width=150),
            Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer),
                   order=lambda row: row.buyer, width=220),
            Column(key="as_of", title=N_("As of"), cell=lambda row: say.day(row.as_of),
                   order=lambda row: row.as_of, value=lambda row: row.as_of, width=100),
            Column(key="total", title=N_("Total"), cell=lambda row: say.money(row.total),
                   order=lambda row: (row.total.currency, row.total.amount), sums=lambda row: row.total,
                   right=True, width=130),
            Column(key="ages", title=N_("By age"), cell=ages, stretch=True),
            Column(key="file", title=N_("File"), cell=lambda row: Cell(row.file_name, Tone.QUIET, row.file_name),
                   order=lambda row: row.file_name, width=180),
        ],
        lambda row: (row.buyer_id, row.total.currency),
        sort="total",
        descending=True,
        footer=footer,
    )  # fmt: skip
