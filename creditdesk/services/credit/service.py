"""The credit file: what is kept of buyers, and what to think of them (rules.md 6, 7)."""

from collections.abc import Iterable, Sequence
from datetime import date

from creditdesk.db.database import Database
from creditdesk.domain.credit.answers import Answered
from creditdesk.domain.credit.contacts import Promise
from creditdesk.domain.credit.credit_rules import CreditRules
from creditdesk.domain.credit.sheets import Sheet
from creditdesk.i18n import Message
from creditdesk.services.credit import (
    answering,
    contacts,
    credit_rules,
    decisions,
    facts,
    grades,
    judging,
    scores,
    statements,
)
from creditdesk.services.credit import timeline as on_one_line
from creditdesk.services.credit.values import (
    Authority,
    BuyerRating,
    BuyerWarning,
    ContactLine,
    DecisionLine,
    FactLine,
    FilePaper,
    GradeLine,
    NewAnswer,
    NewContact,
    NewDecision,
    NewFact,
    NewGrade,
    RulesLine,
    ScoreLine,
    StatementLine,
    Timeline,
)


class Credit:
    """What is kept of buyers, and what to think of them. A number that is not there raises `RecordMissing`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def rating(self, buyer_id: int, on: date) -> BuyerRating:
        """The buyer's score and recommended limits on a day."""
        with self._db.read() as session:
            return judging.rating(session, buyer_id, on)

    def judged(
        self, buyer_id: int, on: date
    ) -> tuple[BuyerRating, tuple[BuyerWarning, ...]]:
        """The buyer's rating and the warnings that hold on a day, from one reading."""
        with self._db.read() as session:
            return judging.judged(session, buyer_id, on)

    def ratings(self, client_id: int, on: date) -> dict[int, BuyerRating]:
        """The same of all buyers of a client with anything in the ledger or on file, by number."""
        with self._db.read() as session:
            return judging.ratings(session, client_id, on)

    def warnings(
        self, client_id: int, on: date, buyer_id: int | None = None
    ) -> tuple[BuyerWarning, ...]:
        """The warnings that hold for a client's buyers, or one of them, on a day, by buyer."""
        with self._db.read() as session:
            return tuple(judging.warnings(session, client_id, on, buyer_id))

    def timeline(self, buyer_id: int, on: date, most: int) -> Timeline:
        """What happened with a buyer up to a day: at most so many entries, the newest first."""
        with self._db.read() as session:
            return on_one_line.timeline(session, buyer_id, on, most)

    def papers(self, buyer_id: int, on: date) -> tuple[FilePaper, ...]:
        """The papers kept in the buyer's file up to a day, the newest first, each once."""
        with self._db.read() as session:
            return on_one_line.papers(session, buyer_id, on)

    def statements(self, buyer_id: int) -> tuple[StatementLine, ...]:
        """The statements of a buyer, the newest period first, voided ones too."""
        with self._db.read() as session:
            return statements.lines(session, buyer_id)

    def statement_doubts(
        self, buyer_id: int, sheet: Sheet, together: Iterable[Sheet] = ()
    ) -> tuple[Message, ...]:
        """What a person should look at in a statement, kept or not yet; `together`: what is kept with it."""
        with self._db.read() as session:
            return statements.doubts(session, buyer_id, sheet, together)

    def statement_questions(
        self, buyer_id: int, new: Sequence[Sheet]
    ) -> tuple[Message, ...]:
        """What can't be right in statements that are not kept yet, each with its period."""
        with self._db.read() as session:
            return statements.questions(session, buyer_id, new)

    def add_statement(
        self, buyer_id: int, sheet: Sheet, document: int | None = None
    ) -> int:
        """Keep a statement. Raises `StatementTwice`, `StatementEmpty`, `RowUnknown`, `MonthsWrong`."""
        with self._db.write() as session:
            return statements.add(session, buyer_id, sheet, document)

    def void_statement(self, number: int, why: str) -> None:
        """A statement was entered by mistake."""
        with self._db.write() as session:
            statements.take_back(session, number, why)

    def grades(self, buyer_id: int) -> tuple[GradeLine, ...]:
        """What agencies and insurers think of a buyer, the newest first, voided entries too."""
        with self._db.read() as session:
            return grades.lines(session, buyer_id)

    def add_grade(self, new: NewGrade, today: date) -> int:
        """Keep what an agency or insurer says. Raises `GradeMissing`, `KeptInFuture`."""
        with self._db.write() as session:
            return grades.add(session, new, today)

    def void_grade(self, number: int, why: str) -> None:
        """It was entered by mistake."""
        with self._db.write() as session:
            grades.take_back(session, number, why)

    def facts(self, buyer_id: int) -> tuple[FactLine, ...]:
        """What registers and people know of a buyer, the newest first, voided entries too."""
        with self._db.read() as session:
            return facts.lines(session, buyer_id)

    def add_fact(self, new: NewFact, today: date) -> int:
        """Keep a fact. Raises `FactValueWrong`, `KeptInFuture`."""
        with self._db.write() as session:
            return facts.add(session, new, today)

    def end_fact(self, number: int, on: date, today: date) -> None:
        """From a day on it is so no more. Raises `FactEndsBefore`, `KeptInFuture`."""
        with self._db.write() as session:
            facts.end(session, number, on, today)

    def void_fact(self, number: int, why: str) -> None:
        """It was entered by mistake."""
        with self._db.write() as session:
            facts.take_back(session, number, why)

    def contacts(self, buyer_id: int) -> tuple[ContactLine, ...]:
        """Calls, visits and letters, the newest first, voided entries too."""
        with self._db.read() as session:
            return contacts.lines(session, buyer_id)

    def add_contact(self, new: NewContact, today: date) -> int:
        """Keep a contact. Raises `SaidMissing`, `PromiseDayMissing`, `KeptInFuture`."""
        with self._db.write() as session:
            return contacts.add(session, new, today)

    def settle_promise(
        self, number: int, outcome: Promise, on: date, today: date
    ) -> None:
        """A promise was kept or broken; `OPEN` takes that back. Raises `NoPromise`, `KeptInFuture`."""
        with self._db.write() as session:
            contacts.settle(session, number, outcome, on, today)

    def void_contact(self, number: int, why: str) -> None:
        """It was entered by mistake."""
        with self._db.write() as session:
            contacts.take_back(session, number, why)

    def scores(self, buyer_id: int) -> tuple[ScoreLine, ...]:
        """The kept scores, the newest first, voided ones too."""
        with self._db.read() as session:
            return scores.lines(session, buyer_id)

    def keep_score(self, buyer_id: int, on: date, today: date) -> int:
        """Keep the score of a day. Raises `KeptInFuture`."""
        with self._db.write() as session:
            return scores.keep(session, buyer_id, on, today)

    def void_score(self, number: int, why: str) -> None:
        """It was kept by mistake."""
        with self._db.write() as session:
            scores.take_back(session, number, why)

    def decisions(self, buyer_id: int) -> tuple[DecisionLine, ...]:
        """The decisions on a buyer, the newest first, voided ones too."""
        with self._db.read() as session:
            return decisions.lines(session, buyer_id)

    def decide(self, new: NewDecision, today: date) -> int:
        """Keep a decision with the figures of its day.

        Raises `DecisionReasonMissing`, `DecisionAmountMissing`, `DecisionTermsMissing`, `DepartureUnallowed`,
        `KeptInFuture`.
        """
        with self._db.write() as session:
            return decisions.decide(session, new, today)

    def approve(self, number: int, by: str, on: date, today: date) -> None:
        """Whoever the client's authority names approved it. Raises `ApprovedAlready`, `ApproverMissing`."""
        with self._db.write() as session:
            decisions.approve(session, number, by, on, today)

    def void_decision(self, number: int, why: str) -> None:
        """It was entered by mistake."""
        with self._db.write() as session:
            decisions.take_back(session, number, why)

    def authority(self, client_id: int, on: date) -> Authority | None:
        """Up to which amount a client's people decide alone; None: the client named none."""
        with self._db.read() as session:
            return decisions.alone_up_to(session, client_id, on)

    def authorize(self, client_id: int, rule: Authority) -> None:
        """From a day on the client's people decide alone up to this amount. Raises `ApproverMissing`."""
        with self._db.write() as session:
            decisions.authorize(session, client_id, rule)

    def credit_rules(self, client_id: int, on: date) -> CreditRules | None:
        """The client's own credit rules that hold on a day; None: it has none."""
        with self._db.read() as session:
            return credit_rules.rules_on(session, client_id, on)

    def keep_rules(self, client_id: int, rules: CreditRules) -> int:
        """From its day on the client goes by these. Raises `LevelMissing`, `LevelsOdd`, `RhythmWrong`."""
        with self._db.write() as session:
            return credit_rules.keep(session, client_id, rules)

    def credit_rules_history(self, client_id: int) -> tuple[RulesLine, ...]:
        """All rules of a client, the newest day first, voided ones too."""
        with self._db.read() as session:
            return credit_rules.lines(session, client_id)

    def void_rules(self, number: int, why: str) -> None:
        """Rules were kept by mistake: those before them hold again. Raises as `void_statement` does."""
        with self._db.write() as session:
            credit_rules.take_back(session, number, why)

    def answers(self, buyer_id: int) -> tuple[Answered, ...]:
        """The answers to warnings that stand, the newest first."""
        with self._db.read() as session:
            return answering.lines(session, buyer_id)

    def answer_warning(self, new: NewAnswer, today: date) -> int:
        """Keep what is done about a warning that holds.

        Raises `WarningNotThere`, `AnswerReasonMissing`, `WatchDayMissing`, `ToldHowMissing`, `KeptInFuture`.
        """
        with self._db.write() as session:
            return answering.answer(session, new, today)

    def void_answer(self, number: int, why: str) -> None:
        """An answer was a mistake, or a stop is lifted: `why` says what lifted it."""
        with self._db.write() as session:
            answering.take_back(session, number, why)
