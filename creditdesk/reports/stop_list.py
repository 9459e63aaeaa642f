"""The stop list for sales: to whom nothing may be shipped on a day, why, and what lifts it; a page or a picture."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from creditdesk import private
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import picture, style
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources
from creditdesk.services.policies.stop_list import StopList, StoppedBuyer

_TITLE = N_("Stop list")


def write(
    lists: Sequence[StopList], path: Path, language: Language, progress: Progress
) -> int:
    """Write the PDF, each client from a page of its own; the answer is its pages."""
    say = words(language)
    document = Document(language, say(_TITLE))
    for found in progress.each(lists, N_("Writing the stop list")):
        _client(document, found, say)
    with beside(path) as new:
        document.save(new, say(_TITLE))
    return document.pages


def write_picture(
    lists: Sequence[StopList], path: Path, language: Language, progress: Progress
) -> int:
    """The same as one picture."""
    with private.folder() as folder:
        drawn = folder / "list.pdf"
        write(lists, drawn, language, progress)
        return picture.write(drawn, path)


def _client(document: Document, found: StopList, say: Words) -> None:
    document.page()
    document.letterhead(found.firm.name or found.client.name, style.day(found.on))
    document.space(20)
    document.text(f"{say(_TITLE)}  {found.client.name}", size=18, bold=True)
    document.space(4)
    document.text(_said(found, say), size=SMALL, tone="quiet")
    document.space(8)
    if found.stopped:
        document.table(_columns(say), list(_rows(found.stopped, say)))
    if found.open:
        document.heading(say(N_("Ask before shipping: it can't be said yet")))
        document.table(_columns(say), list(_rows(found.open, say)))
    document.space(8)
    note = N_(
        "Valid on the day above. What is shipped to a buyer of this list is not insured. "
        "It doesn't say how much the others may get: ask before large orders."
    )
    document.text(say(note), size=SMALL, tone="quiet")


def _said(found: StopList, say: Words) -> str:
    if not found.asked:
        return say(N_("This client has no buyers yet"))
    if not found.stopped:
        return say(N_("No buyer is stopped; {count} were looked at"), count=found.asked)
    text = N_("Nothing may be shipped to {count} of {whole} buyers on {day}")
    return say(text, count=len(found.stopped), whole=found.asked, day=style.day(found.on))  # fmt: skip


def _columns(say: Words) -> tuple[Column, ...]:
    return (
        Column(say("Buyer"), 1.5),
        Column(say("Why"), 2.4),
        Column(say(N_("What lifts it")), 2.1),
    )


def _rows(buyers: Sequence[StoppedBuyer], say: Words) -> Iterator[Row]:
    """A line a reason, the buyer's name beside its first."""
    for buyer in buyers:
        for number, (why, lifted) in enumerate(buyer.reasons):
            name = Cell("", "")
            if number == 0:
                name = Cell(buyer.name, buyer.code, bold=True)
            lifts = say.say(lifted) if lifted else say(N_("nothing lifts it"))
            if number == 0 and buyer.refusable:
                lifts = say(N_("the insurer's consent: ask it"))
            yield Row((name, Cell(say.say(why)), Cell(lifts)), with_previous=number > 0)


def _make(desk: Sources, asked: ReportAsked, progress: Progress) -> None:
    one = asked.client
    clients = (one,) if one is not None else tuple(each.id for each in desk.clients.all())  # fmt: skip
    lists = tuple(desk.policies.stop_list(each, asked.day) for each in clients)
    drawn = write_picture if asked.path.suffix.lower() == ".png" else write
    drawn(lists, asked.path, asked.language, progress)


REPORT = Report(
    "stop_list", N_("Stop list for sales"), (FileKind.PDF, FileKind.PICTURE), asks=(Ask.CLIENT, Ask.DAY), make=_make
)  # fmt: skip
