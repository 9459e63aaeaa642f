"""What the titles and headings of a sheet say at once: a wallet's statement, or the books' own journal."""

from itertools import takewhile

from creditdesk.catalog.headings import normalised
from creditdesk.catalog.statements import StatementHeadings
from creditdesk.importers.files.cells import SEARCHED_ROWS, Sheet, filled, text

_WALLET_FROM, _TITLE = 4, 3


def is_wallet(sheet: Sheet, known: StatementHeadings) -> bool:
    """Whether its headings are a wallet's, whatever stands beside them."""
    return any(
        len({normalised(cell) for cell in row if isinstance(cell, str)} & known.wallet) >= _WALLET_FROM
        for row in sheet.rows[:SEARCHED_ROWS]
    )  # fmt: skip


def is_journal(sheet: Sheet, known: StatementHeadings) -> bool:
    """Whether its title says that it is the books' own journal of a bank account or of cash."""
    above = takewhile(lambda row: filled(row) <= _TITLE, sheet.rows[:SEARCHED_ROWS])
    shown = (text(cell) for row in above for cell in row if cell is not None)
    titles = [normalised(each) for each in (sheet.name, sheet.file_name, *shown)]
    return any(word in title for title in titles for word in known.journal)
