"""`calc indemnity` against a second reading of its rules, literal and slow, over generated cases.

The reading below follows rules.md 4.1 line by line in fractions, works the allocation out anew for every day, and
shares nothing with the program. Where the text leaves something open, the reading taken is said at its place. Pro rata
allocation has tests of its own.
"""

import calendar
import random
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from creditdesk.cli.calc.command import answer

Json = dict[str, Any]  # JSON as a script writes it
D = date.fromisoformat
ZERO = Fraction(0)
DIGITS = {"CNY": 2, "EUR": 2, "JPY": 0, "KWD": 3}
DEFAULTS: Json = {
    "eel": "0", "min_retention": "0", "deductible_order": None, "nql": "0", "nql_type": "FRANCHISE", "afl": "0",
    "afl_used": "0", "afl_basis": None, "max_liability": None, "max_liability_used": "0", "single_buyer_cap": None,
    "max_payment_term_days": None, "mep_days": None, "period": None, "reduction_pct": "0", "cancel_notice_days": 0,
    "allocation_switch": None,
}  # fmt: skip
OPENED: Json = {
    "shipped": None, "vat_rate": "0", "disputed": "0", "seller_fault": "0", "declared": True, "declared_on": None,
    "insured_pct": None,
}  # fmt: skip
NO_DECISION = ("NO_LIMIT", "BEFORE_LIMIT", "AFTER_EXPIRY")
OWN = -1  # stands for the place of a decision among the limits


def cut(amount: Fraction) -> Fraction:
    return max(ZERO, amount)


