"""Which invoice a credit note may belong to."""

from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.credit_notes import CreditPaper, proposals


def paper(  # noqa: PLR0913 - what a document has
    id_: int,
    issued: str,
    amount: str,
    *,
    left: str = "",
    buyer: int = 1,
    currency: str = "CNY",
) -> CreditPaper[int]:
    return CreditPaper(
        id_, buyer, f"N{id_}", date.fromisoformat(issued),
        Money(Decimal(amount), currency), Money(Decimal(left or amount), currency),
    )  # fmt: skip


def found(
    note: CreditPaper[int], *invoices: CreditPaper[int]
) -> tuple[int, bool] | None:
    proposal = proposals([note], invoices).get(note.id)
    return (proposal.invoice.id, proposal.certain) if proposal else None


NOTE = paper(9, "2026-03-01", "100")


def test_the_only_invoice_of_the_amount_is_certain() -> None:
    assert found(NOTE, paper(1, "2026-01-01", "100"), paper(2, "2026-02-01", "300")) == (1, True)  # fmt: skip


def test_an_invoice_of_the_very_day_may_be_meant() -> None:
    assert found(NOTE, paper(1, "2026-03-01", "100")) == (1, True)


def test_of_several_of_the_amount_the_latest_is_proposed_and_not_certain() -> None:
    assert found(NOTE, paper(1, "2026-01-01", "100"), paper(2, "2026-02-01", "100")) == (2, False)  # fmt: skip


def test_without_the_amount_the_latest_that_is_large_enough_is_proposed() -> None:
    assert found(NOTE, paper(1, "2026-01-01", "500"), paper(2, "2026-02-01", "99")) == (1, False)  # fmt: skip


def test_later_settled_foreign_or_other_buyers_invoices_never_are() -> None:
    assert found(
        NOTE,
        paper(1, "2026-03-02", "100"),
        paper(2, "2026-02-01", "100", left="99"),
        paper(3, "2026-02-01", "100", currency="USD"),
        paper(4, "2026-02-01", "100", buyer=2),
    ) is None  # fmt: skip


def test_two_credit_notes_never_get_the_same_invoice() -> None:
    notes = [paper(8, "2026-03-01", "100"), paper(9, "2026-03-02", "100")]
    proposed = proposals(notes, [paper(1, "2026-01-01", "100")])
    assert {note: each.invoice.id for note, each in proposed.items()} == {8: 1}
