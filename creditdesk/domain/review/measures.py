"""The figures of rules.md 9.2: what each is called, how it is defined, and when it is healthy."""

from decimal import Decimal
from typing import Final

from creditdesk.domain.review.book import Measure, Unit
from creditdesk.i18n import N_

DORMANT_DAYS: Final = 90
"""A limit without a sale for longer is dormant."""
_D = Decimal

MEASURES: Final = (
    Measure(
        "premium_cost", N_("Premium cost (bps of turnover)"), Unit.BPS,
        N_("(premium + fees, before tax) ÷ turnover × 10,000"), _D(5), _D(60), main=True,
    ),
    Measure(
        "loss_ratio", N_("Loss ratio (paid)"), Unit.SHARE,
        N_("indemnity paid in the period ÷ premium"), _D(0), _D("0.6"), main=True,
    ),
    Measure(
        "net_loss_ratio", N_("Loss ratio (net, incurred)"), Unit.SHARE,
        N_("(indemnity paid + expected of open claims + costs of recovery − recoveries) ÷ premium"), _D(0), _D("0.7"),
    ),
    Measure(
        "accepted_amount", N_("Limits approved (amount)"), Unit.SHARE,
        N_("Σ approved ÷ Σ requested, of answered applications"), _D("0.8"), main=True,
    ),
    Measure(
        "accepted_count", N_("Limits approved in full (count)"), Unit.SHARE,
        N_("applications approved in full ÷ applications answered"),
    ),
    Measure(
        "time_to_answer", N_("Days to answer (median)"), Unit.DAYS,
        N_("median of the days from application to decision"), _D(0), _D(7), main=True,
    ),
    Measure(
        "utilisation", N_("Use of limits"), Unit.SHARE,
        N_("Σ min(balance, limit) ÷ Σ limit"), _D("0.4"), _D("0.8"), main=True,
    ),
    Measure(
        "dormant", N_("Dormant limits"), Unit.COUNT,
        N_("limits on buyers to whom nothing was sold for more than 90 days"), _D(0), _D(0),
    ),
    Measure(
        "uninsured_amount", N_("Uninsured exposure"), Unit.MONEY,
        N_("Σ (balance − insured balance)"),
    ),
    Measure(
        "uninsured", N_("Uninsured share of the balance"), Unit.SHARE,
        N_("uninsured exposure ÷ balance"), _D(0), _D("0.2"), main=True,
    ),
    Measure(
        "own_risk", N_("Own risk (uninsured and own share)"), Unit.SHARE,
        N_("(uninsured + own share of the insured balance + first loss still to be borne) ÷ balance"), main=True,
    ),
    Measure(
        "headroom", N_("Maximum liability left ÷ peak insured balance"), Unit.TIMES,
        N_("(maximum liability − indemnity paid) ÷ the highest insured balance at the end of a month"), _D(1),
        main=True,
    ),
    Measure(
        "hhi", N_("Concentration (HHI, 0–10,000)"), Unit.INDEX,
        N_("Σ (share of the balance)² × 10,000"), _D(0), _D(2500),
    ),
    Measure(
        "effective_rate", N_("Effective ÷ contract rate"), Unit.TIMES,
        N_("premium ÷ turnover ÷ the policy's rate; more than 1: the minimum premium bites"), None, _D(1),
    ),
    Measure(
        "declared", N_("Declared ÷ insurable turnover"), Unit.SHARE,
        N_("declared ÷ what the ledger says was to be declared"), _D("0.995"), _D("1.005"), main=True,
    ),
    Measure(
        "punctuality", N_("Duties done in time"), Unit.SHARE,
        N_("done by the last legal day ÷ due by the data date"), _D(1), main=True,
    ),
    Measure("missed", N_("Duties missed"), Unit.COUNT, N_("done late, or due and still waiting"), _D(0), _D(0)),
    Measure(
        "missed_amount", N_("Money at risk by missed duties"), Unit.MONEY,
        N_("Σ of the money behind the duties missed"), _D(0), _D(0),
    ),
    Measure(
        "notice_to_filing", N_("Claims: days from notice to filing"), Unit.DAYS,
        N_("median over the claims that were filed"),
    ),
    Measure(
        "filing_to_decision", N_("Claims: days from filing to decision"), Unit.DAYS,
        N_("median over the claims that were decided"), _D(0), _D(60),
    ),
    Measure(
        "decision_to_payment", N_("Claims: days from decision to payment"), Unit.DAYS,
        N_("median over the claims that were paid"), _D(0), _D(10),
    ),
    Measure("claim_success", N_("Paid ÷ claimed"), Unit.SHARE, N_("of claims that were paid"), main=True),
    Measure("recovery_rate", N_("Recovered ÷ indemnified"), Unit.SHARE, N_("recoveries after costs ÷ indemnity paid")),
    Measure("dso", N_("Days sales outstanding (DSO)"), Unit.DAYS, N_("balance ÷ turnover × days of the period")),
    Measure(
        "dbt", N_("Days beyond terms (DBT)"), Unit.DAYS,
        N_("days paid after the due date, weighted by amount, over 12 months; what is overdue counts to the data date"),
    ),
    Measure(
        "cei", N_("Collection effectiveness (CEI)"), Unit.INDEX,
        N_("(opening + turnover of a month − closing) ÷ (opening + turnover of a month − closing not due) × 100"),
        _D(80), _D(100),
    ),
    Measure(
        "benefit", N_("Benefit of the cover"), Unit.MONEY,
        N_("indemnity paid + bad trade avoided (your entry) − premium and fees"), main=True,
    ),
)  # fmt: skip
