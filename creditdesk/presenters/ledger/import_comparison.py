"""How an import's file stands in the desk now, as a list and in words."""

from creditdesk.i18n import N_
from creditdesk.presenters.ledger.import_words import RECORDS, change_words, place_words
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger.import_values import (
    Comparison,
    Difference,
    ImportStanding,
    Record,
)

STANDINGS = {
    ImportStanding.DIFFERENT: N_("differs"),
    ImportStanding.GONE: N_("not in the ledger"),
    ImportStanding.NEW: N_("not in the file"),
}
_TONES = {ImportStanding.DIFFERENT: Tone.WARNING, ImportStanding.GONE: Tone.DANGER}
_RECORDS = {**RECORDS, Record.BALANCE: N_("Balance"), Record.LINE: N_("Bank line")}


def difference_table(wording: Wording) -> Table[Difference]:
    """What is not as the file says: the file's value, the desk's, and which import made it so."""
    say = wording

    def fields(row: Difference) -> Cell:
        told = [change_words(each, say) for each in row.fields]
        return Cell(say.list(told), hint="\n".join(told))

    def by(row: Difference) -> Cell:
        if row.by is None:
            return Cell("")
        place = place_words(row.by.file_name, row.by.sheet, row.by.row, say)
        said = say(N_("import {number}: {file}"), number=row.by.batch, file=place)
        return Cell(said, hint=said)

    def name(row: Difference) -> Cell:
        words = say.name(row.name)
        return Cell(words, hint=words)

    return Table(
        [
            Column(key="row", title=N_("Row"), cell=lambda row: "" if row.row is None else str(row.row), order=lambda row: row.row, right=True, width=60),
            Column(key="standing", title=N_("How it stands"), cell=lambda row: Cell(say(STANDINGS[row.standing]), _TONES.get(row.standing, Tone.PLAIN)), order=lambda row: row.standing, width=110),
            Column(key="record", title=N_("What"), cell=lambda row: say(_RECORDS[row.record]), order=lambda row: row.record, width=84),
            Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer), order=lambda row: row.buyer, width=180),
            Column(key="name", title=N_("Number"), cell=name, order=lambda row: say.name(row.name), width=130),
            Column(key="amount", title=N_("Amount"), cell=lambda row: say.money(row.amount), order=lambda row: row.amount.amount, sums=lambda row: row.amount, right=True, width=110),
            Column(key="fields", title=N_("File → ledger"), cell=fields, stretch=True),
            Column(key="by", title=N_("Made so by"), cell=by, width=180),
        ],
        lambda row: (row.standing, row.record, row.row, row.id, say.name(row.name)),
        sort="row",
    )  # fmt: skip


def comparison_words(found: Comparison, wording: Wording) -> str:
    """The counts in one sentence."""
    say = wording
    parts = [
        say.plural(
            N_("{count} record is as the file says"),
            N_("{count} records are as the file says"),
            found.same,
        )
    ]
    if found.banked:
        parts.append(
            say.plural(
                N_("{count} payment stands as a confirmed bank line"),
                N_("{count} payments stand as confirmed bank lines"),
                found.banked,
            )
        )
    counts = (
        (N_("{count} differs"), N_("{count} differ"), ImportStanding.DIFFERENT),
        (N_("{count} is not in the ledger"), N_("{count} are not in the ledger"), ImportStanding.GONE),
        (
            N_("{count} document of the same days is not in the file"),
            N_("{count} documents of the same days are not in the file"),
            ImportStanding.NEW,
        ),
    )  # fmt: skip
    parts += [
        say.plural(one, many, count)
        for one, many, standing in counts
        if (count := found.count(standing))
    ]
    return say(N_("{parts}."), parts=tuple(parts))
