"""The letters, which ship as data: a firm may replace or add a file and change no program."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from string import Formatter
from typing import Literal

from creditdesk.catalog import reading
from creditdesk.catalog.policies import duty_rules
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.i18n import Bilingual, Language

OVERDUE_NOTICE = "overdue_notice"
BALANCE_CONFIRMATION = "balance_confirmation"
REMINDERS: Mapping[str, str] = {
    "1": "reminder_1",
    "2": "reminder_2",
    "3": "reminder_3",
    "final": "final_demand",
}
"""What a buyer is reminded with, by tone, as the command line names it."""
INSURER_QUESTIONS = "insurer_questions"
LIMIT_LETTERS: Mapping[RequestKind, str] = {
    RequestKind.NEW: "limit_application",
    RequestKind.INCREASE: "limit_increase",
    RequestKind.RENEWAL: "limit_renewal",
    RequestKind.REDUCTION: "limit_reduction",
    RequestKind.CANCELLATION: "limit_cancellation",
}
"""The requests about a limit; a button of the program leads to each."""
NOTICE_LETTERS: Mapping[str, str] = {
    "overdue": OVERDUE_NOTICE,
    "adverse": "adverse_information",
    "extension": "extension_consent",
    "mandate": "collection_mandate",
}
"""What the insurer is told or asked about a buyer, as the command line names it."""


class To(StrEnum):
    """Whom a letter is written to."""

    INSURER = "insurer"
    BUYER = "buyer"
    ANYBODY = "anybody"
    """Whoever is shown it: a court, a lawyer, a bank."""


class Start(StrEnum):
    """From which page a letter starts: of one buyer, of a policy as a whole, or of a claim."""

    BUYER = "buyer"
    POLICY = "policy"
    CLAIM = "claim"


class Source(StrEnum):
    """What a letter draws its facts from. ACCOUNT: parties, policy and the buyer's account in words, no table.

    OPEN: the same with a table of what is open; EVENTS: what was learned about the buyer and the insurer wasn't told.
    DEMAND: what is late of a buyer, for the buyer itself.
    """

    ACCOUNT = "account"
    OPEN = "open"
    OVERDUE = "overdue"
    EVENTS = "events"
    CLAIM = "claim"
    LIMIT = "limit"
    QUESTIONS = "questions"
    BALANCE = "balance"
    DEMAND = "demand"


FACT_OF: Mapping[str, str] = {
    "client_address": "client.address",
    "client_contact": "client.contact",
    "client_phone": "client.phone",
    "account_holder": "client.account_holder",
    "bank": "client.bank",
    "account": "client.account_number",
    "buyer_address": "buyer.address",
    "reference": "insurer.reference",
    "reasons": "claim.reasons",
    "goods": "claim.goods",
    "contract": "claim.contract",
}
"""The places that a fact of `claim_facts.toml` fills: entered once, where it belongs."""
_POLICY = frozenset({"insurer", "policyholder", "policy_no", "policy_start", "policy_end", "on"})  # fmt: skip
_DELIVERIES = frozenset({"stopped_on", "stops_on", "delivered_on", "no_stop_on"})
"""One of them at most is filled: whether deliveries have stopped, will stop, or go on is never a guess."""
_ACCOUNT = _POLICY | {"client", "buyer", "buyer_code", "balance", "overdue", "oldest_due", "days"}  # fmt: skip
_CLAIM = frozenset({
    "buyer", "buyer_code", "client_code", "claim_no", "cause", "loss_on", "count", "invoices", "owed", "amount",
    "currency", "notice_on", "filed_on", "decision", "decided_on", "reduction", "reason", "paid", "paid_on",
    "loss_payee", "waiting", "undecided", "unpaid", "law",
})  # fmt: skip
PLACES: Mapping[Source, frozenset[str]] = {
    Source.ACCOUNT: _ACCOUNT,
    Source.OPEN: _ACCOUNT,
    Source.OVERDUE: _POLICY | _DELIVERIES | {"buyer", "buyer_code", "count", "totals", "oldest_due", "days"},
    Source.EVENTS: _POLICY | _DELIVERIES | {"buyer", "buyer_code", "count"},
    Source.CLAIM: _POLICY | _CLAIM | FACT_OF.keys(),
    Source.LIMIT: _POLICY | {"buyer", "in_force", "in_force_until", "decision_no", "amount"},
    Source.QUESTIONS: _POLICY | {"count"},
    Source.BALANCE: frozenset({"client", "buyer", "on", "balance"}),
    Source.DEMAND: frozenset({
        "client", "buyer", "buyer_code", "on", "count", "total", "oldest_due", "days", "left_out", "due_open",
        "unassigned", "agreed_pct", "statutory_pct", "over_long", "pay_to",
    }),
}  # fmt: skip
"""What each source fills; a letter's own fields come beside."""


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter in one language, its places still open."""

    to: To
    title: str
    greeting: str
    paragraphs: tuple[str, ...]
    closing: str

    def with_more(self, sentences: tuple[str, ...]) -> "LetterText":
        """With sentences of the firm's own after its paragraphs; they have no places."""
        plain = (each.replace("{", "{{").replace("}", "}}") for each in sentences)
        return replace(self, paragraphs=(*self.paragraphs, *plain))

    def filled(self, places: Mapping[str, str]) -> "LetterText":
        """With its places filled; a value is text and never read as a pattern again.

        A paragraph that names what nobody knows is left out.
        """
        return LetterText(
            self.to,
            self.title.format_map(places),
            self.greeting.format_map(places),
            tuple(
                paragraph.format_map(places)
                for paragraph in self.paragraphs
                if all(places[name] for name in _names(paragraph))
            ),
            self.closing.format_map(places),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterField:
    """What a person types for a letter; a place of its texts has the same name. `hint` stands in the empty field."""

    key: str
    label: Bilingual
    kind: Literal["text", "multiline", "date", "amount", "number"] = "multiline"
    required: bool = False
    hint: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What its sending is kept as.

    `code`: the duty a notice fulfils, the `RequestKind` of a request, the `BuyerEventKind` of an event.
    """

    record: Literal["notice", "request", "event"]
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A kind of letter in both languages.

    `name` is what menus call it, `places` are the names its texts may use, `needs` those without which it can't be
    written. `shows`: the claim's own tables it prints. `sent` None: its sending is not recorded. `order` sorts those
    that are offered together.
    """

    id: str
    name: Bilingual
    to: To
    start: Start
    source: Source = Source.ACCOUNT
    sent: Sent | None = None
    order: int = 100
    places: frozenset[str]
    needs: frozenset[str] = frozenset()
    shows: tuple[Literal["invoices", "papers", "payees"], ...] = ()
    fields: tuple[LetterField, ...] = ()
    title: Bilingual
    greeting: Bilingual
    paragraphs: tuple[Bilingual, ...]
    closing: Bilingual

    @property
    def needs_policy(self) -> bool:
        """Whether it can't be written without a policy."""
        return (
            self.to is To.INSURER
            or self.start is not Start.BUYER
            or self.source in {Source.OVERDUE, Source.LIMIT}
        )

    @property
    def needs_buyer(self) -> bool:
        """Whether it is about one buyer."""
        return self.start is not Start.POLICY

    @property
    def texts(self) -> tuple[Bilingual, ...]:
        """Everything with places, in the order it stands on paper."""
        return (self.title, self.greeting, *self.paragraphs, self.closing)

    def in_language(self, language: Language) -> LetterText:
        """The letter in this language."""
        return LetterText(
            self.to,
            self.title.in_language(language),
            self.greeting.in_language(language),
            tuple(part.in_language(language) for part in self.paragraphs),
            self.closing.in_language(language),
        )


@cache
def letters() -> dict[str, Letter]:
    """All letters by id, as they are offered. Raises `CatalogError`."""
    found = []
    for path in reading.folder("letters"):
        letter = reading.read(path, Letter, paragraphs="paragraph", fields="field")
        _check_words(letter, path.name)
        _check_needs(letter, path.name)
        _check_sent(letter, path.name)
        if letter.id != path.stem:
            raise reading.CatalogError(f"{path.name}: id: not the name of the file")
        found.append(letter)
    return {letter.id: letter for letter in sorted(found, key=lambda each: (each.order, each.id))}  # fmt: skip


def letters_from(start: Start) -> tuple[Letter, ...]:
    """The letters that start from this page; from a claim also what the insurer is told of its buyer."""
    own = tuple(letter for letter in letters().values() if letter.start is start)
    if start is not Start.CLAIM:
        return own
    told = (each for each in letters().values() if each.source in _TOLD)
    return own + tuple(told)


_TOLD = frozenset({Source.OVERDUE, Source.EVENTS, Source.OPEN})


def letters_beside(chosen: Letter) -> tuple[Letter, ...]:
    """The letter, and those that could be written in its place: of the same facts, to the same, recorded alike."""
    return tuple(each for each in letters().values() if _family(each) == _family(chosen))  # fmt: skip


def _family(letter: Letter) -> tuple[object, ...]:
    record = letter.sent.record if letter.sent else ""
    return letter.source, letter.to, letter.start, record


def _check_words(letter: Letter, where: str) -> None:
    given = PLACES[letter.source] | {field.key for field in letter.fields}
    _refuse(letter.places - given, where, "is filled by nothing")
    texts = [text for words in letter.texts for text in (words.zh, words.en)]
    used = {name for text in texts for name in _names(text)}
    _refuse(used - letter.places, where, "is not declared")
    labels = (each for field in letter.fields for each in (field.label, field.hint) if each)  # fmt: skip
    for words in (letter.name, *letter.texts, *labels):
        said = [text.strip() for text in (words.zh, words.en)]
        if not all(said):
            raise reading.CatalogError(f"{where}: “{''.join(said)}” stands in one language only")  # fmt: skip


def _refuse(names: frozenset[str] | set[str], where: str, why: str) -> None:
    if names:
        raise reading.CatalogError(f"{where}: places: {', '.join(sorted(names))} {why}")


def _check_needs(letter: Letter, where: str) -> None:
    if letter.needs - letter.places:
        _refuse(letter.needs - letter.places, where, "is needed and not declared")
    if (letter.needs or letter.shows) and letter.source is not Source.CLAIM:
        raise reading.CatalogError(f"{where}: needs, shows: only of a claim")


def _check_sent(letter: Letter, where: str) -> None:
    if letter.sent is None:
        return
    sources, known = {
        "notice": ({Source.OVERDUE, Source.EVENTS}, {rule.code for rule in duty_rules("")}),
        "request": ({Source.LIMIT}, {kind.value for kind in RequestKind}),
        "event": ({Source.OVERDUE, Source.DEMAND, Source.BALANCE}, {kind.value for kind in BuyerEventKind}),
    }[letter.sent.record]  # fmt: skip
    if letter.source not in sources or letter.sent.code not in known:
        raise reading.CatalogError(f"{where}: sent: no such {letter.sent.record} of {letter.source}")  # fmt: skip


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
