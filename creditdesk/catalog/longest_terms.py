"""The longest payment term of a policy that is no plain number of days, read like a ledger's (rules.md 14.1)."""

from creditdesk.catalog.terms import payment_term
from creditdesk.domain.cover.limits import counts_for_limit
from creditdesk.domain.ledger.term_answers import in_reading
from creditdesk.domain.ledger.terms import PaymentTerm, TermKind
from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.errors import UserError
from creditdesk.i18n import N_


class PolicyTermUnclear(UserError):
    """The month's end may be meant in several ways, and the policy says elsewhere which."""

    message = N_(
        "{field}: “{words}” can be meant in several ways. First say at “{reading}” which is meant."
    )


class PolicyTermUnusable(UserError):
    """The words give no day that every invoice has."""

    message = N_(
        "{field}: “{words}” is no longest term an invoice can be held against. Write days, months or a day of a month, "
        "counted from the invoice or the delivery."
    )


def longest_term(terms: PolicyTerms) -> PaymentTerm | None:
    """The term in words, with the policy's reading of the month's end; None: it has none, or it isn't clear."""
    if not terms.max_payment_term:
        return None
    term = payment_term(terms.max_payment_term)
    if terms.eom_mode is not None:
        term = in_reading(term, terms.eom_mode)
    return term if counts_for_limit(term) else None


def check_longest_term(terms: PolicyTerms) -> None:
    """Raises `PolicyTermUnclear`, `PolicyTermUnusable`."""
    words = terms.max_payment_term
    if not words or longest_term(terms) is not None:
        return
    term, field = payment_term(words), BY_KEY["max_payment_term"].label
    if term.kind is TermKind.END_OF_MONTH and terms.eom_mode is None:
        reading = BY_KEY["eom_mode"].label
        raise PolicyTermUnclear(field=field, words=words, reading=reading)
    raise PolicyTermUnusable(field=field, words=words)
