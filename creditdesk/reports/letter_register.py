"""The register of letters (发文登记簿): every number that was given, and which were not used and why."""

from creditdesk.i18n import N_, words
from creditdesk.jobs import Progress
from creditdesk.reports import style
from creditdesk.reports.list_workbook import ShownList, write
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources

_TITLE = N_("Register of letters")
_HEADS = (N_("Number"), N_("Date"), N_("Client"), N_("Letter"), N_("Buyer"), N_("By whom"), N_("Not used"))  # fmt: skip


def _make(desk: Sources, asked: ReportAsked, progress: Progress) -> None:
    say = words(asked.language)
    rows = [
        (each.number, each.on, each.client, each.letter, each.about, each.who, each.undone or "")
        for each in desk.letter_numbers.all(asked.client)
    ]  # fmt: skip
    shown = ShownList(say(_TITLE), style.day(asked.today), tuple(map(say, _HEADS)), rows)  # fmt: skip
    write(shown, asked.path, asked.language, progress)


REPORT = Report("letter_register", _TITLE, (FileKind.WORKBOOK,), asks=(Ask.CLIENT,), make=_make)  # fmt: skip