def half_up(amount: Fraction, currency: str) -> Fraction:
    units = 10 ** DIGITS[currency]
    return Fraction((2 * amount * units + 1) // 2, units)


def written(amount: Fraction, currency: str) -> str:
    units = half_up(amount, currency) * 10 ** DIGITS[currency]
    return f"{Decimal(int(units)).scaleb(-DIGITS[currency]):f}"


def year_later(day: date) -> date:
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return date(day.year + 1, day.month, min(day.day, last))


class Reading:
    """One case. The methods are the steps of rules.md 4.1."""

    def __init__(self, case: Json) -> None:
        self.case, self.policy = case, {**DEFAULTS, **case["policy"]}
        self.currency, self.loss = self.policy["currency"], D(case["date_of_loss"])
        known = [each for each in case["documents"] if D(each["date"]) <= self.loss]
        self.invoices = [
            {**OPENED, "due": each["date"], **each}
            for each in known
            if each["kind"] in {"invoice", "opening"}
        ]
        self.credits = [each for each in known if each["kind"] not in {"invoice", "opening"}]  # fmt: skip

    def rate(self, currency: str, day: date) -> Fraction:
        if currency == self.currency:
            return Fraction(1)
        rates = [
            (each["date"], each["rate"])
            for each in self.case["fx"]
            if each["currency"] == currency
        ]
        return Fraction(max(pair for pair in rates if D(pair[0]) <= day)[1])

    def allocated(self, upto: date) -> dict[str, Fraction]:
        """S1 and S2: what is open with the credits dated up to a day. All notes meet their own invoices first."""
        left = {each["id"]: Fraction(each["amount"]) for each in self.invoices}
        in_order = sorted(self.credits, key=lambda each: (each["date"], each["id"]))
        known = [each for each in in_order if D(each["date"]) <= upto]
        notes = [each for each in known if each["kind"] == "credit_note"]
        rests = [(each, self.named(each, each.get("against"), left)) for each in notes]
        for note, rest in rests:
            self.oldest(note, rest, left)
        for each in known:
            if each["kind"] != "credit_note":
                switch = self.policy["allocation_switch"]
                switched = switch is not None and each["date"] >= switch
                by_name = self.policy["allocation_rule"] == "DESIGNATED" and not switched  # fmt: skip
                # What names its invoice with `against` is tied to it.
                name = each.get("against") or (each.get("for") if by_name else None)
                self.oldest(each, self.named(each, name, left), left, switched)
        return left

    def cross(self, credit: Json, invoice: Json) -> Fraction:
        day = D(credit["date"])
        return self.rate(credit["currency"], day) / self.rate(invoice["currency"], day)

    def named(
        self, credit: Json, name: str | None, left: dict[str, Fraction]
    ) -> Fraction:
        rest = cut(Fraction(credit["amount"]) - Fraction(credit.get("costs", "0")))
        for invoice in self.invoices:
            if invoice["id"] == name:
                rest = self.fill(credit, rest, invoice, left)
        return rest

    def fill(
        self, credit: Json, rest: Fraction, invoice: Json, left: dict[str, Fraction]
    ) -> Fraction:
        factor = self.cross(credit, invoice)
        taken = min(left[invoice["id"]], rest * factor)
        left[invoice["id"]] -= taken
        return rest - taken / factor

    def oldest(
        self,
        credit: Json,
        rest: Fraction,
        left: dict[str, Fraction],
        switched: bool = False,  # noqa: FBT001, FBT002 - a word of the rule
    ) -> None:
        """14.5: an opening is the oldest of all."""
        by_issue = self.policy["allocation_rule"] == "OLDEST_INVOICE_FIRST"
        first, second = ("date", "due") if by_issue and not switched else ("due", "date")  # fmt: skip
        for invoice in sorted(
            self.invoices,
            key=lambda each: (each["kind"] != "opening", each[first], each[second], each["id"]),
        ):  # fmt: skip
            rest = self.fill(credit, rest, invoice, left)

    def begins(self, limit: Json) -> date:
        late = limit["state"] in {"REDUCED", "CANCELLED"}
        return D(limit["from"]) + timedelta(
            days=self.policy["cancel_notice_days"] * late
        )

    def decision(self, day: date) -> int | None:
        """3.4: the place of the decision that holds on a day."""
        holding = [
            (each["from"], place)
            for place, each in enumerate(self.case["limits"])
            if self.begins(each) <= day <= D(each["to"] or "2200-01-01")
        ]
        return max(holding)[1] if holding else None

    def amount(self, place: int) -> Fraction:
        if place == OWN:
            return Fraction(self.case["discretionary"]["amount"])
        limit = self.case["limits"][place]
        if limit["state"] not in {"APPROVED", "INCREASED", "REDUCED"}:
            return ZERO
        return Fraction(limit["amount"]) * self.rate(limit["currency"], self.loss)

    def conversion(self, invoice: Json) -> Fraction:
        """4.8. The same rate for residual, dispute and fault."""
        day = D(invoice["date"])
        month_end = date(
            day.year, day.month, calendar.monthrange(day.year, day.month)[1]
        )
        days = {
            "INVOICE_DATE": [day],
            "DATE_OF_LOSS": [self.loss],
            "CLAIM_DATE": [D(self.case["claim_date"])],
            "MONTH_END": [month_end],
            "LOWER_OF": [day, self.loss],
        }[self.policy["fx_rule"]]
        return min(self.rate(invoice["currency"], on) for on in days)

    def declared(self, invoice: Json) -> bool:
        """14.7: not once the loss has come about or deliveries are stopped, be it by the invoice itself."""
        on = invoice["declared_on"]
        if on is None or not invoice["declared"]:
            return bool(invoice["declared"])
        return D(on) <= self.loss and not self.stopped(None, D(on))

    def stopped(self, invoice: Json | None, day: date) -> bool:
        """An earlier invoice is any other dated up to the day of shipment; nobody knows when an opening was due."""
        mep = self.policy["mep_days"]
        if self.case["stop_date"]:
            return day > D(self.case["stop_date"])
        if mep is None:
            return False
        left = self.allocated(day)
        return any(
            left[each["id"]] and D(each["due"]) + timedelta(days=mep) < day and D(each["date"]) <= day
            for each in self.invoices
            if each is not invoice and each["kind"] != "opening"
        )  # fmt: skip

    def no_limit(self, day: date) -> str | None:
        """Where no decision holds, the discretionary limit stands in for it, whichever of the three reasons it is."""
        place, limits = self.decision(day), self.case["limits"]
        if place is not None:
            return None if self.amount(place) else "LIMIT_ZERO"
        own = self.case["discretionary"]
        if own:
            since, adverse = (
                D(own["evidence_date"]),
                D(own["adverse_on"] or "2200-01-01"),
            )
            fresh = since <= day <= year_later(since) and day < adverse
            return None if fresh else "DCL_UNJUSTIFIED"
        begun = any(self.begins(each) <= day for each in limits)
        return NO_DECISION[0 if not limits else 2 if begun else 1]

    def reasons(self, invoice: Json, day: date) -> list[str]:
        """S5, in the order of 3.2."""
        if invoice["kind"] == "opening":
            return ["OPENING"]
        term, longest = (
            D(invoice["due"]) - D(invoice["date"]),
            self.policy["max_payment_term_days"],
        )
        start, end = map(D, self.policy["period"] or ("1900-01-01", "2200-01-01"))
        limit = self.no_limit(day)
        tests = (
            (limit, limit not in {None, "DCL_UNJUSTIFIED"}),
            ("TERM", longest is not None and term.days > longest),
            ("STOPPED", self.stopped(invoice, day)),
            ("OUT_OF_PERIOD", not start <= day <= end),
            ("NOT_DECLARED", not self.declared(invoice)),
            ("DCL_UNJUSTIFIED", limit == "DCL_UNJUSTIFIED"),
        )
        return [name for name, applies in tests if applies and name]

    def rows(self) -> list[Json]:
        left, rows = self.allocated(self.loss), []
        for invoice in self.invoices:
            rate, day = (
                self.conversion(invoice),
                D(invoice["shipped"] or invoice["date"]),
            )
            residual = half_up(left[invoice["id"]] * rate, self.currency)
            held = [
                half_up(Fraction(invoice[key]) * rate, self.currency)
                for key in ("disputed", "seller_fault")
            ]
            base, vat = cut(residual - sum(held)), Fraction(invoice["vat_rate"]) / 100
            if not self.policy["vat_insured"]:
                base = half_up(base / (1 + vat), self.currency)
            why, place = self.reasons(invoice, day), self.decision(day)
            rows.append({
                "id": invoice["id"], "residual": residual, "eligible": ZERO if why else base, "reasons": why,
                "day": day, "rate": rate, "under": OWN if place is None else place,
                "full": half_up(Fraction(invoice["amount"]) * rate, self.currency),
                "pct": self.pct(invoice, own=place is None), "covered": ZERO,
            })  # fmt: skip
        return rows

    def pct(self, invoice: Json, *, own: bool) -> Fraction:
        """14.7: of the invoice, else of the policy; under a discretionary limit the lower of its and the invoice's."""
        limit = (self.case["discretionary"] or {}).get("pct") if own else None
        known = [Fraction(each) for each in (invoice["insured_pct"], limit) if each]
        return min(known, default=Fraction(self.policy["insured_pct"]))

    def covered(self, rows: Iterable[Json]) -> tuple[list[Json], list[Json]]:
        """S7: under decisions, and under the discretionary limit, which is used apart; `covered` of each row."""
        good = sorted(
            (each for each in rows if not each["reasons"]),
            key=lambda each: (each["day"], each["id"]),
        )
        part = self.strict if self.policy["limit_mode"] == "STRICT" else self.revolving
        decided = [each for each in good if each["under"] != OWN]
        own = [each for each in good if each["under"] == OWN]
        part(decided)
        part(own)
        return decided, own

    def revolving(self, rows: list[Json]) -> None:
        older = ZERO
        for place in sorted(
            {each["under"] for each in rows},
            key=lambda place: (
                self.case["limits"][place]["from"] if place != OWN else ""
            ),
        ):
            eligible = sum(
                (each["eligible"] for each in rows if each["under"] == place), ZERO
            )
            left = min(eligible, cut(self.amount(place) - older))
            older += eligible
            for each in rows:
                if each["under"] == place:
                    each["covered"] = min(each["eligible"], left)
                    left -= each["covered"]

    def strict(self, rows: list[Json]) -> None:
        """What was open on a day is rounded in policy currency like every residual."""
        for place, row in enumerate(rows):
            left = self.allocated(row["day"])
            used = sum(
                (min(each["part"], half_up(left[each["id"]] * each["rate"], self.currency)) for each in rows[:place]),
                ZERO,
            )  # fmt: skip
            row["part"] = min(row["full"], cut(self.amount(row["under"]) - used))
            row["covered"] = min(row["eligible"], row["part"])

    def payable(self, parts: Iterable[list[Json]]) -> tuple[Fraction, Fraction]:
        """S9 to S13. What the part under decisions can't bear of NQL, deductible and first loss the other part does.

        14.7: within a part the percentages bear them in proportion, so its average percentage counts.
        """
        losses = [
            (
                sum((each["covered"] for each in part), ZERO),
                sum((each["covered"] * each["pct"] for each in part), ZERO),
            )
            for part in parts
        ]
        policy, eroded, total = self.policy, ZERO, ZERO
        nql, eel, kept = (
            Fraction(policy[key]) for key in ("nql", "eel", "min_retention")
        )
        first = cut(Fraction(policy["afl"]) - Fraction(policy["afl_used"]))
        if policy["nql_type"] == "FRANCHISE" and sum(loss for loss, _ in losses) <= nql:
            return ZERO, ZERO
        order, basis = policy["deductible_order"], policy["afl_basis"]
        for loss, weighted in losses:
            share = weighted / loss if loss else ZERO
            if policy["nql_type"] == "DEDUCT":
                nql, loss = cut(nql - loss), cut(loss - nql)  # noqa: PLW2901 - the rule takes it off the loss
            if order == "BEFORE_PCT":
                eel, loss = cut(eel - loss), cut(loss - eel)  # noqa: PLW2901 - as above
            if basis == "ERODED_BY_LOSS":
                taken = min(first, loss)
                first, eroded, loss = first - taken, eroded + taken, loss - taken  # noqa: PLW2901 - as above
            paid = loss * share / 100
            if order == "AFTER_PCT":
                eel, paid = cut(eel - paid), cut(paid - eel)
            if order == "MIN_RETENTION":
                own_part = min(loss, max(kept, loss - paid))
                kept, paid = cut(kept - own_part), loss - own_part
            if basis == "ERODED_BY_INDEMNITY":
                taken = min(first, paid)
                first, eroded, paid = first - taken, eroded + taken, paid - taken
            total += paid
        total *= 1 - Fraction(policy["reduction_pct"]) / 100
        caps = [policy["single_buyer_cap"]]
        if policy["max_liability"] is not None:
            caps.append(
                cut(
                    Fraction(policy["max_liability"])
                    - Fraction(policy["max_liability_used"])
                )
            )
        return min([total, *(Fraction(cap) for cap in caps if cap is not None)]), eroded

    def stop_date(self) -> str | None:
        """In force for a shipment on the date of loss: the first extension that ended before it."""
        mep = self.policy["mep_days"]
        if self.case["stop_date"] or mep is None:
            return self.case["stop_date"]  # type: ignore[no-any-return]  # a date of the case
        left = self.allocated(self.loss)
        ends = [
            D(each["due"]) + timedelta(days=mep)
            for each in self.invoices
            if left[each["id"]] and each["kind"] != "opening"
        ]
        return min((end.isoformat() for end in ends if end < self.loss), default=None)

    def answer(self) -> Json:
        rows = self.rows()
        paid, eroded = self.payable(self.covered(rows))
        loss, indemnity = (
            half_up(each, self.currency)
            for each in (sum((row["covered"] for row in rows), ZERO), paid)
        )
        whole = sum((each["residual"] for each in rows), ZERO)
        figures = {
            "indemnity": indemnity, "whole_debt": whole, "limit_applied": loss, "covered_loss": loss,
            "eligible_debt": sum((each["eligible"] for each in rows), ZERO), "own_share": loss - indemnity,
            "own_risk": whole - indemnity, "afl_eroded": eroded,
        }  # fmt: skip
        told: Json = {}
        if any("NOT_DECLARED" in row["reasons"] for row in rows):
            every = [
                {**each, "declared": True, "declared_on": None} if each["kind"] == "invoice" else each
                for each in self.case["documents"]
            ]  # fmt: skip
            other = Reading({**self.case, "documents": every}).answer()
            told = {"if_declared": other["indemnity"]}
        return {
            **told,
            **{key: written(value, self.currency) for key, value in figures.items()},
            "stop_date": self.stop_date(),
            "invoices": {
                each["id"]: (*(written(each[key], self.currency) for key in ("residual", "eligible")), each["reasons"])
                for each in rows
            },
        }  # fmt: skip


class Maker:
    """Makes cases that mix everything a case can carry; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a test's, no secret
        self.currency = self.random.choice(list(DIGITS))

    def case(self) -> Json:
        pick = self.random.choice
        invoices = [self.invoice(number) for number in range(self.random.randint(0, 6))]
        credits_ = [
            self.credit(number, invoices) for number in range(self.random.randint(0, 5))
        ]
        documents = [*invoices, *credits_, *pick([[], [], [self.opening()]])]
        self.random.shuffle(documents)
        return {
            "policy": self.policy(),
            "limits": [self.limit(month) for month in self.random.sample(range(1, 8), pick([0, 1, 1, 2, 3]))],
            "discretionary": pick([None, None, self.own()]),
            "stop_date": pick([None, None, None, self.day(1, 8)]),
            "claim_date": "2025-12-01",
            "date_of_loss": self.day(6, 12),
            "fx": [self.rate(currency, month) for currency in DIGITS for month in (0, 3, 7, 11)],
            "documents": documents,
        }  # fmt: skip

    def day(self, first: int, last: int) -> str:
        return f"2025-{self.random.randint(first, last):02}-{self.random.randint(1, 28):02}"

    def money(self, currency: str, most: int = 300_000) -> str:
        digits = DIGITS[currency]
        amount = self.random.choice([self.random.randint(0, most), most // 3])
        cents = self.random.choice([0, self.random.randint(0, 10**digits - 1)])
        return f"{amount}.{cents:0{digits}}" if digits else str(amount)

    def any_currency(self) -> str:
        return self.random.choice([self.currency, self.currency, *DIGITS])

    def policy(self) -> Json:
        pick, money, own = self.random.choice, self.money, self.currency
        kinds: tuple[Json, ...] = (
            {},
            {"deductible_order": "BEFORE_PCT", "eel": money(own, 20_000)},
            {"deductible_order": "AFTER_PCT", "eel": money(own, 20_000)},
            {"deductible_order": "MIN_RETENTION", "min_retention": money(own, 60_000)},
        )
        sometimes: tuple[Json, ...] = (
            {"nql": money(own, 50_000), "nql_type": pick(["FRANCHISE", "DEDUCT"])},
            {"afl": money(own, 60_000), "afl_used": money(own, 40_000),
             "afl_basis": pick(["ERODED_BY_LOSS", "ERODED_BY_INDEMNITY"])},
            {"max_liability": money(own), "max_liability_used": money(own, 200_000)},
            {"single_buyer_cap": money(own)},
            {"reduction_pct": pick(["10", "33.33", "100"])},
            {"max_payment_term_days": pick([30, 60, 90])},
            {"mep_days": pick([0, 30, 60])},
            {"period": ["2025-01-15", self.day(6, 12)]},
            {"cancel_notice_days": pick([10, 30])},
            {"allocation_switch": self.day(1, 12)},
        )  # fmt: skip
        policy: Json = {
            "currency": own,
            "insured_pct": pick(["90", "85", "66.67", "100", "1.01"]),
            "vat_insured": pick([True, False]),
            "allocation_rule": pick(["OLDEST_DUE_FIRST", "OLDEST_INVOICE_FIRST", "DESIGNATED"]),
            "limit_mode": pick(["REVOLVING", "STRICT"]),
            "fx_rule": pick(["INVOICE_DATE", "DATE_OF_LOSS", "CLAIM_DATE", "MONTH_END", "LOWER_OF"]),
            **pick(kinds),
        }  # fmt: skip
        for terms in self.random.sample(sometimes, self.random.randint(0, 4)):
            policy.update(terms)
        return policy

    def limit(self, month: int) -> Json:
        currency, states = (
            self.any_currency(),
            ["REFUSED", "CANCELLED", "SUSPENDED", "EXPIRED"],
        )
        states += ["APPROVED"] * 6 + ["INCREASED"] * 3 + ["REDUCED"] * 3
        return {
            "from": f"{2024 + (month > 2)}-{month:02}-01",
            "to": self.random.choice([None, None, self.day(9, 12)]),
            "amount": self.money(currency, 600_000),
            "currency": currency,
            "state": self.random.choice(states),
        }

    def own(self) -> Json:
        return {
            "amount": self.money(self.currency, 90_000),
            "pct": self.random.choice([None, "80", "60"]),
            "evidence_date": f"2024-{self.random.randint(1, 12):02}-15",
            "adverse_on": self.random.choice([None, None, self.day(2, 8)]),
        }

    def rate(self, currency: str, month: int) -> Json:
        return {
            "currency": currency,
            "date": f"2025-{month:02}-09" if month else "2024-01-01",
            "rate": f"{self.random.uniform(0.5, 1.5):.6f}",
        }

    def invoice(self, number: int) -> Json:
        pick, currency, day = self.random.choice, self.any_currency(), self.day(1, 9)
        due = D(day) + timedelta(days=pick([0, 14, 30, 60, 90, 91]))
        shipped = D(day) + timedelta(days=self.random.randint(-10, 40))
        return {
            "id": f"I{self.random.randint(0, 99)}-{number}",
            "kind": "invoice",
            "date": day,
            "due": due.isoformat(),
            "shipped": pick([None, None, shipped.isoformat()]),
            "amount": self.money(currency),
            "currency": currency,
            "vat_rate": pick(["0", "0", "13", "6"]),
            "disputed": pick(["0", "0", "0", self.money(currency, 60_000)]),
            "seller_fault": pick(["0", "0", "0", self.money(currency, 60_000)]),
            "declared": pick([True] * 9 + [False]),
            "declared_on": pick([*[None] * 7, self.day(1, 12)]),
            "insured_pct": pick([None, None, "80", "50", "72.5"]),
        }

    def opening(self) -> Json:
        currency = self.any_currency()
        return {
            "id": f"O{self.random.randint(0, 99)}",
            "kind": "opening",
            "date": self.day(1, 12),
            "amount": self.money(currency, 100_000),
            "currency": currency,
        }

    def credit(self, number: int, invoices: list[Json]) -> Json:
        currency = self.any_currency()
        kinds = ["payment", "payment", "credit_note", "recovery"]
        kind = self.random.choice([*kinds, *kinds, *["deposit"] * bool(invoices)])
        credit = {
            "id": f"C{self.random.randint(0, 99)}-{number}",
            "kind": kind,
            "date": self.day(1, 12),
            "amount": self.money(currency),
            "currency": currency,
        }
        if invoices and (kind == "deposit" or self.random.random() < 0.6):
            tied = kind == "recovery" and self.random.random() < 0.5
            key = "against" if tied or kind in {"credit_note", "deposit"} else "for"
            credit[key] = self.random.choice(invoices)["id"]
        if kind == "recovery":
            credit["costs"] = self.money(currency, 30_000)
        return credit


@pytest.mark.parametrize("seed", range(12))
def test_every_rule_holds_together_with_all_the_others(seed: int) -> None:
    cases = [Maker(100 * seed + number).case() for number in range(40)]
    found = answer("indemnity", cases, "en")
    assert isinstance(found, list)
    for case, answered in zip(cases, found, strict=True):
        expected = Reading(case).answer()
        rows = {
            row["id"]: (row["residual"], row["eligible"], row["reasons"])
            for row in answered["invoices"]
        }
        assert {**answered, "invoices": rows} == {**answered, **expected}, case


def test_the_generated_cases_meet_every_rule_and_reason() -> None:
    """Or else they would prove nothing."""
    cases = [Maker(number).case() for number in range(600)]
    read = [Reading(case).answer() for case in cases]
    reasons = {
        why for each in read for row in each["invoices"].values() for why in row[2]
    }
    assert reasons == {
        "NO_LIMIT", "LIMIT_ZERO", "BEFORE_LIMIT", "AFTER_EXPIRY", "TERM", "STOPPED", "OUT_OF_PERIOD", "NOT_DECLARED",
        "DCL_UNJUSTIFIED", "OPENING",
    }  # fmt: skip
    assert (
        sum(
            each.get("if_declared", each["indemnity"]) != each["indemnity"]
            for each in read
        )
        > 10
    )
    paid = [each for each in read if Fraction(each["indemnity"])]
    assert len(paid) > 100
    assert sum(each["eligible_debt"] != each["covered_loss"] for each in paid) > 50
    assert sum(Fraction(each["afl_eroded"]) > 0 for each in paid) > 10
