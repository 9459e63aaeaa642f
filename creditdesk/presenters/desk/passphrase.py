"""A passphrase as it is typed: what is wrong with it, and how good it is."""

from creditdesk.i18n import N_

STRONG = 8
"""A passphrase of fewer characters is found by trying, and asked about."""
_GOOD = 14
_VARIED = 6


def strength(typed: str) -> str:
    """How long it withstands being tried, in words."""
    if len(typed) < STRONG or len(set(typed)) < _VARIED:
        return N_("Weak: found by trying.")
    if len(typed) < _GOOD:
        return N_("Fair. Four words that have nothing to do with each other are better.")  # fmt: skip
    return N_("Good.")


def fault(first: str, second: str, confirmed: str) -> str | None:
    """What stands against it, None: nothing. A short one is taken where it was `confirmed`: given once before."""
    if not first:
        return N_("Give a passphrase, or clear the tick.")
    if first != second:
        return N_("The two passphrases differ.")
    if len(first) < STRONG and first != confirmed:
        return N_("Fewer than 8 characters are found by trying. Press once more if you want it so.")  # fmt: skip
    return None
