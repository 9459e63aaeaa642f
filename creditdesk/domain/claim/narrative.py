"""A first narrative of a claim in full sentences, from what the desk knows; a person goes on from there."""

from collections.abc import Iterable, Iterator

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import CAUSE_TITLES
from creditdesk.domain.claim.package import ClaimPackage, PackageInvoice
from creditdesk.i18n import N_, Message


def draft(package: ClaimPackage) -> tuple[Message, ...]:
    """The sentences in their order; what isn't known is left out, never guessed."""
    return tuple(_sentences(package))


def _sentences(package: ClaimPackage) -> Iterator[Message]:
    yield from _trade(package)
    claimed = [each for each in package.invoices if each.claimed]
    if claimed:
        yield from _deliveries(claimed)
        yield from _default(package, claimed)
    reasons = package.form.values("claim.reasons")
    if reasons:
        yield Message.of(N_("Why it doesn't pay: {reasons}"), reasons=reasons)
    demand = package.form.values("claim.last_demand")
    if demand:
        yield Message.of(N_("The last demand: {demand}."), demand=demand)
    if package.notice_sent_on:
        yield Message.of(
            N_("On {on} we notified the insurer of the probable loss."),
            on=package.notice_sent_on,
        )
    yield from _loss(package)


def _trade(package: ClaimPackage) -> Iterator[Message]:
    seller, buyer = package.policyholder.name, package.buyer.name
    goods, terms = package.form.values("claim.goods"), package.form.values("claim.terms")  # fmt: skip
    text = N_("{seller} sells to {buyer} on credit.")
    places: dict[str, object] = {"seller": seller, "buyer": buyer}
    if goods and terms:
        text = N_("{seller} sells {goods} to {buyer}, payable within {terms}.")
        places |= {"goods": goods, "terms": terms}
    elif goods:
        text = N_("{seller} sells {goods} to {buyer} on credit.")
        places |= {"goods": goods}
    yield Message.of(text, **places)
    limits = package.form.values("claim.limit")
    if limits:
        yield Message.of(N_("The insurer's credit limit at the deliveries: {limits}."), limits=limits)  # fmt: skip


def _deliveries(claimed: list[PackageInvoice]) -> Iterator[Message]:
    days = sorted(each.shipped or each.issued for each in claimed)
    text = N_("From {first} to {last} we delivered for {amount} under {count} invoices: {numbers}.")  # fmt: skip
    if len(claimed) == 1:
        text = N_("On {first} we delivered for {amount} under invoice {numbers}.")
    yield Message.of(
        text,
        first=days[0],
        last=days[-1],
        amount=_sums(each.amount for each in claimed),
        count=len(claimed),
        numbers=tuple(each.called for each in claimed),
    )


def _default(package: ClaimPackage, claimed: list[PackageInvoice]) -> Iterator[Message]:
    due = min((each.due for each in claimed if each.due and each.open), default=None)
    left = _sums(each.open for each in claimed)
    if not left or due is None:
        return
    yield Message.of(
        N_("The oldest of them was due on {due}; on {on} {open} was not paid."),
        due=due,
        on=package.date_of_loss,
        open=left,
    )
    disputed = tuple(each.disputed for each in claimed if each.disputed)
    if disputed:
        told = package.form.values("claim.dispute")
        text = N_("The buyer disputes {amount}: {dispute}") if told else N_("The buyer disputes {amount}.")  # fmt: skip
        yield Message.of(text, amount=_sums(disputed), dispute=told)


def _loss(package: ClaimPackage) -> Iterator[Message]:
    cause = Message(CAUSE_TITLES[package.cause])
    yield Message.of(N_("The loss occurred on {on} ({cause})."), on=package.date_of_loss, cause=cause)  # fmt: skip
    if package.amount:
        yield Message.of(N_("By the policy we claim {amount}."), amount=package.amount)


def _sums(amounts: Iterable[Money]) -> tuple[Money, ...]:
    sums: dict[str, Money] = {}
    for each in amounts:
        if each:
            sums[each.currency] = sums.get(each.currency, Money.zero(each.currency)) + each  # fmt: skip
    return tuple(sums.values())
