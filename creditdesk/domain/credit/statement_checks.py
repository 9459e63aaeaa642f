"""What can't be right in a buyer's statement; told, never corrected (rules.md 6.1)."""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from creditdesk.domain.credit.buyer_names import normal_name
from creditdesk.domain.credit.ratios import Figures, ebit_estimated
from creditdesk.domain.credit.sheets import Sheet, SheetRow, figures_of
from creditdesk.i18n import N_, Message

_FAR = Decimal(500)
"""Times: real figures of one buyer lie closer together; 元 and 千元 differ by 1,000, 元 and 万元 by 10,000."""


def doubts(figures: Figures) -> Iterator[Message]:
    """What doesn't fit together of the figures that are known."""
    f = figures
    if f.total_assets is not None and f.total_liabilities is not None and f.equity is not None:  # fmt: skip
        other = f.total_liabilities + f.equity
        if f.total_assets != other:
            text = N_("Assets are {assets}, but liabilities and equity are {other} together.")  # fmt: skip
            yield Message.of(text, assets=f"{f.total_assets:f}", other=f"{other:f}")
    if _more(f.current_assets, f.total_assets):
        yield Message(N_("Current assets are more than all assets."))
    if _more(f.current_liabilities, f.total_liabilities):
        yield Message(N_("Current liabilities are more than all liabilities."))
    if _more(f.inventory, f.current_assets):
        yield Message(N_("Inventory is more than the current assets."))
    if _more(f.receivables_not_due, f.receivables):
        yield Message(N_("Receivables not yet due are more than all receivables."))


def _more(part: Decimal | None, whole: Decimal | None) -> bool:
    return part is not None and whole is not None and part > whole


def sheet_doubts(
    sheet: Sheet,
    rows: Iterable[SheetRow],
    names: Collection[str] = (),
    others: Iterable[Sheet] = (),
) -> Iterator[Message]:
    """What a person should look at before a statement is judged: what doesn't fit, and how it will be read.

    `names`: what the buyer is called; `others`: its statements of other periods.
    """
    yield from contradictions(sheet, rows, names, others)
    if sheet.annualised:
        text = N_(
            "The statement is of {months} months: sales, profit and cash flow are annualised where they are judged."
        )
        yield Message.of(text, months=sheet.months)
    if sheet.value("profit_before_tax") is not None and ebit_estimated(figures_of(sheet)):  # fmt: skip
        yield Message(N_("Interest isn't shown apart: the financial expenses stand for it in EBIT."))  # fmt: skip


def contradictions(
    sheet: Sheet,
    rows: Iterable[SheetRow],
    names: Collection[str] = (),
    others: Iterable[Sheet] = (),
) -> Iterator[Message]:
    """What can't be right: asked about before the statement is kept. The same as `sheet_doubts` takes."""
    yield from doubts(figures_of(sheet))
    for row in rows:
        value = sheet.values.get(row.key)
        if value is not None and value < 0 and not row.signed:
            yield Message.of(N_("{row} is negative: {value}."), row=row.title, value=f"{value:f}")  # fmt: skip
    yield from _units(sheet, others)
    if sheet.company and names and not _is_named(sheet.company, names):
        text = N_("The statement is of {company}, the file is {buyer}'s: is it another company's?")  # fmt: skip
        yield Message.of(text, company=sheet.company, buyer=next(iter(names)))


def _units(sheet: Sheet, others: Iterable[Sheet]) -> Iterator[Message]:
    sold, owned = sheet.value("sales"), sheet.value("total_assets")
    if _far_apart(sold, owned):
        yield Message(
            N_(
                "Sales and assets are a thousand times apart: does one statement count in 元 and the other in 万元?"
            )
        )
    for other in others:
        for key in ("total_assets", "sales"):
            if _far_apart(sheet.value(key), other.value(key)):
                text = N_(
                    "The figures are a thousand times apart from those of {day}: are 元 and 万元 mixed?"
                )
                yield Message.of(text, day=other.period_end)
                return


def _far_apart(one: Decimal | None, other: Decimal | None) -> bool:
    if not one or not other:
        return False
    times = abs(one / other)
    return times >= _FAR or times <= 1 / _FAR


def _is_named(company: str, names: Collection[str]) -> bool:
    return normal_name(company) in {normal_name(name) for name in names}
