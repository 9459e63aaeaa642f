"""The head data of a buyer as a form, for a new one and for one that is known."""

from collections.abc import Sequence

from creditdesk.domain.base.identity import check_uscc
from creditdesk.domain.ledger.term_answers import TermAnswerUnknown
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.credit.agreed_term import TermNumberMissing
from creditdesk.presenters.parts.form import Answers, FormField
from creditdesk.presenters.parts.typed import YES, FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import (
    BuyerCard,
    BuyerCodeTaken,
    BuyerFile,
    BuyerNameEmpty,
    BuyerTermUnclear,
    BuyerTermUnusable,
)

BLAME: dict[type[UserError], str] = {
    BuyerCodeTaken: "code",
    BuyerNameEmpty: "name",
    BuyerTermUnclear: "term_as",
    BuyerTermUnusable: "term",
    TermNumberMissing: "term_number",
    TermAnswerUnknown: "term_number",
}
_NAMES = ("name", "code", "uscc", "country", "address", "contact", "term", "note")


def buyer_fields(
    wording: Wording, reading: Sequence[FormField] = ()
) -> tuple[FormField, ...]:
    """What a person enters about a buyer; `reading`: which sense of the agreed term is meant, where that is asked."""
    return (
        FormField(key="name", label=wording(N_("Name")), required=True, hint=wording(N_("as it stands on the contract"))),
        FormField(key="code", label=wording(N_("Code in the ledger"))),
        FormField(key="uscc", label=wording(N_("Social credit code")), hint=wording(N_("18 characters, for companies in China"))),
        FormField(key="country", label=wording(N_("Country")), hint="CN"),
        FormField(key="address", label=wording(N_("Address"))),
        FormField(key="contact", label=wording(N_("Contact"))),
        FormField(key="term", label=wording(N_("Payment term agreed")), hint=wording(N_("days, or words such as “3 months”"))),
        FormField(key="term_dates", label=wording(N_("Dates what gives neither day nor term")), kind=FieldKind.FLAG),
        *reading,
        FormField(key="note", label=wording(N_("Note")), kind=FieldKind.MULTILINE),
    )  # fmt: skip


def card_of(answers: Answers) -> BuyerCard:
    """The card a form's answers make."""
    texts = {name: answers.text(name) for name in _NAMES}
    return BuyerCard(**texts, term_dates=answers.flag("term_dates"))


def texts_of(card: BuyerCard) -> dict[str, str]:
    """A card as the form's texts."""
    texts = {name: str(getattr(card, name)) for name in _NAMES}
    return {**texts, "term_dates": YES if card.term_dates else ""}


def code_remarks(code: str, country: str, wording: Wording) -> tuple[str, ...]:
    """What is odd about a code, in sentences; nothing where it is sound, empty or foreign."""
    if not code.strip() or country.strip().upper() not in {"", "CN"}:
        return ()
    check = check_uscc(code)
    return tuple(
        wording.message(each.message) for each in (*check.problems, *check.warnings)
    )


def code_suggestion(code: str, country: str) -> str | None:
    """The code as it may have been meant: offered, never applied by itself."""
    if country.strip().upper() not in {"", "CN"}:
        return None
    return check_uscc(code).suggestion


def code_words(file: BuyerFile, wording: Wording) -> str:
    """The check result of a file's code, in a few words."""
    if not file.card.uscc:
        return wording(N_("No social credit code entered"))
    if file.check is None:
        return wording(N_("Code of another country, not checked"))
    if file.check.valid:
        return wording(N_("Code is sound"))
    return wording(N_("Code doesn't add up"))
