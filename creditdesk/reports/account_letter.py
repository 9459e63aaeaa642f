"""A letter of words alone: its parties, the policy and the buyer's account on a day fill its places."""

from collections.abc import Iterable
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.statement import BalanceConfirmation, OwedAccount
from creditdesk.i18n import Words
from creditdesk.reports import style
from creditdesk.reports.letter import Content
from creditdesk.services.policies import PolicyLine


def content(
    owed: BalanceConfirmation | None, policy: PolicyLine | None, on: date, words: Words
) -> Content:
    """`owed` None: about no buyer; `policy` None: about none. What isn't there fills its places with nothing."""
    client = owed.client.name if owed else policy.client if policy else ""
    buyer = owed.buyer.name if owed else ""
    number = policy.number if policy else ""
    return Content(
        sender=client,
        on=on,
        head=" / ".join(part for part in (number, client, buyer) if part),
        reference=number or buyer,
        places={
            "client": client,
            "policyholder": client,
            "on": style.day(on),
            "insurer": policy.insurer if policy else "",
            "policy_no": number,
            "policy_start": style.day(policy.start) if policy else "",
            "policy_end": style.day(policy.end) if policy else "",
            "buyer": buyer,
            "buyer_code": (owed.buyer.code or words("not known")) if owed else "",
            **_account(owed.accounts if owed else (), words),
        },
    )


def _account(accounts: tuple[OwedAccount, ...], words: Words) -> dict[str, str]:
    late = [each for account in accounts for each in account.documents if each.is_overdue]  # fmt: skip
    oldest = max(late, key=lambda each: each.days_overdue, default=None)
    overdue = (_overdue(account) for account in accounts)
    return {
        "balance": _sums((account.balance for account in accounts), words),
        "overdue": _sums(overdue, words),
        "oldest_due": style.day(oldest.due or oldest.issued) if oldest else "",
        "days": str(oldest.days_overdue) if oldest else "",
    }


def _overdue(account: OwedAccount) -> Money:
    late = (each.open for each in account.documents if each.is_overdue)
    return Money.total(late, account.unapplied.currency)


def _sums(amounts: Iterable[Money], words: Words) -> str:
    return style.joined((style.money(each) for each in amounts if each), words)
