"""The closed sets a policy chooses from (rules.md 2.1, 2.2, 4.1, 4.3, 4.4), with the words for each choice."""

from enum import StrEnum

from creditdesk.i18n import Bilingual


class DeductibleOrder(StrEnum):
    """Where the deductible is taken off: a question to the policy, never guessed (rules.md 4.6)."""

    BEFORE_PCT = "BEFORE_PCT"
    AFTER_PCT = "AFTER_PCT"
    MIN_RETENTION = "MIN_RETENTION"


class AflBasis(StrEnum):
    """What uses up the aggregate first loss: losses before the percentage, or indemnities after it."""

    ERODED_BY_INDEMNITY = "ERODED_BY_INDEMNITY"
    ERODED_BY_LOSS = "ERODED_BY_LOSS"


class NqlType(StrEnum):
    """Whether a loss above the threshold is paid whole, or less the threshold."""

    FRANCHISE = "FRANCHISE"
    DEDUCT = "DEDUCT"


class AllocationRule(StrEnum):
    """Which invoice a payment counts for (rules.md 4.3)."""

    OLDEST_DUE_FIRST = "OLDEST_DUE_FIRST"
    OLDEST_INVOICE_FIRST = "OLDEST_INVOICE_FIRST"
    DESIGNATED = "DESIGNATED"
    PRO_RATA = "PRO_RATA"


class AllocationSwitch(StrEnum):
    """From when every payment goes to the debt due first, whatever the rule (rules.md 4.3)."""

    NONE = "NONE"
    LIMIT_END = "LIMIT_END"


class AttachmentBasis(StrEnum):
    """What must fall into the policy period: the delivery, or the loss (rules.md 2.1)."""

    RISK_ATTACHING = "RISK_ATTACHING"
    LOSS_OCCURRING = "LOSS_OCCURRING"


class LimitMode(StrEnum):
    """Whether debt above the limit moves into cover when older debt is paid (rules.md 3.3)."""

    REVOLVING = "REVOLVING"
    STRICT = "STRICT"


class FxRule(StrEnum):
    """The day whose rate counts (rules.md 4.8)."""

    INVOICE_DATE = "INVOICE_DATE"
    DATE_OF_LOSS = "DATE_OF_LOSS"
    CLAIM_DATE = "CLAIM_DATE"
    MONTH_END = "MONTH_END"
    LOWER_OF = "LOWER_OF"


class RecoveryRule(StrEnum):
    """How money that comes in after the indemnity is shared (rules.md 4.4)."""

    PRO_RATA = "PRO_RATA"
    PRO_RATA_INSURED = "PRO_RATA_INSURED"
    INSURER_FIRST = "INSURER_FIRST"
    CHRONOLOGICAL = "CHRONOLOGICAL"


class StopVariant(StrEnum):
    """When deliveries must stop (rules.md 2.3, D13 to D13c)."""

    EXTENSION_END = "EXTENSION_END"
    PAST_DUE = "PAST_DUE"
    ARREARS_SHARE = "ARREARS_SHARE"
    KNOWN_RISK = "KNOWN_RISK"


class LimitState(StrEnum):
    """A limit decision as the rules see it; the first three are in force at their amount, the others at 0."""

    APPROVED = "APPROVED"
    INCREASED = "INCREASED"
    REDUCED = "REDUCED"
    REFUSED = "REFUSED"
    CANCELLED = "CANCELLED"
    SUSPENDED = "SUSPENDED"
    EXPIRED = "EXPIRED"


class Cause(StrEnum):
    """Causes of loss."""

    INSOLVENCY = "INSOLVENCY"
    PROTRACTED_DEFAULT = "PROTRACTED_DEFAULT"
    REPUDIATION = "REPUDIATION"
    POLITICAL_TRANSFER = "POLITICAL_TRANSFER"
    POLITICAL_IMPORT_BAN = "POLITICAL_IMPORT_BAN"
    POLITICAL_WAR = "POLITICAL_WAR"
    POLITICAL_MORATORIUM = "POLITICAL_MORATORIUM"
    LC_BANK_INSOLVENCY = "LC_BANK_INSOLVENCY"
    LC_BANK_DEFAULT = "LC_BANK_DEFAULT"
    LC_REFUSE_ACCEPT = "LC_REFUSE_ACCEPT"
    PRE_CREDIT = "PRE_CREDIT"


class PaymentMethod(StrEnum):
    """How the buyer pays."""

    OA = "OA"
    DA = "DA"
    DP = "DP"
    CAD = "CAD"
    LC_SIGHT = "LC_SIGHT"
    LC_USANCE = "LC_USANCE"
    TT_ADVANCE = "TT_ADVANCE"
    BANK_ACCEPTANCE = "BANK_ACCEPTANCE"
    COMMERCIAL_ACCEPTANCE = "COMMERCIAL_ACCEPTANCE"
    OTHER = "OTHER"


