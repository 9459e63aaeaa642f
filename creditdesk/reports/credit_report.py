"""The credit report on a buyer: the verdict on one page, then what it rests on and what is missing."""

from pathlib import Path

from creditdesk.i18n import N_, Language, words
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper.pdf import Document
from creditdesk.reports import credit_grounds, credit_record, credit_verdict, style
from creditdesk.reports.credit_file import CreditFile, credit_file
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources
from creditdesk.services.buyers import BuyerId


def write(file: CreditFile, path: Path, language: Language) -> int:
    """Write it; the answer is its pages."""
    say = words(language)
    name = file.buyer.card.name
    foot = say(N_("{name}, for the client's own decisions on credit and insurance only"), name=name)  # fmt: skip
    document = Document(language, foot)
    document.page()
    document.letterhead(file.firm.name or file.client.name, style.day(file.on))
    document.space(8)
    credit_verdict.draw(document, file)
    document.page(say(N_("Credit report, grounds")))
    credit_grounds.draw(document, file)
    credit_record.draw(document, file)
    with beside(path) as new:
        document.save(new, f"{say(REPORT.title)} {name}")
    return document.pages


def _make(desk: Sources, asked: ReportAsked, _progress: Progress) -> None:
    file = credit_file(desk, BuyerId(asked.the_buyer()), asked.day)
    write(file, asked.path, asked.language)


REPORT = Report(
    "credit",
    N_("Credit report on a buyer"),
    (FileKind.PDF,),
    asks=(Ask.CLIENT, Ask.BUYER, Ask.DAY),
    make=_make,
)
