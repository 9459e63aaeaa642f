"""`ledger import` takes structured files with the same answers as tables."""

from pathlib import Path
from typing import Any

import pytest

Shell = Any  # the fixture of conftest, which tests can't import
DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
OWNER = ("--client", "甲")
INVOICE = (
    '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><ID>{}</ID>'
    "<IssueDate>2025-01-15</IssueDate><DocumentCurrencyCode>EUR</DocumentCurrencyCode>"
    "<AccountingCustomerParty><Party><PartyName><Name>Kunde</Name></PartyName></Party></AccountingCustomerParty>"
    "<LegalMonetaryTotal><PrepaidAmount>13</PrepaidAmount><PayableAmount>100</PayableAmount></LegalMonetaryTotal>"
    "</Invoice>"
)


def taken(shell: Shell, *command: object) -> dict[str, Any]:
    said = shell("ledger", "import", *command, *OWNER)
    assert said.status == 0, said
    answer: dict[str, Any] = said.json
    return answer


def test_an_e_invoice_is_taken_in_without_columns(shell: Shell, tmp_path: Path) -> None:
    shell("client", "add", "甲")
    file = tmp_path / "invoice.xml"
    file.write_text(INVOICE.format("R 1"), encoding="utf-8")
    told = taken(shell, file)
    assert told["totals"] == {"EUR": {"count": 1, "amount": "113.00", "open": "100.00"}}
    assert (told["format"], told["controls"], told["columns"]) == ("ubl", [], {})
    assert (told["invoices_added"], told["payments_added"]) == (1, 1)
    assert taken(shell, file)["batch"] is None
    for option in ("--map", "doc_no=ID"), ("--sheet", "x"), ("--day-first",):
        refused = shell("ledger", "import", file, *OWNER, *option)
        assert (refused.status, refused.error) == (1, "columns_unneeded")


def test_an_e_invoice_that_cannot_be_taken_says_why(
    shell: Shell, tmp_path: Path
) -> None:
    shell("client", "add", "甲")
    file = tmp_path / "invoice.xml"
    file.write_text(INVOICE.format(""), encoding="utf-8")
    refused = shell("ledger", "import", file, *OWNER)
    assert (refused.status, refused.error) == (1, "nothing_taken")


@pytest.mark.real_data
def test_the_totals_of_an_audit_file_stand_beside_what_was_read(shell: Shell) -> None:
    if not DATA.is_dir():
        pytest.skip("the real files of ../shared/data are not here")
    shell("client", "add", "甲")
    told = taken(shell, DATA / "04c_saft/saft_idemo599999999.xml")
    assert told["format"] == "saft-pt"
    assert [each["agrees"] for each in told["controls"]] == [True] * 6
    assert (told["controls"][0]["file"], told["controls"][0]["read"]) == ("24", "24")
    assert (told["invoices_added"], told["payments_added"], told["buyers_added"]) == (18, 4, 3)  # fmt: skip
    assert told["totals"]["USD"]["amount"] == "317.45"
    assert len(told["skipped"]) == 7