LABELS: dict[str, Bilingual] = {
    code: Bilingual(zh, en)
    for code, zh, en in (
        ("BEFORE_PCT", "先扣免赔额再乘比例", "Before the percentage"),
        ("AFTER_PCT", "先乘比例再扣免赔额", "After the percentage"),
        ("MIN_RETENTION", "最低自留额", "Minimum retention"),
        ("ERODED_BY_INDEMNITY", "按赔款冲减", "Eroded by indemnities"),
        ("ERODED_BY_LOSS", "按损失冲减", "Eroded by losses"),
        ("FRANCHISE", "超过后全额赔付", "Paid in full once exceeded"),
        ("DEDUCT", "扣除", "Deducted"),
        ("OLDEST_DUE_FIRST", "先到期先冲", "Oldest due first"),
        ("OLDEST_INVOICE_FIRST", "先开票先冲", "Oldest invoice first"),
        ("DESIGNATED", "按指定冲销", "As designated"),
        ("PRO_RATA", "按比例", "Pro rata"),
        ("LIMIT_END", "限额终止之日起先冲最早到期", "Oldest due first once the limit has ended"),
        ("REVOLVING", "循环使用", "Revolving"),
        ("STRICT", "逐笔占用", "Strict"),
        ("INVOICE_DATE", "发票日汇率", "Invoice date"),
        ("DATE_OF_LOSS", "定损日汇率", "Date of loss"),
        ("CLAIM_DATE", "索赔日汇率", "Claim date"),
        ("MONTH_END", "月末汇率", "Month end"),
        ("LOWER_OF", "发票日与定损日取低", "Lower of invoice date and date of loss"),
        ("PRO_RATA_INSURED", "按已保债权比例", "Pro rata of insured debt"),
        ("INSURER_FIRST", "保险人优先", "Insurer first"),
        ("CHRONOLOGICAL", "按债权先后", "Chronological"),
        ("EXTENSION_END", "最长延展期届满", "End of the extension"),
        ("PAST_DUE", "任一发票逾期超过天数", "Any invoice past due for so many days"),
        ("ARREARS_SHARE", "逾期且超过到期总额比例", "Arrears beyond a share of what is due"),
        ("KNOWN_RISK", "知道或应当知道风险", "Risk known"),
        ("RISK_ATTACHING", "风险起始制", "Risks attaching"),
        ("LOSS_OCCURRING", "损失发生制", "Losses occurring"),
        ("ST_EXPORT_COMP", "短期出口信用保险综合保险", "Short-term export comprehensive"),
        ("ST_EXPORT_SME", "小微企业信保易", "SME export"),
        ("ST_EXPORT_SPECIFIC", "特定买方/特定合同保险", "Specific buyer or contract"),
        ("DOMESTIC_WT", "国内贸易信用保险", "Domestic whole turnover"),
        ("DOMESTIC_CONSORTIUM", "国内贸易信用保险共保体", "Domestic co-insurance pool"),
        ("WHOLE_TURNOVER", "统保", "Whole turnover"),
        ("KEY_ACCOUNTS", "大客户保单", "Key accounts"),
        ("SINGLE_BUYER", "单一买方", "Single buyer"),
        ("XOL", "超赔", "Excess of loss"),
        ("TOP_UP", "附加限额", "Top-up"),
        ("FINANCE", "融资保单", "Receivables finance"),
        ("ALL", "全部赊销", "All credit sales"),
        ("NON_LC_ALL", "全部非信用证", "All but letters of credit"),
        ("NON_LC_ALL_SOME_LC", "全部非信用证及部分信用证", "All but letters of credit, and some of these"),
        ("COUNTRIES", "约定国家", "Named countries"),
        ("BUYERS", "约定买方", "Named buyers"),
        ("TURNOVER", "按营业额", "Turnover"),
        ("BALANCE_MONTH_END", "按月末余额", "Month-end balance"),
        ("LIMIT", "按限额", "Limit"),
        ("FLAT", "固定保费", "Flat"),
        ("AMOUNT", "固定金额", "Amount"),
        ("MULT_PREMIUM_PAID", "已付保费倍数", "Multiple of premium paid"),
        ("MULT_PREMIUM_EARNED", "已赚保费倍数", "Multiple of premium earned"),
        ("PER_SHIPMENT", "逐笔", "Per shipment"),
        ("MONTHLY", "按月", "Monthly"),
        ("QUARTERLY", "按季", "Quarterly"),
        ("ANNUAL", "按年", "Annually"),
        ("BALANCE_MONTHLY", "按月申报余额", "Monthly balances"),
        ("NONE", "无", "None"),
        ("TO_DUE_DATE", "至应付款日", "To the due date"),
        ("END_OF_NEXT_MONTH", "N÷30 个月后的月末", "Last day of the month n/30 months later"),
        ("EOM_PLUS_N_DAYS", "发票月末加 N 天", "Month end plus n days"),
        ("N_DAYS_THEN_EOM", "加 N 天后的月末", "n days, then month end"),
    )
}  # fmt: skip
