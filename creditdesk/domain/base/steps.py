"""A figure explains itself: the steps of its working, the same on screen, on paper and in scripts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.i18n import Bilingual, Message


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a working: rule code (`S7`), what it is, the figure, why, and where the rule comes from.

    `amount` is None where the line gives no amount; `emphasis` marks subtotals and the result. Code and `source` are
    ours, for scripts; people read `clause`: what of the policy the line rests on, and where it stands there.
    """

    code: str
    label: Message
    amount: Money | None = None
    detail: Message | None = None
    source: str = ""
    emphasis: bool = False
    clause: Message | None = None


def message_to_json(message: Message) -> dict[str, object]:
    """A message as plain values, to be kept for ever; money, dates and nested messages come back as they were."""
    return {
        "text": message.text,
        "places": {name: _pack(value) for name, value in message.places},
    }


def message_from_json(kept: dict[str, object]) -> Message:
    """The message that was kept."""
    places = kept["places"]
    assert isinstance(places, dict)  # noqa: S101 - written by `message_to_json`
    return Message(
        str(kept["text"]),
        tuple((name, _unpack(value)) for name, value in places.items()),
    )


def step_to_json(step: Step) -> dict[str, object]:
    """A step as plain values, to be kept for ever."""
    return {
        "code": step.code,
        "label": message_to_json(step.label),
        "amount": _pack(step.amount) if step.amount is not None else None,
        "detail": message_to_json(step.detail) if step.detail is not None else None,
        "source": step.source,
        "emphasis": step.emphasis,
        "clause": message_to_json(step.clause) if step.clause is not None else None,
    }


def step_from_json(kept: dict[str, object]) -> Step:
    """The step that was kept."""
    label, detail, amount = kept["label"], kept["detail"], _unpack(kept["amount"])
    clause = kept.get("clause")  # calculations kept earlier name none
    assert isinstance(label, dict)  # noqa: S101 - written by `step_to_json`
    return Step(
        code=str(kept["code"]),
        label=message_from_json(label),
        amount=amount if isinstance(amount, Money) else None,
        detail=message_from_json(detail) if isinstance(detail, dict) else None,
        source=str(kept["source"]),
        emphasis=bool(kept["emphasis"]),
        clause=message_from_json(clause) if isinstance(clause, dict) else None,
    )


def _pack(value: object) -> object:  # noqa: PLR0911 - one line a kind of value
    if isinstance(value, Money):
        return {"money": [str(value.amount), value.currency]}
    if isinstance(value, Message):
        return {"message": message_to_json(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, Bilingual):
        return {"both": [value.zh, value.en]}
    if isinstance(value, tuple):
        return [_pack(part) for part in value]
    return value


def _unpack(value: object) -> object:
    if isinstance(value, list):
        return tuple(_unpack(part) for part in value)
    if not isinstance(value, dict):
        return value
    ((kind, inner),) = value.items()
    if kind == "money":
        return Money(Decimal(inner[0]), inner[1])
    if kind == "message":
        return message_from_json(inner)
    if kind == "both":
        return Bilingual(*inner)
    return date.fromisoformat(inner) if kind == "date" else Decimal(inner)
