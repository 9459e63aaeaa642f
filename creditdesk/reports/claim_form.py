"""The claim form and the narrative of a claim package."""

from collections.abc import Iterator

from creditdesk.domain.claim.package import ClaimPackage, DatedEvent
from creditdesk.i18n import N_, Message, Words
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style


def form(document: Document, package: ClaimPackage) -> None:
    """The claim form; what isn't known stays empty to be written by hand."""
    words, asked = document.words, package.form
    document.section(words("Claim form"), package.number)
    document.heading(words("Policy"))
    document.facts(
        (
            (words("Insurer"), style.party(package.insurer)),
            (words("Policyholder"), style.party(package.policyholder)),
            (words("Address"), package.policyholder.address),
            (words("Policy"), package.policy_no),
            (
                words("Policy period"),
                style.period(package.policy_start, package.policy_end, words),
            ),
            (words("Loss payee"), style.party(package.loss_payee)),
        )
    )
    document.heading(words("Debtor"))
    document.facts(
        (
            (words("Buyer"), style.party(package.buyer)),
            (words("Address"), package.buyer.address),
            (words("Industry"), asked.industry),
            (words("First credit"), style.day(asked.first_credit_on)),
            (words("Terms of payment"), asked.terms),
            (words("Credit limit"), asked.limit),
            (words("Basis of the limit"), asked.limit_basis),
        )
    )
    document.heading(words("Loss"))
    document.facts(
        (
            (words("Cause of loss"), style.cause(package.cause, words)),
            (words("Date of loss"), style.day(package.date_of_loss)),
            (words("Notice of loss sent"), style.day(package.notice_sent_on)),
            (words("Why the buyer doesn't pay"), asked.reasons),
            (words("Dispute"), style.joined(map(words.name, asked.dispute), words)),
            (
                words("Total owed, VAT included"),
                style.joined(map(style.money, asked.total_owed), words),
            ),
            (words("Amount claimed"), _claimed(package, words)),
            (words("Security, guarantees"), asked.security),
            (words("Set-off"), asked.set_off),
            (words("Other account, cash sales"), asked.cash_sales),
            (words("Retention of title"), asked.retention_of_title),
        )
    )
    document.heading(words("Payment of the indemnity"))
    document.facts(
        (
            (words("Account holder"), asked.account_holder),
            (words("Bank of the account"), asked.bank),
            (words("Account number"), asked.account_number),
        )
    )
    document.space(10)
    document.text(
        words(
            "We declare that the above is true and complete, and that we will report any payment of the buyer at once."
        ),
        size=SMALL,
    )
    document.seals(
        (words("Policyholder (seal)"), words("Legal representative or agent")),
        words("Date"),
    )


def _claimed(package: ClaimPackage, words: Words) -> str:
    if package.amount is None:
        return words("not computable yet")
    return (
        f"{style.money(package.amount)}  {style.spelled(package.amount, words)}".strip()
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
