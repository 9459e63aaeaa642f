"""`calc`: the pure rules on figures given as JSON, no desk needed (commands.md)."""

from collections.abc import Callable, Mapping

from creditdesk.cases.reading import Reader
from creditdesk.cli.calc import aging as calc_aging
from creditdesk.cli.calc import credit as calc_credit
from creditdesk.cli.calc import days as calc_days
from creditdesk.cli.calc import debt as calc_debt
from creditdesk.cli.calc import figures as calc_figures
from creditdesk.cli.calc import quotes as calc_quotes
from creditdesk.cli.words import error_json
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language

Answer = Callable[[Reader, Language], dict[str, object]]

KINDS: Mapping[str, Answer] = {
    "indemnity": calc_debt.indemnity,
    "aging": calc_aging.aging,
    "cover": calc_debt.covered,
    "duty-dates": calc_days.duty_dates,
    "due-date": calc_days.due_date,
    "recovery": calc_figures.recovery,
    "score": calc_credit.score,
    "payment-index": calc_credit.payment_index,
    "interest": calc_figures.interest,
    "premium": calc_figures.premium,
    "compare": calc_quotes.compare,
    "uscc": calc_figures.uscc,
    "capitals": calc_figures.capitals,
}


class CalculationUnknown(UserError):
    """No calculation of this name."""

    message = N_("There is no calculation “{kind}”. Choose one of {kinds}.")


def answer(kind: str, case: object, language: Language = "zh") -> object:
    """The answer to one case, or to each case of a list in its order.

    A refused case raises a `UserError`; in a list its refusal stands in its place.
    """
    if kind not in KINDS:
        raise CalculationUnknown(kind=kind, kinds=tuple(KINDS))
    if isinstance(case, list):
        return [_answer_or_refusal(kind, item, language) for item in case]
    return _answer(kind, case, language)


def _answer_or_refusal(
    kind: str, case: object, language: Language
) -> dict[str, object]:
    try:
        return _answer(kind, case, language)
    except UserError as error:
        return error_json(error, language)


def _answer(kind: str, case: object, language: Language) -> dict[str, object]:
    return KINDS[kind](Reader(case, kind), language)
