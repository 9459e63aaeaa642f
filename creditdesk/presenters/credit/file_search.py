"""Finding something in a buyer's whole file, without Qt: each thing that can be looked for, and where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.credit import FilePaper, Happened, Where

PAPERS, CARD = "papers", "card"
"""Parts that hold no entry of the timeline."""


@dataclass(frozen=True, slots=True)
class InFile:
    """Something in the file. `where`: its part; `filter`: what the list there is filtered by."""

    words: str
    where: Where | str
    filter: str = ""


def found_in_file(
    say: Wording,
    entries: Sequence[Happened],
    papers: Sequence[FilePaper],
    forms: Sequence[Form],
) -> tuple[InFile, ...]:
    """The master data first, then everything that happened, the newest first, then the papers."""
    return (
        *_of_forms(forms),
        *(_of_entry(say, each) for each in entries),
        *(InFile(f"{each.file_name} · {say.message(each.title)}", PAPERS, each.file_name) for each in papers),
    )  # fmt: skip


def _of_forms(forms: Sequence[Form]) -> Iterator[InFile]:
    for form in forms:
        for field in form.fields:
            text = " ".join(form.value(field.key).split())
            chosen = next((each.words for each in field.options if each.value == text), text)  # fmt: skip
            if chosen:
                yield InFile(f"{field.label} · {chosen}", CARD)


def _of_entry(say: Wording, entry: Happened) -> InFile:
    number = dict(entry.title.places).get("number", "")
    parts = [say.message(entry.title), say.day(entry.on)]
    if entry.detail:
        parts.insert(1, " ".join(say.message(entry.detail).split()))
    return InFile(" · ".join(parts), entry.where, str(number))
