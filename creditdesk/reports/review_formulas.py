"""The key figures of rules.md 9.2 as spreadsheet formulas over named cells, rounded as the program rounds."""

from collections.abc import Mapping
from typing import Final

from creditdesk.domain.review.measures import DORMANT_DAYS


def _known(name: str) -> str:
    """An empty cell counts as 0 in a spreadsheet; where the program knows no figure, neither may the formula."""
    return f"IF(ISNUMBER({name}),{name},NA())"


_TURNOVER = "SUM(portfolio_turnover)"
_BALANCE = "SUM(portfolio_balance)"
_INSURED = "SUM(portfolio_insured)"
_PAID = "SUM(claims_paid_in)"
_PREMIUM = _known("premium")
_ANSWERED = "ISNUMBER(limits_requested)*ISNUMBER(limits_approved)"
_DUE = '((((duties_done<>"")+(duties_legal<=data_date))>0)*ISNUMBER(duties_legal))'
_SETTLED = "ISNUMBER(claims_claimed)*ISNUMBER(claims_paid)"
_USED = (
    "SUMPRODUCT((portfolio_balance<portfolio_limit)*portfolio_balance"
    "+(portfolio_balance>=portfolio_limit)*portfolio_limit)"
)
_MONTHLY = f"opening+{_TURNOVER}/COUNT(months_sold)"


def _middle(name: str) -> str:
    return f"SMALL({name},ROUNDUP(COUNT({name})/2,0))"


FORMULAS: Final[Mapping[str, str]] = {
    "premium_cost": f"ROUND(({_PREMIUM}+fees)/{_TURNOVER}*10000,1)",
    "loss_ratio": f"ROUND({_PAID}/{_PREMIUM},4)",
    "net_loss_ratio": (
        f"ROUND(({_PAID}+SUM(claims_reserve)+SUM(recoveries_costs)-SUM(recoveries_gross))/{_PREMIUM},4)"
    ),
    "accepted_amount": (
        f"ROUND(SUMPRODUCT({_ANSWERED},limits_approved)/SUMPRODUCT({_ANSWERED},limits_requested),4)"
    ),
    "accepted_count": (
        f"ROUND(SUMPRODUCT({_ANSWERED}*(limits_approved>=limits_requested))/SUMPRODUCT({_ANSWERED}),4)"
    ),
    "time_to_answer": _middle("limits_days"),
    "utilisation": f"ROUND({_USED}/SUM(portfolio_limit),4)",
    "dormant": (
        'IF(COUNTIF(portfolio_limit,">0")=0,NA(),'
        f"SUMPRODUCT((portfolio_limit>0)*(data_date-portfolio_last_sale>{DORMANT_DAYS})))"
    ),
    "uninsured_amount": f"IF(COUNT(portfolio_balance)=0,NA(),{_BALANCE}-{_INSURED})",
    "uninsured": f"ROUND(({_BALANCE}-{_INSURED})/{_BALANCE},4)",
    "own_risk": (
        f"ROUND(({_BALANCE}-{_INSURED}+SUMPRODUCT(portfolio_insured,portfolio_own_share)/100+first_loss)/{_BALANCE},4)"
    ),
    "headroom": f"ROUND(({_known('maximum_liability')}-{_PAID})/MAX(months_insured),2)",
    "hhi": f"ROUND(SUMPRODUCT(portfolio_balance,portfolio_balance)/({_BALANCE}*{_BALANCE})*10000,0)",
    "effective_rate": f"ROUND({_PREMIUM}/({_TURNOVER}*{_known('contract_rate')}/100),2)",
    "declared": f"ROUND({_known('declared')}/insurable,4)",
    "punctuality": f"ROUND(SUMPRODUCT({_DUE}*(duties_late=0))/SUMPRODUCT({_DUE}),4)",
    "missed": f"IF(COUNT(duties_legal)=0,NA(),SUMPRODUCT({_DUE}*(duties_late>0)))",
    "missed_amount": f"IF(COUNT(duties_legal)=0,NA(),SUMPRODUCT({_DUE}*(duties_late>0),duties_exposed))",
    "notice_to_filing": _middle("claims_days_noticed"),
    "filing_to_decision": _middle("claims_days_filed"),
    "decision_to_payment": _middle("claims_days_decided"),
    "claim_success": (
        f"ROUND(SUMPRODUCT({_SETTLED},claims_paid)/SUMPRODUCT({_SETTLED},claims_claimed),4)"
    ),
    "recovery_rate": f"ROUND(SUM(recoveries_net)/{_PAID},4)",
    "dso": f"IF({_TURNOVER}>0,ROUND({_BALANCE}*(period_end-period_start+1)/{_TURNOVER},1),NA())",
    "dbt": (
        "ROUND(SUMPRODUCT(portfolio_dbt,portfolio_dbt_of)/SUMPRODUCT(ISNUMBER(portfolio_dbt)*portfolio_dbt_of),1)"
    ),
    "cei": (
        f"IF(ISNUMBER(opening),ROUND(({_MONTHLY}-SUM(ageing_total))/({_MONTHLY}-SUM(ageing_not_due))*100,1),NA())"
    ),
    "benefit": f"{_PAID}+avoided-{_PREMIUM}-fees",
}
"""By the code of the figure; the names are those of `review_table.table` and `named`."""
