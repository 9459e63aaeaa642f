"""How figures and days are written for people, in one language."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.i18n import N_, Bilingual, Language, Message, Words, words

_SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "HKD": "HK$"}
_CURRENCIES = {
    "CNY": N_("Renminbi"),
    "USD": N_("US dollar"),
    "EUR": N_("Euro"),
    "GBP": N_("Pound sterling"),
    "JPY": N_("Yen"),
    "HKD": N_("Hong Kong dollar"),
}
_WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_SHORT_WEEKDAYS = (
    N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"),
)  # fmt: skip


class Wording:
    """The words of one language, and how it writes amounts and days.

    `today`: the day of whoever reads and types; None where nobody does, as on paper.
    """

    def __init__(
        self, language: Language, today: Callable[[], date] | None = None
    ) -> None:
        self.language = language
        self.today = today
        self.say: Words = words(language)

    def __call__(self, text: str, /, **places: object) -> str:
        """A sentence, its places written for people."""
        return self.say(
            text, **{name: self._shown(value) for name, value in places.items()}
        )

    def message(self, message: Message) -> str:
        """A message, its places written for people."""
        return self(message.text, **dict(message.places))

    def name(self, name: str | Message) -> str:
        """What a document is called."""
        return name if isinstance(name, str) else self.message(name)

    def plural(self, one: str, many: str, count: int, **places: object) -> str:
        """A sentence for this count."""
        return self.say.plural(
            one,
            many,
            count,
            **{name: self._shown(value) for name, value in places.items()},
        )

    def figure(self, amount: Money) -> str:
        """`1,234.50` with a true minus, the currency being stated elsewhere."""
        return f"{amount.rounded().amount:,f}".replace("-", "\u2212")

    def cell(self, amount: Money | None) -> str:
        """A figure in a list: nothing for nothing."""
        return self.figure(amount) if amount else ""

    def money(self, amount: Money) -> str:
        """`¥ 1,234.50`, `−¥ 5.00`: figure with its currency."""
        sign = _SIGNS.get(amount.currency, amount.currency)
        if amount.amount < 0:
            return f"−{sign}\u00a0{self.figure(-amount)}"
        return f"{sign}\u00a0{self.figure(amount)}"

    def moneys(self, amounts: Iterable[Money]) -> str:
        """Several currencies beside each other, never added."""
        return self.list(self.money(amount) for amount in amounts)

    def currency(self, code: str) -> str:
        """The name of a currency."""
        return self.say(_CURRENCIES[code]) if code in _CURRENCIES else code

    def day(self, day: date | None) -> str:
        """ISO in Chinese, `22 Nov 2026` in English; nothing for no date."""
        if day is None:
            return ""
        if self.language == "zh":
            return day.isoformat()
        return f"{day.day} {day:%b} {day.year}"

    def long_day(self, day: date) -> str:
        """With the weekday."""
        return f"{self.day(day)} {self.say(_WEEKDAYS[day.weekday()])}"

    def weekday(self, day: date) -> str:
        """The day of the week alone, short."""
        short = self.say(_SHORT_WEEKDAYS[day.weekday()])
        return f"周{short}" if self.language == "zh" else short

    def month(self, day: date) -> str:
        """The month and year."""
        return (
            f"{day.year}年{day.month}月"
            if self.language == "zh"
            else f"{day:%B} {day.year}"
        )

    def short_day(self, day: date) -> str:
        """Month and day, for lists whose year is plain."""
        return f"{day:%m-%d}" if self.language == "zh" else f"{day.day} {day:%b}"

    def moment(self, moment: datetime) -> str:
        """Day and minute."""
        return f"{self.day(moment.date())} {moment:%H:%M}"

    def percent(self, share: Decimal, places: int = 0) -> str:
        """`86 %` from a fraction."""
        return f"{share * 100:,.{places}f}\u00a0%"

    def days_off(self, day: date, today: date) -> str:
        """How far a day is off, in words."""
        days = (day - today).days
        if days == 0:
            return self.say(N_("today"))
        if days < 0:
            return self.plural(N_("{count} day late"), N_("{count} days late"), -days)
        return self.plural(N_("in {count} day"), N_("in {count} days"), days)

    def overdue(self, days: int) -> str:
        """How long a debt is overdue, in words."""
        if days == 0:
            return self.say(N_("due today"))
        if days < 0:
            return self.plural(
                N_("due in {count} day"), N_("due in {count} days"), -days
            )
        return self.plural(N_("{count} day overdue"), N_("{count} days overdue"), days)

    def list(self, parts: Iterable[str]) -> str:
        """Words one after the other."""
        return self.say.list(parts)

    def clauses(self, parts: Iterable[str]) -> str:
        """Parts of one sentence that could each be one."""
        return self.say.clauses(parts)

    def _shown(self, value: object) -> object:
        if isinstance(value, Money):
            return self.money(value)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Message):
            return self.message(value)
        if isinstance(value, tuple):
            return self.list(str(self._shown(part)) for part in value)
        return (
            value.in_language(self.language) if isinstance(value, Bilingual) else value
        )
