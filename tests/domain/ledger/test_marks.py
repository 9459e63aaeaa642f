import pytest

from creditdesk.domain.ledger.marks import Mark, mark_of, marked, unmarked


@pytest.mark.parametrize(
    ("memo", "bill", "assigned"),
    [
        ("", None, None),
        ("五月货款", None, None),
        ("票据：银承 2026-08-01；五月货款", "银承 2026-08-01", None),
        ("已转让：某银行；票据：商承", "商承", "某银行"),
        ("已转让；货款", None, ""),
        ("货款已转让：某银行", None, None),
    ],
)
def test_marks_are_found_among_a_ledger_s_own_words(
    memo: str, bill: str | None, assigned: str | None
) -> None:
    assert mark_of(memo, Mark.BILL) == bill
    assert mark_of(memo, Mark.ASSIGNED) == assigned


def test_a_mark_comes_and_goes_and_leaves_the_rest() -> None:
    memo = marked(marked("货款；急", Mark.ASSIGNED, "某银行"), Mark.BILL, "银承")
    assert memo == "票据：银承；已转让：某银行；货款；急"
    assert unmarked(memo, Mark.BILL) == "已转让：某银行；货款；急"
    assert marked("", Mark.ASSIGNED, "") == "已转让"
