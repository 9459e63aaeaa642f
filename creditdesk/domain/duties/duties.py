"""What the policy asks to be done by when: rules as data, deadlines with their reason (rules.md 2.3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as _field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from creditdesk.domain.base.calendar import Counted, WorkCalendar, count
from creditdesk.domain.base.counting import Anchor, CountRule
from creditdesk.domain.policy.choices import StopVariant
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.i18n import Bilingual

STOP_SHIPPING = frozenset({"D13", "D13a", "D13b", "D13c"})
"""The stop of deliveries in its variants; a policy has one of them."""
OVERDUE_NOTICE = "D14"
ADVERSE_NOTICE = "D15"
MANDATE = "D17"
CLAIM_FILING = "D20"
_NO_WORDS = Bilingual("", "")
_NOTHING: frozenset[Anchor] = frozenset()
_NO_FACTS: Mapping[Anchor, date] = MappingProxyType({})


class DutyKind(StrEnum):
    """What a duty is about, to look at one kind alone."""

    SHIPPING = "shipping"
    NOTICE = "notice"
    CLAIM = "claim"
    LIMIT = "limit"
    DECLARATION = "declaration"
    POLICY = "policy"


class Finder(StrEnum):
    """The condition that brings a duty about, and what finds it. `STANDING`: nothing does, it holds always."""

    INCEPTION = "INCEPTION"
    EXPIRY = "EXPIRY"
    RENEWAL = "RENEWAL"
    UNINSURED = "UNINSURED"
    LARGE_LIMIT = "LARGE_LIMIT"
    LIMIT_EXPIRY = "LIMIT_EXPIRY"
    LIMIT_WAITING = "LIMIT_WAITING"
    LIMIT_IDLE = "LIMIT_IDLE"
    DECLARATION = "DECLARATION"
    PREMIUM_NOTE = "PREMIUM_NOTE"
    OVERDUE = "OVERDUE"
    KNOWLEDGE = "KNOWLEDGE"
    INSOLVENCY = "INSOLVENCY"
    EXTENSION_ASKED = "EXTENSION_ASKED"
    INSURER_REQUEST = "INSURER_REQUEST"
    CLAIM_DECISION = "CLAIM_DECISION"
    MONEY_RECEIVED = "MONEY_RECEIVED"
    MONEY_TO_SHARE = "MONEY_TO_SHARE"
    LIMITATION_DEBT = "LIMITATION_DEBT"
    LIMITATION_GUARANTEE = "LIMITATION_GUARANTEE"
    LIMITATION_INSURER = "LIMITATION_INSURER"
    LIMITATION_BILL = "LIMITATION_BILL"
    LIMITATION_DRAWER = "LIMITATION_DRAWER"
    CREDIT_REVIEW = "CREDIT_REVIEW"
    STANDING = "STANDING"


class Action(StrEnum):
    """What a list of duties offers to do. `OPEN`: look at the buyer or policy; `DONE`: it is done outside."""

    OPEN = "OPEN"
    DONE = "DONE"
    NOTICE = "NOTICE"
    CLAIM = "CLAIM"
    APPLY = "APPLY"
    RENEW = "RENEW"
    ANSWER = "ANSWER"
    DECLARE = "DECLARE"
    PREMIUM = "PREMIUM"


class Roll(StrEnum):
    """Where the legal date goes when it falls on no working day. The safe date always rolls back."""

    NONE = "NONE"
    NEXT_WD = "NEXT_WD"
    PREV_WD = "PREV_WD"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRule:
    """One duty. `field`: the policy field that holds its deadline rule, which wins over `count`.

    Neither: the duty has no date. `warn_days` before the safe date someone is told. `variant`: only of policies that
    stop deliveries in this way. `every_policy`: watched whatever the policy's template names. `count_in`: instead of
    `count` for clients of a country. `longer`: of the policy's deadline and the law's the later one counts.
    """

    code: str
    title: Bilingual
    kind: DutyKind
    finder: Finder
    action: Action
    roll: Roll
    warn_days: tuple[int, ...]
    consequence: Bilingual
    evidence: Bilingual = _NO_WORDS
    field: str = ""
    count: CountRule | None = None
    variant: StopVariant | None = None
    every_policy: bool = False
    count_in: Mapping[str, CountRule] = _field(default_factory=dict)
    longer: bool = False

    def applies(self, terms: PolicyTerms) -> bool:
        """Whether a policy with these terms has this duty: of the variants of one only that which it names."""
        return self.variant in (None, terms.stop_variant)

    def counted_by(self, terms: PolicyTerms, home: str = "") -> CountRule | None:
        """The deadline rule under these terms, for a client of the country `home`; None: no date."""
        law = self.count_in.get(home, self.count)
        own = terms.rule(self.field) if self.field else None
        if self.longer and own and law:
            return replace(own, others=(*own.others, *law.ways))
        return own or law


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One duty for one subject, with the fact it is counted from.

    `provisional`: the anchor itself is only expected, as the claim window before the notice has been sent.
    """

    code: str
    subject: str
    title: Bilingual
    anchor: Anchor
    anchor_on: date
    rule: CountRule
    unrolled: date
    legal: date
    safe: date
    consequence: Bilingual
    evidence: Bilingual
    warn_days: tuple[int, ...]
    calendar_known: bool
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Duties:
    """The duties of one policy: its rules, its terms, and the calendar deadlines are counted by.

    `home`: the client's country, where the law of one counts.
    """

    rules: tuple[DutyRule, ...]
    terms: PolicyTerms
    work: WorkCalendar
    home: str = ""

    def deadline(
        self,
        rule: DutyRule,
        subject: str,
        facts: Mapping[Anchor, date],
        expected: Collection[Anchor] = _NOTHING,
    ) -> Deadline | None:
        """When this duty is due. None: it has no date, or the fact it runs from is not known (yet).

        `expected` are the anchors in `facts` that have not happened.
        """
        asked = rule.counted_by(self.terms, self.home)
        known = self.derived(facts)
        ways = [
            (how, count(known[how.anchor], how.offsets, self.work))
            for how in (asked.ways if asked else ())
            if how.anchor in known
        ]
        if not ways:
            return None
        first_or_last = max if rule.longer else min
        how, counted = first_or_last(ways, key=lambda way: way[1].unrolled)
        return Deadline(
            code=rule.code,
            subject=subject,
            title=rule.title,
            anchor=how.anchor,
            anchor_on=counted.anchor,
            rule=how,
            unrolled=counted.unrolled,
            legal=_rolled(counted, rule.roll),
            safe=counted.safe,
            consequence=rule.consequence,
            evidence=rule.evidence,
            warn_days=rule.warn_days,
            calendar_known=counted.calendar_known,
            provisional=how.anchor in expected,
        )

    def by(self, deadline: Deadline, day: date) -> Deadline:
        """The same duty by the day the insurer itself has named."""
        return replace(
            deadline,
            anchor=Anchor.INSURER_DAY,
            anchor_on=day,
            rule=CountRule(Anchor.INSURER_DAY),
            unrolled=day,
            legal=day,
            safe=self.work.previous_working(day),
            calendar_known=self.work.is_known(day),
        )

    def found_by(self, finder: Finder) -> tuple[DutyRule, ...]:
        """The rules of this policy that wait for a condition."""
        return tuple(
            rule
            for rule in self.rules
            if rule.finder is finder and rule.applies(self.terms)
        )

    def after(
        self,
        finder: Finder,
        subject: str,
        facts: Mapping[Anchor, date],
        expected: Collection[Anchor] = _NOTHING,
    ) -> tuple[Deadline, ...]:
        """The deadlines a condition brings about, in the order of the rules."""
        found = (
            self.deadline(rule, subject, facts, expected)
            for rule in self.found_by(finder)
        )
        return tuple(item for item in found if item is not None)

    def overdue(
        self,
        subject: str,
        due: date | None,
        notice_sent: date | None = None,
        known: Mapping[Anchor, date] = _NO_FACTS,
    ) -> tuple[Deadline, ...]:
        """Stop shipping, notice, mandate and claim for an unpaid invoice with this original due date.

        `due` None: not due yet, only what is `known` of the buyer counts. What runs from the notice is counted from
        the day it was sent; before that from the last day for sending it, and marked provisional.
        """
        facts = {**known, **({Anchor.DUE_DATE: due} if due else {})}
        if notice_sent is not None:
            facts[Anchor.NOTICE_SENT] = notice_sent
            return self.after(Finder.OVERDUE, subject, facts)
        for rule in self.rules:
            notice = self.deadline(rule, subject, facts)
            if notice is not None and rule.code == OVERDUE_NOTICE:
                facts[Anchor.NOTICE_SENT] = notice.unrolled
        expected = {Anchor.NOTICE_SENT}
        return self.after(Finder.OVERDUE, subject, facts, expected)

    def derived(self, facts: Mapping[Anchor, date]) -> dict[Anchor, date]:
        """The facts, with the anchors the terms make of them. The extension runs from the original due date."""
        terms = self.terms
        known = dict(facts)
        if terms.period_start:
            known.setdefault(Anchor.PERIOD_START, terms.period_start)
        if terms.period_end:
            known.setdefault(Anchor.PERIOD_END, terms.period_end)
            known.setdefault(Anchor.YEAR_END, date(terms.period_end.year, 12, 31))
        ends = (
            (Anchor.EXTENSION, Anchor.DUE_DATE, 1),
            (Anchor.MEP_END, Anchor.DUE_DATE, terms.mep_days),
            (Anchor.INVOICING_END, Anchor.SHIPMENT, terms.max_invoicing_days),
            (Anchor.NON_RENEWAL, Anchor.PERIOD_END, _negative(terms.renewal_notice)),
        )
        for anchor, start, days in ends:
            if start in known and days is not None:
                known.setdefault(anchor, known[start] + timedelta(days=days))
        return known


def _negative(days: int | None) -> int | None:
    return None if days is None else -days


def _rolled(counted: Counted, roll: Roll) -> date:
    """The legal date under the duty's own rule."""
    by_roll = {
        Roll.NONE: counted.unrolled,
        Roll.NEXT_WD: counted.legal,
        Roll.PREV_WD: counted.safe,
    }
    return by_roll[roll]
