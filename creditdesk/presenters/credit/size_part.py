"""The size class of a buyer by the ministry's rule, without Qt: worked out of four figures and taken over on demand."""

from collections.abc import Mapping
from decimal import Decimal

from creditdesk.catalog.size_classes import size_industries
from creditdesk.domain.credit.sheets import Sheet
from creditdesk.domain.credit.size_class import (
    SIZE_TITLES,
    Measure,
    SizeClass,
    SizeIndustry,
    size_class,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_, words
from creditdesk.presenters.parts.form import Form, FormField, Option
from creditdesk.presenters.parts.typed import FieldKind, read
from creditdesk.presenters.parts.wording import Wording

_YUAN = 10_000
_RULE = "工信部联企业〔2011〕300号"
_UNITS = {
    Measure.STAFF: N_("persons"),
    Measure.TURNOVER: N_("10,000 yuan"),
    Measure.ASSETS: N_("10,000 yuan"),
}
_TITLES = {
    Measure.STAFF: N_("Staff"),
    Measure.TURNOVER: N_("Turnover of the year"),
    Measure.ASSETS: N_("Total assets"),
}


class SizePart:
    """The four figures. `details` is the form the class and its basis are taken over into."""

    def __init__(self, wording: Wording, details: Form) -> None:
        self._say = wording
        self._details = details
        self._year = ""
        self.form = Form(self._fields(), lambda _answers: None, {})

    def show(self, sheet: Sheet | None) -> None:
        """Turnover and assets of the newest yearly statement in yuan stand ready; what was typed stays."""
        if sheet is None or sheet.currency != "CNY" or sheet.annualised:
            return
        self._year = str(sheet.period_end.year)
        for key, row in ((Measure.TURNOVER, "sales"), (Measure.ASSETS, "total_assets")):
            value = sheet.value(row)
            if value is not None and not self.form.value(key):
                self.form.set(key, f"{value / _YUAN:f}".rstrip("0").rstrip("."))

    @property
    def said(self) -> str:
        """The class in words; empty while a measure that counts is missing."""
        found = self._found()
        return self._say(SIZE_TITLES[found]) if found else self._missing()

    @property
    def can_take(self) -> bool:
        """Whether there is a class to take over."""
        return self._found() is not None

    def take(self) -> None:
        """Put class and basis into the master data, in Chinese as the insurers' forms want it; kept when they are."""
        found, industry = self._found(), self._industry
        if found is None or industry is None:
            return
        chinese = words("zh")
        parts = [industry.title.zh]
        for measure, _ in industry.measured():
            amount = f"{self._figures()[measure]:,f}"
            parts.append(f"{chinese(_TITLES[measure])} {amount} {chinese(_UNITS[measure])}")  # fmt: skip
        if self._year:
            parts.append(f"{self._year} 年度")
        self._details.set("buyer.size", chinese(SIZE_TITLES[found]))
        self._details.set("buyer.size_basis", f"{'，'.join(parts)}（{_RULE}）")

    @property
    def _industry(self) -> SizeIndustry | None:
        return size_industries().get(self.form.value("industry"))

    def _figures(self) -> Mapping[Measure, Decimal | None]:
        return {each: _amount(self.form.value(each)) for each in Measure}

    def _found(self) -> SizeClass | None:
        industry = self._industry
        return size_class(industry, self._figures()) if industry else None

    def _missing(self) -> str:
        industry = self._industry
        if industry is None:
            return self._say(N_("Choose the industry of the rule."))
        figures = self._figures()
        names = tuple(self._say(_TITLES[each]) for each, _ in industry.measured() if figures[each] is None)  # fmt: skip
        return self._say(N_("Still needed: {names}"), names=names)

    def _fields(self) -> tuple[FormField, ...]:
        say = self._say
        industries = tuple(
            Option(each.key, each.title.in_language(say.language))
            for each in size_industries().values()
        )
        figures = (
            FormField(key=each, label=say(_TITLES[each]), kind=FieldKind.AMOUNT, unit=say(_UNITS[each]))
            for each in Measure
        )  # fmt: skip
        industry = FormField(key="industry", label=say(N_("Industry of the rule")), kind=FieldKind.CHOICE, options=industries, hint=say(N_("Choose…")))  # fmt: skip
        return (industry, *figures)


def _amount(text: str) -> Decimal | None:
    """None: nothing, no amount, or a negative one."""
    try:
        found = read(FieldKind.AMOUNT, text)
    except UserError:
        return None
    return found if isinstance(found, Decimal) and found >= 0 else None
