"""`buyer score`, `report` and `warnings`: what to think of a buyer on a day."""

from fractions import Fraction
from typing import Annotated

import typer

from creditdesk.cli.credit.deciding import decision_json
from creditdesk.cli.credit.entering import On, Paper, Why, kept_paper, named, when
from creditdesk.cli.rating import rating_json
from creditdesk.cli.session import Number, Out, Replace, day, terminal, today
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.answers import ANSWERED_WORDS, Answer, Answered
from creditdesk.domain.credit.scorecard import plain
from creditdesk.domain.credit.sheets import Sheet
from creditdesk.domain.credit.warnings import Bound
from creditdesk.i18n import N_, Message
from creditdesk.services.credit import BuyerWarning, NewAnswer

_DIGITS = 2
_AsOf = Annotated[str | None, typer.Option("--as-of", help="Today, unless given.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `buyer`."""
    app.command("score")(score)
    app.command("report")(report)
    app.command("warnings")(warnings)
    app.command("answer-warning")(answer_warning)
    app.command("void-answer")(void_answer)


def score(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    as_of: _AsOf = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep it in the history.")] = False,
) -> None:  # fmt: skip
    """Score a buyer by what the desk holds of it, with the limits it needs and can bear."""
    call = terminal(context)
    on = day(as_of) if as_of else today()
    with call.desk() as desk:
        number = desk.buyers.named(desk.clients.named(client), buyer)
        found = desk.credit.rating(number, on)
        if keep:
            desk.credit.keep_score(number, on, today())
        decided = [each for each in desk.credit.decisions(number) if each.voided is None and each.on <= on]  # fmt: skip
    limits = found.limits
    told = found.rating.score
    call.answer(
        {
            "as_of": found.as_of,
            "currency": found.currency,
            **rating_json(found.rating, call.language),
            "decision": decision_json(decided[0]) if decided else None,
            "statement": _statement(found.sheet),
            "balance": found.balance,
            "limit": found.limit,
            "remarks": list(found.remarks),
            "limits": {
                "need": _plain(limits.need),
                "capacity": _plain(limits.capacity),
                "own": _plain(limits.own),
                "ask": _plain(limits.ask),
            },
        },
        [
            call.words(N_("{score} of 100"), score=told.score),
            told.grade or call.words(N_("Insufficient data: no grade")),
            *map(call.words.say, found.remarks),
        ],
    )


def _statement(sheet: Sheet | None) -> dict[str, object] | None:
    return {"period_end": sheet.period_end, "months": sheet.months} if sheet else None


def _plain(money: Money | None) -> str | None:
    return money.plain if money is not None else None


def warnings(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    as_of: _AsOf = None,
) -> None:
    """List the early warnings that hold for a client's buyers."""
    call = terminal(context)
    on = day(as_of) if as_of else today()
    with call.desk() as desk:
        found = desk.credit.warnings(desk.clients.named(client), on)
    call.answer(
        [_warning(each) for each in found],
        [call.words.say(_line(each)) for each in found],
    )


def _line(found: BuyerWarning) -> Message:
    kind = found.warned.kind
    return Message.of(
        "{code}  {buyer}  {title}", code=kind.code, buyer=found.buyer, title=kind.title
    )


def _warning(found: BuyerWarning) -> dict[str, object]:
    level, value = found.warned.level, found.warned.observed.value
    told = level.bound is Bound.TOLD
    return {
        "code": found.warned.kind.code,
        "buyer": found.buyer,
        "first_seen": found.first_seen,
        "value": None
        if told or isinstance(value, bool)
        else plain(Fraction(value), _DIGITS),
        "threshold": None
        if level.threshold is None
        else f"{level.threshold.normalize():f}",
        "effect": level.effect.value,
        "tell": level.tell or level.effect.value == "T",
        "state": found.answer.answer.value if found.answer else "OPEN",
        "answer": _answer(found.answer) if found.answer else None,
    }


def _answer(answer: Answered) -> dict[str, object]:
    return {
        "id": answer.id,
        "answer": answer.answer.value,
        "on": answer.on,
        "reason": answer.reason,
        "until": answer.until,
        "lifted_by": answer.lifted_by,
        "way": answer.way,
        "who": answer.who,
    }


def answer_warning(  # noqa: PLR0913 - what an answer says
    context: typer.Context,
    code: str,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    answer: Annotated[Answer, typer.Option()],
    reason: Annotated[str, typer.Option(help="Why it is ignored, or shipping is stopped.")] = "",
    until: Annotated[str, typer.Option(help="Until which day it is watched.")] = "",
    lifted_by: Annotated[str, typer.Option(help="What lets shipping go on.")] = "",
    way: Annotated[str, typer.Option(help="How the insurer was told.")] = "",
    on: On = "",
    paper: Paper = "",
) -> None:  # fmt: skip
    """Say what is done about a warning: ignore it, watch it, tell the insurer, or stop shipping."""
    call = terminal(context)
    with call.desk() as desk:
        number = named(desk, client, buyer)

        def change() -> int:
            new = NewAnswer(
                buyer_id=number,
                code=code.upper(),
                answer=answer,
                on=when(on),
                reason=reason,
                until=day(until) if until else None,
                lifted_by=lifted_by,
                way=way,
                document=kept_paper(call, desk, client, paper),
            )
            return desk.credit.answer_warning(new, today())

        made = desk.do(change)
        line = next(each for each in desk.credit.answers(number) if each.id == made)
    said = f"{line.code}  {call.words(ANSWERED_WORDS[line.answer])}"
    call.answer({"code": line.code, **_answer(line)}, [said])


def void_answer(context: typer.Context, answer: Number, *, why: Why) -> None:
    """Take an answer back, or lift a stop: the reason says what lifted it."""
    call = terminal(context)
    with call.desk() as desk:
        desk.credit.void_answer(answer, why)
    call.answer({"voided": answer})


def report(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    out: Out,
    replace: Replace = False,
    as_of: _AsOf = None,
) -> None:
    """Write the credit report on a buyer, as .pdf, in the language of the answer."""
    from creditdesk.reports import credit_report  # noqa: PLC0415 - heavy, and no other command waits for it
    from creditdesk.reports.credit_file import credit_file  # noqa: PLC0415 - as above

    call = terminal(context)
    call.output(out, replace=replace)
    on = day(as_of) if as_of else today()
    with call.desk() as desk:
        number = desk.buyers.named(desk.clients.named(client), buyer)
        pages = credit_report.write(credit_file(desk, number, on), out, call.language)
    told = [call.words(N_("Written to {path}."), path=out)]
    call.answer({"file": out, "pages": pages, "as_of": on}, told)
