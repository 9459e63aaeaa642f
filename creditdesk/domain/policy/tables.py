"""The tables of a schedule: their columns, and their rows as the rules use them (rules.md 2.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.fields import Choice, FieldType, PolicyField
from creditdesk.i18n import Bilingual


class LimitType(StrEnum):
    """Under what a shipment is insured: a limit the insurer decided, the insured's own, or none by name."""

    NAMED = "NAMED"
    DISCRETIONARY = "DISCRETIONARY"
    UNNAMED = "UNNAMED"


class RiskCause(StrEnum):
    """The causes of loss a schedule tells apart."""

    INSOLVENCY = "INSOLVENCY"
    PROTRACTED_DEFAULT = "PROTRACTED_DEFAULT"
    REPUDIATION = "REPUDIATION"
    POLITICAL = "POLITICAL"
    LC = "LC"


@dataclass(frozen=True, slots=True)
class RiskTerm:
    """What a schedule says for one cause and kind of limit. None: as the policy says for all."""

    cause: RiskCause
    limit_type: LimitType
    insured_pct: Decimal | None = None
    waiting_period: CountRule | None = None
    pd_definition: CountRule | None = None
    vat_insured: bool | None = None


@dataclass(frozen=True, slots=True)
class CountryTerm:
    """What a schedule says for one country (two letters, upper case). None: as the policy says for all."""

    country: str
    covered: bool = True
    insured_pct: Decimal | None = None
    discretionary: bool | None = None
    political: bool | None = None
    max_term_days: int | None = None


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of the premium and the day it is due."""

    due: date
    amount: Money


def column(  # noqa: PLR0913 - what a column is, by name
    key: str,
    zh: str,
    en: str,
    kind: FieldType = FieldType.TEXT,
    choices: Mapping[str, Bilingual] | None = None,
    *,
    required: bool = False,
    above_one: bool = False,
) -> PolicyField:
    """A column: a field of its own, in each row."""
    offered = tuple(Choice(value, words) for value, words in (choices or {}).items())
    return PolicyField(
        key=key,
        label=Bilingual(zh, en),
        section=Bilingual("", ""),
        type=FieldType.ENUM if offered else kind,
        required=required,
        choices=offered,
        above_one=above_one,
    )


_CAUSES = {
    "INSOLVENCY": Bilingual("破产", "Insolvency"),
    "PROTRACTED_DEFAULT": Bilingual("拖欠", "Protracted default"),
    "REPUDIATION": Bilingual("拒收", "Repudiation"),
    "POLITICAL": Bilingual("政治风险", "Political risk"),
    "LC": Bilingual("信用证风险", "Letters of credit"),
}
_LIMIT_TYPES = {
    "NAMED": Bilingual("审批限额", "Named"),
    "DISCRETIONARY": Bilingual("自掌限额", "Discretionary"),
    "UNNAMED": Bilingual("未指名", "Unnamed"),
}
_METHODS = {
    "OA": Bilingual("赊销", "Open account"),
    "DA": Bilingual("承兑交单", "Documents against acceptance"),
    "DP": Bilingual("付款交单", "Documents against payment"),
    "CAD": Bilingual("凭单付现", "Cash against documents"),
    "LC": Bilingual("信用证", "Letter of credit"),
    "LC_SIGHT": Bilingual("即期信用证", "Letter of credit at sight"),
    "LC_USANCE": Bilingual("远期信用证", "Usance letter of credit"),
    "TT_ADVANCE": Bilingual("预付", "Payment in advance"),
    "BANK_ACCEPTANCE": Bilingual("银行承兑汇票", "Bank acceptance"),
    "COMMERCIAL_ACCEPTANCE": Bilingual("商业承兑汇票", "Commercial acceptance"),
    "OTHER": Bilingual("其他", "Other"),
}
_COUNTRY = column("country", "国家(两位代码)", "Country, two letters", required=True)
COLUMNS: Mapping[str, tuple[PolicyField, ...]] = {
    "risk_terms": (
        column("cause", "风险", "Cause", choices=_CAUSES, required=True),
        column("limit_type", "限额类别", "Kind of limit", choices=_LIMIT_TYPES, required=True),
        column("insured_pct", "赔偿比例 %", "Insured %", FieldType.PERCENT, above_one=True),
        column("waiting_period", "等待期", "Waiting period", FieldType.RULE),
        column("pd_definition", "拖欠定义", "Protracted default", FieldType.RULE),
        column("vat_insured", "含税", "VAT insured", FieldType.FLAG),
    ),
    "country_table": (
        _COUNTRY,
        column("covered", "承保", "Covered", FieldType.FLAG),
        column("class", "类别", "Class"),
        column("insured_pct", "赔偿比例 %", "Insured %", FieldType.PERCENT, above_one=True),
        column("discretionary", "可用自掌限额", "Discretionary", FieldType.FLAG),
        column("political", "政治风险", "Political risk", FieldType.FLAG),
        column("max_term_days", "最长付款期限(天)", "Longest term, days", FieldType.NUMBER),
    ),
    "instalments": (
        column("due", "缴费日", "Due", FieldType.DATE, required=True),
        column("amount", "金额", "Amount", FieldType.MONEY, required=True),
    ),
    "rate_table": (
        column("country", "国家或类别", "Country or class"),
        column("method", "付款方式", "Method", choices=_METHODS),
        column("max_term", "账期不超过(天)", "Term up to, days", FieldType.NUMBER),
        column("rate", "费率 %", "Rate %", FieldType.PERCENT),
    ),
    "costs_insured": (
        column("cost", "费用", "Cost", required=True),
        column("share", "承担比例 %", "Share %", FieldType.PERCENT),
    ),
    "documents": (
        column("title", "附件", "Document", required=True),
        column("dated", "日期", "Dated", FieldType.DATE),
    ),
}  # fmt: skip
"""The tables whose rows have columns; the others are lists of names."""
