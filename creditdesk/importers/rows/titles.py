"""What the title of a file says of whose it is and in which money: asked where it isn't the client's. rules.md 14.5."""

import re
import unicodedata
from collections.abc import Iterator

from creditdesk.catalog.headings import Field
from creditdesk.domain.ledger.asked import AnswerOption, Answers, FileQuestion
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.currencies import BARE_DOLLAR, of_text
from creditdesk.importers.columns.mapping import Mapping
from creditdesk.importers.files.cells import Sheet, text

COMPANY, MONEY = "file.company", "file.money"
MINE, OTHER = "MINE", "OTHER"
_UNIT = re.compile(
    r"(?:单位|币种|币别|货币|金额单位|currency|amounts? in)\s*[:：]?\s*(?:百万|千万|亿|万|千)?"
    r"(人民币|美元|美金|欧元|港币|港元|英镑|日元|元|rmb|[a-z]{3}\b)",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"[\w（）()·&\-]{2,40}?(?:有限责任公司|股份有限公司|有限公司|集团公司|商行|经营部|工作室|合伙企业)"
    r"|[A-Z][\w&.,'\- ]{1,60}?\s(?:Co\.?,?\s*Ltd|Ltd|Limited|LLC|Inc|GmbH|B\.?V|S\.?A|Corp)\b\.?",
)
_LABELS = re.compile(
    r"^(?:编制单位|核算单位|单位名称|公司名称|公司|账套|帐套|客户|购货单位|往来单位|买方|对方单位|company)\s*[:：]",
    re.IGNORECASE,
)
_OF_BUYERS = re.compile(
    r"^(?:客户|客户名称|购货单位|往来单位|买方|对方单位|对账单位|customer|buyer)\s*[:：]?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[\W_]+")
_COMPANY_WORD = re.compile(
    r"公司|商行|经营部|厂|店|行$|ltd|limited|llc|inc|gmbh|corp", re.IGNORECASE
)


def title_questions(
    sheet: Sheet, mapping: Mapping, client: str, currency: str, answers: Answers
) -> Iterator[FileQuestion]:
    """What stands against taking the file in for this client without a word."""
    titles = list(_titles(sheet, mapping))
    company = _company(titles)
    if company and answers.get(COMPANY) != MINE and _is_other(company, client):
        yield FileQuestion(
            id=COMPANY,
            text=Message.of(
                N_("The file is titled {company}, and the client is {client}. Is it this client's?"),
                company=company, client=client,
            ),
            options=(AnswerOption(MINE, Message(N_("Yes, it belongs to this client."))),),
        )  # fmt: skip
    money = _money(titles)
    names_none = Field.CURRENCY not in mapping.columns
    if names_none and money and money != currency and not answers.get(MONEY):
        yield FileQuestion(
            id=MONEY,
            text=Message.of(
                N_("The file names {money} as its money, and the client's books are in {currency}. Which is it?"),
                money=money, currency=currency,
            ),
            options=(AnswerOption(money, Message(money)), AnswerOption(currency, Message(currency))),
        )  # fmt: skip


def money_of_title(answers: Answers, currency: str) -> str:
    """What amounts are in that name no currency, after what a person said of the title."""
    return answers.get(MONEY) or currency


def _titles(sheet: Sheet, mapping: Mapping) -> Iterator[str]:
    for row in sheet.rows[: mapping.head.start]:
        yield from (text(value) for value in row if value is not None)


def _company(titles: list[str]) -> str:
    """The company a title names as its own; a buyer's name over its section is none."""
    for shown in titles:
        if _OF_BUYERS.match(shown):
            continue
        if found := _COMPANY.search(_LABELS.sub("", shown).strip()):
            return found[0].strip()
    return ""


def _is_other(company: str, client: str) -> bool:
    """Whether these are two names; a client that is no company's name can't be told from one."""
    one, other = _plain(company), _plain(client)
    if not _COMPANY_WORD.search(client) and len(other) < 4:
        return False
    return one not in other and other not in one


def _plain(name: str) -> str:
    return _PLAIN.sub("", unicodedata.normalize("NFKC", name).casefold())


def _money(titles: list[str]) -> str:
    for shown in titles:
        found = _UNIT.search(unicodedata.normalize("NFKC", shown))
        if found is None:
            continue
        word = found[1]
        code = "CNY" if word in {"元", "人民币"} else of_text(word, "")
        if code and code != BARE_DOLLAR:
            return code
    return ""
