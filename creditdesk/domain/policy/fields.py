"""Every field of a policy as data, in the order in which one reads a schedule (rules.md 2.2)."""

from dataclasses import dataclass
from enum import StrEnum

from creditdesk.domain.base.calendar import EomMode
from creditdesk.domain.policy.choices import (
    LABELS,
    AflBasis,
    AllocationRule,
    AllocationSwitch,
    AttachmentBasis,
    DeductibleOrder,
    FxRule,
    LimitMode,
    NqlType,
    RecoveryRule,
    StopVariant,
)
from creditdesk.i18n import N_, Bilingual


class FieldType(StrEnum):
    """What a field's text holds. `RULE`: an anchor and offsets, `MEP_END + 30 CD`. `TABLE`: JSON."""

    TEXT = "text"
    ENUM = "enum"
    DATE = "date"
    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"
    FLAG = "flag"
    RULE = "rule"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values an enum field allows."""

    value: str
    label: Bilingual


@dataclass(frozen=True, slots=True)
class PolicyField:
    """One field. `unit` says what a number counts.

    `above_one`: a percentage that is never 1 % or less, so that a fraction (0.9) is told from a percentage (90).
    """

    key: str
    label: Bilingual
    section: Bilingual
    type: FieldType
    required: bool = False
    choices: tuple[Choice, ...] = ()
    unit: Bilingual | None = None
    above_one: bool = False


INSURED_CAUSES = {
    "INSOLVENCY": N_("Insolvency"),
    "PROTRACTED_DEFAULT": N_("Protracted default"),
    "REPUDIATION": N_("Repudiation"),
    "POLITICAL": N_("Political risk"),
    "LC": N_("Letters of credit"),
}
"""What the field `causes` may hold, several parted by commas."""
_DAYS = Bilingual("天", "days")
_MONTHS = Bilingual("个月", "months")
_TIMES = Bilingual("倍", "times")
_TEXT, _DATE, _MONEY, _PERCENT, _FLAG, _RULE, _TABLE = (
    FieldType.TEXT,
    FieldType.DATE,
    FieldType.MONEY,
    FieldType.PERCENT,
    FieldType.FLAG,
    FieldType.RULE,
    FieldType.TABLE,
)
_Row = tuple[str, str, str, FieldType | tuple[str, ...] | Bilingual, str]
_POLICY_TYPES = (
    "ST_EXPORT_COMP", "ST_EXPORT_SME", "ST_EXPORT_SPECIFIC", "DOMESTIC_WT", "DOMESTIC_CONSORTIUM",
    "WHOLE_TURNOVER", "KEY_ACCOUNTS", "SINGLE_BUYER", "XOL", "TOP_UP", "FINANCE",
)  # fmt: skip
_DECLARATIONS = ("PER_SHIPMENT", "MONTHLY", "QUARTERLY", "ANNUAL", "BALANCE_MONTHLY", "NONE")  # fmt: skip
_SCOPES = ("ALL", "NON_LC_ALL", "NON_LC_ALL_SOME_LC", "COUNTRIES", "BUYERS")
_ML_BASES = ("AMOUNT", "MULT_PREMIUM_PAID", "MULT_PREMIUM_EARNED")

# Key, Chinese, English, type (a tuple: its choices; words: a number of these), "R" required, "P" above one per cent.
_SCHEDULE: tuple[tuple[Bilingual, tuple[_Row, ...]], ...] = (
    (Bilingual("保险合同与当事人", "Policy and parties"), (
        ("policy_no", "保单号", "Policy number", _TEXT, "R"),
        ("insurer_id", "保险人", "Insurer", _TEXT, "R"),
        ("insurer_branch", "承保机构", "Insurer's branch", _TEXT, ""),
        ("policy_type", "险种", "Kind of policy", _POLICY_TYPES, "R"),
        ("wording_version", "条款版本", "Wording", _TEXT, "R"),
        ("policyholder_id", "被保险人", "Policyholder", _TEXT, "R"),
        ("joint_insured", "联合被保险人", "Joint insured", _TABLE, ""),
        ("broker_id", "经纪人/代理", "Broker", _TEXT, ""),
        ("loss_payee", "赔款受益人", "Loss payee", _TEXT, ""),
        ("assignment_date", "赔款转让日期", "Date of assignment", _DATE, ""),
    )),
    (Bilingual("期间与币种", "Period and currency"), (
        ("period_start", "保险期间起", "Period from", _DATE, "R"),
        ("period_end", "保险期间止", "Period to", _DATE, "R"),
        ("auto_renew", "自动续转", "Renews by itself", _FLAG, ""),
        ("notice_days", "不续转通知天数", "Notice before expiry", _DAYS, ""),
        ("attachment_basis", "承保基础", "Attachment", tuple(AttachmentBasis), "R"),
        ("policy_currency", "保单币种", "Policy currency", _TEXT, "R"),
        ("fx_rule", "折算规则", "Conversion", tuple(FxRule), "R"),
        ("calendar_country", "计日国家", "Country of working days", _TEXT, ""),
    )),
    (Bilingual("承保范围", "Cover"), (
        ("scope", "投保范围", "Scope", _SCOPES, "R"),
        ("scope_table", "投保范围明细", "Scope in detail", _TABLE, ""),
        ("excluded_buyers", "除外买方", "Excluded buyers", _TABLE, ""),
        ("trade_activity", "业务描述", "Trade activity", _TEXT, "R"),
        ("country_table", "国家(地区)分类表", "Countries", _TABLE, ""),
        ("causes", "承保风险", "Causes of loss covered", _TEXT, ""),
        ("insured_pct", "赔偿比例", "Insured percentage", _PERCENT, "RP"),
        ("insured_pct_repudiation", "拒收赔偿比例", "Insured percentage, repudiation", _PERCENT, "P"),
        ("insured_pct_political", "政治风险赔偿比例", "Insured percentage, political risk", _PERCENT, "P"),
        ("risk_terms", "风险与赔偿比例", "Terms by risk", _TABLE, ""),
        ("vat_insured", "是否含税", "VAT insured", _FLAG, "R"),
        ("retention_insured", "质保金是否承保", "Retention insured", _FLAG, "R"),
        ("interest_insured", "是否含利息", "Interest insured", ("NONE", "TO_DUE_DATE"), "R"),
        ("costs_insured", "费用", "Costs insured", _TABLE, ""),
        ("political_cover", "政治风险", "Political risk covered", _FLAG, ""),
        ("repudiation_cover", "拒收风险", "Repudiation covered", _FLAG, ""),
        ("precredit_cover", "出运前风险", "Pre-credit risk covered", _FLAG, ""),
        ("dispute_cover", "争议扩展", "Disputes covered", _FLAG, ""),
        ("dispute_tolerance_pct", "争议容忍", "Tolerated disputes, of the limit", _PERCENT, ""),
    )),
    (Bilingual("赔偿限额与免赔额", "Liability and deductibles"), (
        ("max_liability_basis", "最高赔偿限额计算方式", "Basis of the maximum liability", _ML_BASES, "R"),
        ("max_liability", "最高赔偿限额", "Maximum liability", _MONEY, "R"),
        ("max_liability_multiple", "最高赔偿限额倍数", "Maximum liability, times the premium", _TIMES, ""),
        ("single_buyer_cap", "单一买方最高", "Cap for one buyer", _MONEY, ""),
        ("nql", "起赔额", "Non-qualifying loss", _MONEY, ""),
        ("nql_type", "起赔方式", "Kind of threshold", tuple(NqlType), "R"),
        ("eel", "每次免赔额", "Each and every loss", _MONEY, ""),
        ("min_retention", "最低自留", "Minimum retention", _MONEY, ""),
        ("deductible_order", "免赔扣减次序", "Order of the deductible", tuple(DeductibleOrder), "R"),
        ("afl", "累计免赔额", "Aggregate first loss", _MONEY, ""),
        ("afl_basis", "累计免赔冲减方式", "Erosion of the aggregate first loss", tuple(AflBasis), ""),
    )),
    (Bilingual("信用限额", "Credit limits"), (
        ("limit_mode", "限额使用方式", "Use of the limit", tuple(LimitMode), ""),
        ("cancel_notice_days", "撤销限额通知天数", "Notice before a limit is cut", _DAYS, ""),
        ("limits_cancellable", "限额可否撤销", "Insurer can cut limits", _FLAG, ""),
        ("limit_life_months", "限额最长有效期", "A limit without an end lasts", _MONTHS, ""),
        ("large_limit", "大额限额起点", "Annexes for limits above", _MONEY, ""),
        ("limit_idle_days", "限额闲置期", "Idle days before a limit lapses", _DAYS, ""),
        ("dcl_amount", "自行掌握限额", "Discretionary limit", _MONEY, ""),
        ("dcl_rules", "自行掌握限额规则", "Rules of the discretionary limit", _TEXT, ""),
        ("dcl_pct", "自掌赔偿比例", "Insured percentage, discretionary", _PERCENT, "P"),
    )),
    (Bilingual("付款条件", "Terms of payment"), (
        ("max_payment_term_days", "最长付款期限", "Maximum payment term", _DAYS, "R"),
        ("max_payment_term", "最长付款期限（文字）", "Maximum payment term in words", _TEXT, ""),
        ("max_invoicing_days", "最长开票期限", "Maximum invoicing period", _DAYS, "R"),
        ("mep_days", "最长延展期", "Maximum extension period", _DAYS, "R"),
        ("eom_mode", "月结口径", "Reading of “end of month”", tuple(EomMode), ""),
        ("pd_definition", "拖欠定义", "Protracted default", _RULE, "R"),
        ("waiting_period", "等待期", "Waiting period", _RULE, "R"),
        ("allocation_rule", "付款冲销规则", "Allocation of payments", tuple(AllocationRule), ""),
        ("allocation_switch", "冲销规则转换", "Change of the allocation", tuple(AllocationSwitch), ""),
        ("recovery_rule", "追偿分摊规则", "Sharing of recoveries", tuple(RecoveryRule), ""),
    )),
    (Bilingual("通知与期限", "Duties and deadlines"), (
        ("declaration_mode", "申报方式", "Declarations", _DECLARATIONS, "R"),
        ("declaration_rule", "申报期限", "Declaration by", _RULE, "R"),
        ("stop_variant", "停止发货方式", "What stops deliveries", tuple(StopVariant), "R"),
        ("stop_rule", "停止发货", "Stop shipping after", _RULE, "R"),
        ("stop_share_pct", "停止发货逾期占比", "Stop only above, of what is due", _PERCENT, ""),
        ("stop_floor", "停止发货逾期总额起点", "Stop only above arrears in all of", _MONEY, ""),
        ("overdue_rule", "逾期通知期限", "Overdue notice by", _RULE, "R"),
        ("overdue_minimum", "逾期通知起点金额", "Overdue notice from an amount of", _MONEY, ""),
        ("adverse_rule", "不利信息通知期限", "Adverse information by", _RULE, "R"),
        ("mandate_rule", "委托追偿期限", "Collection mandate by", _RULE, "R"),
        ("claim_rule", "索赔期限", "Claim by", _RULE, "R"),
        ("decision_rule", "核赔期限", "Insurer's decision by", _RULE, ""),
        ("record_rule", "资料保存期限", "Records kept until", _RULE, ""),
    )),
    (Bilingual("保险费", "Premium"), (
        ("insurable_turnover_est", "预计投保营业额", "Estimated insurable turnover", _MONEY, "R"),
        ("premium_basis", "计费基础", "Basis of the premium", ("TURNOVER", "BALANCE_MONTH_END", "LIMIT", "FLAT"), "R"),
        ("premium_rate", "费率", "Rate", _PERCENT, "R"),
        ("rate_table", "分级费率", "Table of rates", _TABLE, ""),
        ("minimum_premium", "最低保险费", "Minimum premium", _MONEY, "R"),
        ("deposit_premium", "预付保费", "Deposit premium", _MONEY, ""),
        ("instalments", "分期", "Instalments", _TABLE, ""),
        ("limit_fee", "限额审核费", "Fee for a limit", _MONEY, ""),
        ("monitoring_fee", "监控费", "Monitoring fee", _MONEY, ""),
        ("bonus_malus", "优待", "Bonus and malus", _TEXT, ""),
        ("tax_rate", "增值税/保险税", "Tax on the premium", _PERCENT, ""),
    )),
    (Bilingual("法律与附件", "Law and documents"), (
        ("governing_law", "适用法律", "Governing law", _TEXT, ""),
        ("jurisdiction", "管辖/仲裁", "Jurisdiction", _TEXT, ""),
        ("documents", "附件", "Documents", _TABLE, ""),
    )),
)  # fmt: skip


def _field(section: Bilingual, row: _Row) -> PolicyField:
    key, zh, en, kind, marks = row
    choices = kind if isinstance(kind, tuple) else ()
    counted = FieldType.ENUM if choices else FieldType.NUMBER
    return PolicyField(
        key=key,
        label=Bilingual(zh, en),
        section=section,
        type=kind if isinstance(kind, FieldType) else counted,
        required="R" in marks,
        choices=tuple(Choice(str(value), LABELS[value]) for value in choices),
        unit=kind if isinstance(kind, Bilingual) else None,
        above_one="P" in marks,
    )


FIELDS: tuple[PolicyField, ...] = tuple(
    _field(section, row) for section, rows in _SCHEDULE for row in rows
)
BY_KEY: dict[str, PolicyField] = {field.key: field for field in FIELDS}
