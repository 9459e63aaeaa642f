"""Questions about a file, and what they are about whichever file is asked of."""

from creditdesk.domain.ledger.asked import FileQuestion
from creditdesk.i18n import Message


def test_what_is_asked_of_one_file_is_about_the_same_matter() -> None:
    alone = FileQuestion(id="file.missing", text=Message("?"), options=())
    asked = alone.of_one_file("应收@六月.xlsx")
    assert not alone.is_kept
    assert asked.id == "file.missing@应收@六月.xlsx"
    assert (asked.matter, alone.matter) == ("file.missing", "file.missing")
    assert alone.of_one_file("") == alone
