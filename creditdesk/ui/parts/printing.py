"""Prints a PDF on the printer the person chooses, page by page, off the window's thread."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.reports.pages import NotShown, Pages, Picture
from creditdesk.ui.parts.shell import Shell

_SHARP = 300
"""Dots per inch of a printed page: small print stays readable, a page stays under 40 MB."""


class PrinterRefused(UserError):
    """The system's printer doesn't begin."""

    message = N_(
        "{printer} does not print. Check that it is on, or save the PDF and print that."
    )


class NoPrinter(UserError):
    """The system knows none."""

    message = N_(
        "This computer has no printer. Add one in its settings, or save the PDF and print it elsewhere."
    )


class PagesUnreadable(UserError):
    """No page of the PDF can be drawn."""

    message = N_(
        "This PDF can't be printed from here. Save it and print it from another program."
    )


def ask_and_print(parent: QWidget, shell: Shell, path: Path, title: str) -> None:
    """Ask for a printer and pages, then print; what could not be printed is said."""
    if not has_printer():
        shell.refuse(NoPrinter())
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    chosen = shell.preferences
    # A printer that is gone since leaves the system's own choice.
    if chosen.printer in QPrinterInfo.availablePrinterNames():
        printer.setPrinterName(chosen.printer)
    printer.setCopyCount(chosen.copies)
    # Read at once: a preview's file goes when its page is left, and the job may have to wait.
    pages = Pages(path)
    size = pages.size(1) if pages.count else None
    if isinstance(size, tuple) and size[0] > size[1]:
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def told(failed: tuple[int, ...]) -> None:
        if not failed:
            shell.tell(Message.of(N_("{title} was sent to the printer."), title=title))
            return
        pages = shell.wording.list(str(number) for number in failed)
        text = N_(
            "Printed, but not these pages: {pages}. Save the PDF and print them from it."
        )
        shell.tell(Message.of(text, pages=pages), "danger")

    dialog.accepted.connect(lambda: shell.run(printing(printer, pages), told))
    dialog.rejected.connect(pages.close)
    QDialog.open(dialog)  # its own `open` asks for a slot by name


def has_printer() -> bool:
    """Whether there is anything to ask about; the question of macOS also saves a PDF, with no printer at all."""
    return sys.platform == "darwin" or bool(QPrinterInfo.availablePrinterNames())


def printing(printer: QPrinter, pages: Pages) -> Callable[[Progress], tuple[int, ...]]:
    """The job: the pages the printer was asked for; the answer are those that could not be drawn."""

    def job(progress: Progress) -> tuple[int, ...]:
        with pages:
            if not pages.count:
                raise PagesUnreadable
            first = printer.fromPage() or 1
            last = min(printer.toPage() or pages.count, pages.count)
            painter = QPainter()
            if not painter.begin(printer):
                raise PrinterRefused(printer=printer.printerName())
            try:
                return _print(painter, printer, pages, range(first, last + 1), progress)
            finally:
                painter.end()

    return job


def _print(
    painter: QPainter,
    printer: QPrinter,
    pages: Pages,
    numbers: range,
    progress: Progress,
) -> tuple[int, ...]:
    failed = []
    sheet = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    dots = round(sheet.width() / printer.resolution() * _SHARP)
    for place, number in enumerate(progress.each(numbers, N_("Printing"))):
        if place:
            printer.newPage()
        picture = pages.picture(number, dots)
        if isinstance(picture, NotShown):
            failed.append(number)
            continue
        drawn = image_of(picture)
        painter.drawImage(_fitted(drawn, sheet), drawn)
    return tuple(failed)


def image_of(picture: Picture) -> QImage:
    """The points as Qt keeps them, with their own memory."""
    shape = QImage.Format.Format_RGB32
    return QImage(
        picture.points, picture.width, picture.height, picture.stride, shape
    ).copy()


def _fitted(image: QImage, sheet: QRectF) -> QRectF:
    scale = min(sheet.width() / image.width(), sheet.height() / image.height())
    width, height = image.width() * scale, image.height() * scale
    left = (sheet.width() - width) / 2
    return QRectF(left, 0, width, height)
