"""Quotes of several insurers on one page: solvency, cost line by line, scores with their weights (rules.md 8)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from creditdesk.domain.insurers.quotes import (
    CRITERION_TITLES,
    FIGURE_TITLES,
    GATE_TITLES,
    Compared,
    Comparison,
    Criterion,
    Gate,
    Quote,
)
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.outputs import beside
from creditdesk.paper.page import LEFT, RIGHT, SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.report import FileKind, Report

_BESIDE: Final = 4
"""Quotes that fit beside one another; more go on below."""
_NONE: Final = "—"
_LABELS, _WIDEST = 150.0, 130.0
"""Points for what the lines are called, at least, and for a quote, at most."""


def write(
    found: Comparison, path: Path, language: Language, client: str = "", on: str = ""
) -> int:
    """Write the grid; the answer is its pages. `client` and `on`, the day, stand at its head where they are given."""
    say = words(language)
    document = Document(language, say("Comparison of quotes"))
    document.page()
    if client or on:
        document.letterhead(client, on)
        document.space(12)
    document.text(say("Comparison of quotes"), size=18, bold=True)
    document.space(4)
    turnover = say("Insured turnover of a year: {amount}", amount=style.money(found.turnover))  # fmt: skip
    document.text(turnover, size=SMALL, tone="quiet")
    for start in range(0, len(found.quotes), _BESIDE):
        document.space(8)
        some = found.quotes[start : start + _BESIDE]
        document.table(_columns(some, say), list(_rows(found, some, say)))
    document.space(8)
    for remark, tone in _remarks(found, say):
        document.text(remark, size=SMALL, tone=tone)
    with beside(path) as new:
        document.save(new, say("Comparison of quotes"))
    return document.pages


def _columns(quotes: Sequence[Compared], say: Words) -> list[Column]:
    wide = min((RIGHT - LEFT - _LABELS) / len(quotes), _WIDEST)
    names = (
        Column(say.name(line.quote.name), right=True, width=wide) for line in quotes
    )
    return [Column(say("Criterion")), *names]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the grid: what it is called, and what each quote says."""

    label: str
    of: Callable[[Compared], str]
    detail: str = ""
    bold: bool = False


def _rows(found: Comparison, quotes: Sequence[Compared], say: Words) -> Iterator[Row]:
    lines = (
        *_solvency(say),
        *_cost(found, say),
        *(_criterion(each, weight, say) for each, weight in found.weights.items()),
        _Line(say("Score by these weights"), _score, say("1 to 5"), bold=True),
    )
    for line in lines:
        cells = (Cell(line.of(each) or _NONE, bold=line.bold) for each in quotes)
        told = f"{line.label} · {line.detail}" if line.detail else line.label
        label = Cell(told, bold=line.bold)
        yield Row((label, *cells), strong=line.bold)


def _solvency(say: Words) -> Iterator[_Line]:
    yield _Line(
        say("Solvency requirements"),
        lambda each: say(GATE_TITLES[each.gate]),
        bold=True,
    )
    yield _Line(
        say(FIGURE_TITLES["core_ratio_pct"]),
        lambda each: _pct(each.quote.solvency.core_pct),
        say("at least 50 %"),
    )
    yield _Line(
        say(FIGURE_TITLES["comprehensive_ratio_pct"]),
        lambda each: _pct(each.quote.solvency.comprehensive_pct),
        say("at least 100 %"),
    )
    yield _Line(
        say(FIGURE_TITLES["risk_class"]),
        lambda each: each.quote.solvency.risk_class or "",
        say("B or better"),
    )


def _cost(found: Comparison, say: Words) -> Iterator[_Line]:
    yield _Line(say(FIGURE_TITLES["rate_pct"]), lambda each: _pct(each.quote.rate_pct))
    yield _amount("minimum", say)
    yield _Line(say("Premium before tax"), lambda each: style.figure(each.premium))
    yield _Line(say(FIGURE_TITLES["tax_pct"]), lambda each: _pct(each.quote.tax_pct))
    yield _Line(say(FIGURE_TITLES["limits"]), _limits)
    yield _amount("limit_fee", say)
    yield _Line(say("Fees for limits"), lambda each: _fees(each.quote))
    for name in ("monitoring", "collection_share", "retained_loss", "subsidy"):
        yield _amount(name, say)
    yield _Line(
        say("Total yearly cost"),
        lambda each: style.figure(each.total_cost),
        found.turnover.currency,
        bold=True,
    )
    yield _Line(say("in basis points of the turnover"), _bps, bold=True)


def _amount(name: str, say: Words) -> _Line:
    def of(line: Compared) -> str:
        return style.figure(getattr(line.quote, name))

    return _Line(say(FIGURE_TITLES[name]), of)


def _criterion(criterion: Criterion, weight: Decimal, say: Words) -> _Line:
    def of(line: Compared) -> str:
        return str(line.quote.scores.get(criterion, ""))

    weighs = say("weight {weight} %", weight=f"{weight.normalize():f}")
    return _Line(say(CRITERION_TITLES[criterion]), of, weighs)


def _limits(line: Compared) -> str:
    return "" if line.quote.limits is None else str(line.quote.limits)


def _bps(line: Compared) -> str:
    return "" if line.bps is None else str(line.bps)


def _score(line: Compared) -> str:
    return "" if line.score is None else str(line.score)


def _remarks(found: Comparison, say: Words) -> Iterator[tuple[str, str]]:
    for line in found.quotes:
        name = say.name(line.quote.name)
        if line.gate is Gate.FAIL:
            text = N_("{name}: the insurer's solvency is below what the supervisor requires.")  # fmt: skip
            yield say(text, name=name), "danger"
        if line.missing:
            titles = style.joined((say(_title(each)) for each in line.missing), say)
            text = (
                N_("{name}: not known, so left blank: {titles}.")
                if line.score is not None
                else N_(
                    "{name}: not known, so left blank and without a score: {titles}."
                )
            )
            yield say(text, name=name, titles=titles), "text"
    for names in found.ties:
        tied = style.joined(map(say.name, names), say)
        text = N_("{names} have the same score: look at the single criteria to choose.")
        yield say(text, names=tied), "text"
    yield say(N_("A score only puts criteria in order: it does not choose.")), "quiet"


def _title(missing: str) -> str:
    named = {each.value: title for each, title in CRITERION_TITLES.items()}
    return named.get(missing) or FIGURE_TITLES[missing]


def _pct(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}\u00a0%"


def _fees(quote: Quote) -> str:
    if quote.limits is None or quote.limit_fee is None:
        return ""
    return style.figure(quote.limit_fee.times(quote.limits))


REPORT = Report("quote_comparison", N_("Comparison of quotes"), (FileKind.PDF,))
