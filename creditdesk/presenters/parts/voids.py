"""Entries that were mistakes, as lists show them: struck out, with who said so, when and why."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided, VoidedEntry
from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording

Row = TypeVar("Row")


def void_words(voided: Voided, wording: Wording) -> str:
    """When, who and why."""
    return wording(
        N_("Void since {day}, {who}: {why}"),
        day=voided.at.date(),
        who=voided.by or "–",
        why=voided.why or "–",
    )


def with_voids(
    columns: Sequence[Column[Row]],
    voided_of: Callable[[Row], Voided | None],
    wording: Wording,
    told_in: str,
) -> list[Column[Row]]:
    """The columns of a history: a voided row is struck out, and the column `told_in` says when, who and why."""

    def struck(column: Column[Row]) -> Column[Row]:
        def cell(row: Row) -> Cell | str:
            made = column.cell(row)
            voided = voided_of(row)
            if voided is None:
                return made
            words = void_words(voided, wording)
            if column.key == told_in:
                return Cell(words, Tone.QUIET, words)
            text = made if isinstance(made, str) else made.text
            return Cell(text, Tone.FAINT, words, struck=True)

        def counted(row: Row) -> Money | Iterable[Money] | None:
            standing = column.sums if voided_of(row) is None else None
            return standing(row) if standing else None

        return replace(column, cell=cell, sums=counted if column.sums else None)

    return [struck(column) for column in columns]


def voided_table(wording: Wording, name: str, about: str) -> Table[VoidedEntry]:
    """A list of entries that were mistakes, the newest first; `name` and `about` are its heads."""
    columns: list[Column[VoidedEntry]] = [
        Column(key="client", title=N_("Client"), cell=lambda row: row.client, order=lambda row: row.client, width=150),
        Column(key="name", title=name, cell=lambda row: row.name, order=lambda row: row.name, width=180),
        Column(key="about", title=about, cell=lambda row: row.about, order=lambda row: row.about, width=200),
        Column(key="voided", title=N_("Void"), cell=lambda _row: "", order=lambda row: row.voided.at, stretch=True),
    ]  # fmt: skip
    made = with_voids(columns, lambda row: row.voided, wording, told_in="voided")
    return Table(made, lambda row: row.id, sort="voided", descending=True)
