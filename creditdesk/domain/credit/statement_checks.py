"""What can't be right in a buyer's statement; told, never corrected (rules.md 6.1)."""

from collections.abc import Iterator
from decimal import Decimal

from creditdesk.domain.credit.ratios import Figures
from creditdesk.i18n import N_, Message


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
