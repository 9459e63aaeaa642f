"""What is kept of a buyer's credit: statements, grades of others, facts, contacts, scores, decisions, answers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base, Voidable


class FinancialStatement(Voidable, Base):
    """The buyer's figures of one period, as its paper has them: `figures` in `unit` of the currency, by row key.

    `months`: what the flows are of; other than 12 they are annualised where they are judged. `company`: the name on
    the paper, empty where it has none. `standard`, `scheme`: see `domain/credit/sheets`.
    """

    __tablename__ = "financial_statement"
    __table_args__ = (
        CheckConstraint("months BETWEEN 1 AND 24", "months_of_a_period"),
        CheckConstraint("unit IN (1, 1000, 10000, 1000000)", "unit_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"), index=True)
    company: Mapped[str] = mapped_column(default="", server_default="")
    period_end: Mapped[date]
    months: Mapped[int]
    unit: Mapped[int]
    currency: Mapped[str]
    standard: Mapped[str]
    scheme: Mapped[str]
    figures: Mapped[dict[str, Any]]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class BuyerGrade(Voidable, Base):
    """What an agency or insurer thinks of a buyer: its own value of its own scheme, never mixed with our score."""

    __tablename__ = "buyer_grade"
    __table_args__ = (
        CheckConstraint("giver <> '' AND value <> ''", "giver_and_value_given"),
        CheckConstraint("direction IN ('HIGH_GOOD', 'LOW_GOOD')", "direction_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"), index=True)
    giver: Mapped[str]
    scheme: Mapped[str]
    value: Mapped[str]
    direction: Mapped[str]
    as_of: Mapped[date]
    note: Mapped[str] = mapped_column(default="", server_default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class BuyerFact(Voidable, Base):
    """What is known of a buyer from a day on: a register's entry, a check that found nothing, an incident.

    `value`: an amount, number or choice, as its kind asks; `ended_on`: from this day it holds no more.
    """

    __tablename__ = "buyer_fact"
    __table_args__ = (
        CheckConstraint(
            "ended_on IS NULL OR ended_on >= happened_on", "ends_after_it_began"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"), index=True)
    kind: Mapped[str]
    happened_on: Mapped[date]
    value: Mapped[str] = mapped_column(default="", server_default="")
    note: Mapped[str] = mapped_column(default="", server_default="")
    ended_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class Contact(Voidable, Base):
    """A call, visit or letter, and what was promised in it; `outcome` of the promise: open, kept or broken."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("said <> ''", "said_given"),
        CheckConstraint("outcome IN ('', 'open', 'kept', 'broken')", "outcome_known"),
        CheckConstraint("(promised_on IS NULL) = (outcome = '')", "promise_has_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"), index=True)
    way: Mapped[str]
    happened_on: Mapped[date]
    person: Mapped[str] = mapped_column(default="", server_default="")
    said: Mapped[str]
    promised_on: Mapped[date | None]
    currency: Mapped[str] = mapped_column(default="", server_default="")
    promised_minor: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(default="", server_default="")
    settled_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class ScoreRecord(Voidable, Base):
    """A score that was kept, with the card, the model, every point and its reason, and the limits beside it."""

    __tablename__ = "score_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"), index=True)
    as_of: Mapped[date]
    card: Mapped[str]
    card_version: Mapped[str]
    model: Mapped[str]
    score: Mapped[int]
    raw: Mapped[int]
    grade: Mapped[str | None]
    completeness: Mapped[str]
    currency: Mapped[str]
    points: Mapped[dict[str, Any]]
    caps: Mapped[list[Any]]
    limits: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class CreditDecision(Voidable, Base):
    """Insure, at own risk, on which terms, or not at all: with the figures as they stood, and who allowed it.

    `departures`: how it departs from the client's credit rules, codes parted by blanks; `allowed_by`: who let it.
    """

    __tablename__ = "credit_decision"
    __table_args__ = (
        CheckConstraint("reason <> ''", "reason_given"),
        CheckConstraint("amount_minor IS NULL OR amount_minor >= 0", "amount_not_negative"),
        CheckConstraint("(approved_on IS NULL) = (approved_by = '')", "approved_by_someone"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"), index=True)
    answer: Mapped[str]
    currency: Mapped[str]
    amount_minor: Mapped[int | None]
    terms: Mapped[str] = mapped_column(default="", server_default="")
    reason: Mapped[str]
    decided_on: Mapped[date]
    figures: Mapped[dict[str, Any]]
    approver: Mapped[str] = mapped_column(default="", server_default="")
    term_days: Mapped[int | None]
    departures: Mapped[str] = mapped_column(default="", server_default="")
    allowed_by: Mapped[str] = mapped_column(default="", server_default="")
    approved_by: Mapped[str] = mapped_column(default="", server_default="")
    approved_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class CreditAuthority(Voidable, Base):
    """Up to which amount a client's people decide alone, and who approves what is above; the newest counts."""

    __tablename__ = "credit_authority"
    __table_args__ = (
        CheckConstraint("amount_minor >= 0", "amount_not_negative"),
        CheckConstraint("approver <> ''", "approver_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    currency: Mapped[str]
    amount_minor: Mapped[int]
    approver: Mapped[str]
    since: Mapped[date]
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class CreditPolicy(Voidable, Base):
    """A client's own credit rules from a day on; the newest counts. `rules`: see `domain/credit/credit_rules`."""

    __tablename__ = "credit_policy"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    since: Mapped[date]
    currency: Mapped[str]
    rules: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class WarningAnswer(Voidable, Base):
    """What was done about a warning: ignored with a reason, watched until a day, told to the insurer, stopped.

    `effect`: the warning's when it was answered; a graver one is open again. `until`: of watching. `lifted_by`: what
    lets deliveries go on, of a stop. `way`: how the insurer was told.
    """

    __tablename__ = "warning_answer"
    __table_args__ = (
        CheckConstraint("answer IN ('IGNORE', 'WATCH', 'TELL', 'STOP')", "answer_known"),
        CheckConstraint("effect IN ('N', 'T', 'S')", "effect_known"),
        CheckConstraint("answer <> 'WATCH' OR until IS NOT NULL", "watched_until_a_day"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"), index=True)
    code: Mapped[str]
    effect: Mapped[str]
    answer: Mapped[str]
    answered_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    until: Mapped[date | None]
    lifted_by: Mapped[str] = mapped_column(default="", server_default="")
    way: Mapped[str] = mapped_column(default="", server_default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]
