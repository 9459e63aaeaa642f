"""A letter about a claim: parties, policy, claim and decision fill it; some show the invoices or the papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import DECISION_TITLES, Decision, ItemState
from creditdesk.domain.claim.clocks import Clock, ClockKind, ClockOf
from creditdesk.domain.claim.package import ClaimPackage, PackageInvoice
from creditdesk.i18n import Words
from creditdesk.paper.page import Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.letter import Content
from creditdesk.services.claims import ClaimFile
from creditdesk.services.policies import PolicyLine

_THEIRS = frozenset({ClockKind.DECIDE, ClockKind.PAY})
_THERE = frozenset({ItemState.PRESENT, ItemState.TO_BE_SEALED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """What a letter about a claim may say. `known`: what a person entered for forms, by place.

    `chinese_law`: the Insurance Law's days bind this insurer. `shows`: the tables the letter prints.
    """

    file: ClaimFile
    package: ClaimPackage
    policy: PolicyLine
    known: Mapping[str, str]
    chinese_law: bool
    on: date
    shows: tuple[str, ...] = ()

    @property
    def claimed(self) -> tuple[PackageInvoice, ...]:
        """The invoices the claim is made for."""
        return tuple(each for each in self.package.invoices if each.claimed)


def content(facts: ClaimFacts, words: Words) -> Content:
    """Everything known of the claim; what nobody knows fills its place with nothing."""
    packed, line = facts.package, facts.file.line
    return Content(
        sender=packed.policyholder.name,
        on=facts.on,
        head=f"{line.number} · {packed.policyholder.name} / {packed.buyer.name}",
        reference=line.number,
        places={
            **facts.known,
            "account": style.unbroken(facts.known["account"]),
            "insurer": packed.insurer.name,
            "policyholder": packed.policyholder.name,
            "client_code": packed.policyholder.code,
            "policy_no": packed.policy_no,
            "policy_start": style.day(packed.policy_start),
            "policy_end": style.day(packed.policy_end),
            "currency": facts.policy.currency,
            "on": style.day(facts.on),
            "buyer": packed.buyer.name,
            "buyer_code": packed.buyer.code or words("not known"),
            "loss_payee": packed.loss_payee.name if packed.loss_payee else "",
            **_claim(facts, words),
            **_decision(facts, words),
            **_late(facts, words),
        },
        draw=partial(_parts, facts=facts),
    )


def _claim(facts: ClaimFacts, words: Words) -> dict[str, str]:
    packed, line, claimed = facts.package, facts.file.line, facts.claimed
    return {
        "claim_no": line.number,
        "cause": style.cause(packed.cause, words),
        "loss_on": style.day(packed.date_of_loss),
        "count": str(len(claimed)),
        "invoices": style.joined((words.name(each.called) for each in claimed), words),
        "owed": style.joined(map(style.money, _sums(claimed)), words),
        "amount": style.money(line.claimed),
        "notice_on": style.day(packed.notice_sent_on),
        "filed_on": style.day(facts.file.filed_on),
    }


def _decision(facts: ClaimFacts, words: Words) -> dict[str, str]:
    file = facts.file
    told = next(
        (each for each in reversed(file.steps) if each.decision and not each.voided),
        None,
    )
    reduction = f"{told.reduction_pct} %" if told and told.reduction_pct else ""
    return {
        "decision": words(DECISION_TITLES[Decision(told.decision)]) if told else "",
        "decided_on": style.day(told.on) if told else "",
        "reduction": reduction,
        "reason": told.reason if told else "",
        "paid": style.money(file.line.paid),
        "paid_on": style.day(file.paid_on),
    }


def _late(facts: ClaimFacts, words: Words) -> dict[str, str]:
    """What the insurer is late with, by the clocks that the claim's page shows."""
    late = next((each for each in facts.file.clocks if _is_late(each, facts.on)), None)
    since = style.day(late.runs_from) if late else ""
    undecided = late is not None and late.kind is ClockKind.DECIDE
    return {
        "waiting": str((facts.on - late.runs_from).days) if late else "",
        "undecided": since if undecided else "",
        "unpaid": "" if undecided else since,
        "law": words("Article 23 of the Insurance Law") if facts.chinese_law else "",
    }


def _is_late(clock: Clock, on: date) -> bool:
    theirs = clock.of is not ClockOf.OWN and clock.kind in _THEIRS
    return theirs and clock.ended_on is None and clock.is_late(on)


def _sums(claimed: tuple[PackageInvoice, ...]) -> tuple[Money, ...]:
    currencies = dict.fromkeys(each.open.currency for each in claimed)
    return tuple(
        Money.total((each.open for each in claimed if each.open.currency == code), code)
        for code in currencies
    )


def _parts(document: Document, *, facts: ClaimFacts) -> None:
    if "invoices" in facts.shows:
        _invoices(document, facts)
    if "papers" in facts.shows:
        _papers(document, facts)
    if "payees" in facts.shows:
        _payees(document, facts)


def _invoices(document: Document, facts: ClaimFacts) -> None:
    words, claimed = document.words, facts.claimed
    document.space(4)
    document.heading(words("Invoices claimed"))
    rows = [
        Row(
            (
                Cell(words.name(each.called), _tax_number(each)),
                Cell(style.day(each.issued)),
                Cell(style.due(each.due, words)),
                Cell(style.figure(each.amount)),
                Cell(style.money(each.open)),
            )
        )
        for each in claimed
    ]
    rows.extend(
        Row(
            (
                Cell(words("Open ({currency})", currency=each.currency), bold=True),
                *(Cell(""),) * 3,
                Cell(style.figure(each), bold=True),
            ),
            strong=True,
            with_previous=True,
        )
        for each in _sums(claimed)
    )
    document.table(
        (
            Column(words("Invoice"), 2),
            Column(words("Issued"), 1),
            Column(words("Due"), 1),
            Column(words("Amount"), right=True),
            Column(words("Amount open"), right=True),
        ),
        rows,
    )


def _payees(document: Document, facts: ClaimFacts) -> None:
    """Invoices whose indemnity goes elsewhere than the others', or whose debt isn't the policyholder's."""
    words = document.words
    theirs = [each for each in facts.claimed if each.loss_payee or each.joint_insured]
    if not theirs:
        return
    document.space(4)
    document.heading(words("Invoices with a loss payee or joint insured of their own"))
    document.table(
        (
            Column(words("Invoice"), 1.6),
            Column(words("Joint insured"), 2),
            Column(words("Loss payee"), 2),
            Column(words("Amount open"), right=True),
        ),
        [
            Row(
                (
                    Cell(words.name(each.called), _tax_number(each)),
                    Cell(each.joint_insured),
                    Cell(each.loss_payee),
                    Cell(style.money(each.open)),
                )
            )
            for each in theirs
        ],
    )


def _tax_number(each: PackageInvoice) -> str:
    return each.invoice_no if each.invoice_no != each.number else ""


def _papers(document: Document, facts: ClaimFacts) -> None:
    """What is enclosed: the items of the checklist that are there."""
    words = document.words
    there = [row for row in facts.package.checklist if row.state in _THERE]
    if not there:
        return
    document.space(8)
    document.heading(words("Enclosures"))
    document.table(
        (
            Column(words("No."), 0.9),
            Column(words("Document"), 6),
            Column(words("Number of files"), right=True),
        ),
        [
            Row(
                (
                    Cell(row.code, tone="quiet"),
                    Cell(row.title.in_language(words.language)),
                    Cell(str(row.documents) if row.documents else ""),
                )
            )
            for row in there
        ],
    )
