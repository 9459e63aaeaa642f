"""What one must expect to lose on a buyer, by probability (domain.md 6.1 EL, 8)."""

from decimal import Decimal

from creditdesk.domain.money import Money


def expected_loss(exposure: Money, default: Decimal, loss: Decimal) -> Money:
    """EAD × PD × LGD, rounded once: what is at stake, how likely it is lost, and how much of it then is.

    The two shares are fractions of one (0.05 for 5 %). Raises `ValueError` for others.
    """
    if not all(0 <= share <= 1 for share in (default, loss)):
        message = f"{default} and {loss} must be fractions of one"
        raise ValueError(message)
    return exposure.times(default * loss).rounded()
