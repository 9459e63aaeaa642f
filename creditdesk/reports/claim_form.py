"""The claim form and the narrative of a claim package."""

from collections.abc import Iterator

from creditdesk.domain.claim.package import ClaimPackage, DatedEvent
from creditdesk.i18n import N_, Message
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style

_FIELD, _SEALED = 28.0, 270.0
"""Points that a field takes, and a title with the declaration and the seals."""


def form(document: Document, package: ClaimPackage) -> None:
    """The claim form in the insurer's order; what isn't known stays empty to be written by hand."""
    words = document.words
    document.section(package.form.name.in_language(words.language), package.number)
    for section in package.form.sections:
        if section is package.form.sections[-1]:
            # The seals never stand on a page of their own.
            document.need(_FIELD * len(section.fields) + _SEALED)
        document.heading(section.title.in_language(words.language))
        document.facts(
            [
                (field.label.in_language(words.language), style.answer(field, words))
                for field in section.fields
            ]
        )
    document.space(10)
    document.seals(
        (words("Policyholder (seal)"), words("Legal representative or agent")),
        words("Date"),
        below=words(
            "We declare that the above is true and complete, and that we will report any payment of the buyer at once."
        ),
        size=SMALL,
    )


def narrative(document: Document, package: ClaimPackage) -> None:
    """What happened, in the bookkeeper's words and by date."""
    words = document.words
    document.section(words("Narrative of events"), package.number)
    for paragraph in package.narrative.splitlines():
        document.text(paragraph)
        document.space(5)
    document.heading(words("Chronology"))
    columns = (Column(words("Date"), 1), Column(words("Event"), 6))
    document.table(
        columns,
        [
            Row((Cell(style.day(event.on)), Cell(words.say(event.what))))
            for event in package.chronology or tuple(_chronology(package))
        ],
        tail=140,
    )
    document.seals((words("Policyholder (seal)"),), words("Date"))


def _chronology(package: ClaimPackage) -> Iterator[DatedEvent]:
    """What the figures themselves tell, where nobody has written a chronology."""
    events = list(_known_events(package))
    yield from sorted(events, key=lambda event: event.on)


def _known_events(package: ClaimPackage) -> Iterator[DatedEvent]:
    sold = [invoice for invoice in package.invoices if not invoice.credit_note]
    for invoice in sold:
        when = invoice.shipped or invoice.issued
        amount = style.money(invoice.amount)
        yield DatedEvent(
            when,
            Message.of(
                N_("Delivery invoiced as {number}, {amount}"),
                number=invoice.called,
                amount=amount,
            ),
        )
        if invoice.due:
            yield DatedEvent(
                invoice.due,
                Message.of(N_("{number} was due"), number=invoice.called),
            )
    for payment in package.payments:
        amount = style.money(payment.amount)
        text = N_("{amount} was taken off the debt without a payment")
        if payment.is_receipt:
            text = N_("The buyer paid {amount}")
        yield DatedEvent(payment.paid_on, Message.of(text, amount=amount))
    if package.notice_sent_on:
        yield DatedEvent(
            package.notice_sent_on, Message(N_("Notice of loss sent to the insurer"))
        )
    yield DatedEvent(package.date_of_loss, Message(N_("Date of loss")))
