"""Policies side by side on the client's own ledger: what is insured through time, what it costs, what it pays."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from creditdesk.domain.insurers.what_if import Indemnified, Replayed, WhatIf
from creditdesk.domain.insurers.what_if_words import stress_words
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.outputs import beside
from creditdesk.paper.areas import Chart, Point, side_by_side
from creditdesk.paper.page import LEFT, RIGHT, SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.report import FileKind, Report
from creditdesk.reports.what_if_lines import LINES, from_debt, refusal, words_of

_NONE: Final = "—"
_LABELS, _WIDEST = 165.0, 110.0
"""Points for what the lines are called, at least, and for a policy, at most."""
_SCALE: Final = 10_000
_LOSS = 150
"""Points of a heading, the first loss below it and the first rows of its table."""
_UNITS = {"zh": "万", "en": "10,000"}


def write(
    asked: WhatIf, found: Sequence[Replayed], path: Path, language: Language
) -> int:
    """Write the page; the answer is how many it took."""
    say = words(language)
    title = say("Policy what-if")
    document = Document(language, title)
    document.page()
    document.letterhead(asked.client, style.period(asked.start, asked.end, say))
    document.space(12)
    document.text(title, size=18, bold=True)
    document.space(4)
    for sentence in _head(asked, say):
        document.text(sentence, size=SMALL, tone="quiet")
    document.space(10)
    _charts(document, found, say)
    document.table(_columns(found, say), list(_rows(found, say)))
    for line in found:
        _losses(document, line, say)
    _granted(document, found, say)
    with beside(path) as new:
        document.save(new, title)
    return document.pages


def _head(asked: WhatIf, say: Words) -> Iterator[str]:
    text = N_("The ledger of these days as it was, under each policy: nothing of it changes the desk.")  # fmt: skip
    if asked.stresses:
        text = N_("The ledger of these days, had this happened, under each policy:")
    yield say(text)
    yield from (f"\u2022 {say.say(stress_words(each))}" for each in asked.stresses)


def _charts(document: Document, found: Sequence[Replayed], say: Words) -> None:
    charts = [_chart(each, say) for each in found]
    side_by_side(document, charts, _SCALE)
    currencies = style.joined(dict.fromkeys(each.currency for each in found), say)
    legend = say(
        "Filled: insured. Hatched: not insured. Dashed: the day on which most was not insured. "
        "Open debt at the ends of the months, {currencies} in units of {unit}.",
        currencies=currencies,
        unit=_UNITS[say.language],
    )
    document.text(legend, size=SMALL, tone="quiet")
    document.space(8)


def _chart(line: Replayed, say: Words) -> Chart:
    exposure = line.exposure
    pct = exposure.uncovered_pct
    aside = say("not insured on average {pct} %", pct=pct) if pct is not None else ""
    peak = exposure.peak
    days = sorted({each.on: each for each in (*exposure.course, peak)}.items())
    return Chart(
        title=say.name(line.name),
        aside=aside,
        points=[
            Point(on, float(each.covered.amount), float(each.uncovered.amount))
            for on, each in days
        ],
        mark=peak.on if peak.uncovered else None,
        mark_words=say("at most {amount}", amount=style.figure(peak.uncovered)),
    )


def _columns(found: Sequence[Replayed], say: Words) -> list[Column]:
    wide = min((RIGHT - LEFT - _LABELS) / len(found), _WIDEST)
    names = (Column(say.name(line.name), right=True, width=wide) for line in found)
    return [Column(say("Over the whole time")), *names]


def _rows(found: Sequence[Replayed], say: Words) -> Iterator[Row]:
    for line in LINES:
        cells = (Cell(words_of(line.of(each)) or _NONE, bold=line.bold) for each in found)  # fmt: skip
        yield Row((Cell(say(line.label), bold=line.bold), *cells), strong=line.bold)


def _losses(document: Document, line: Replayed, say: Words) -> None:
    """How each loss becomes what is paid, with the reason for every part that isn't."""
    if not line.indemnities:
        return
    heading = say("{name}: what the losses would bring", name=say.name(line.name))
    document.need(_LOSS)
    document.heading(heading)
    for each in line.indemnities:
        head = say(
            "{buyer}, date of loss {on}", buyer=each.buyer, on=style.day(each.date_of_loss)
        )  # fmt: skip
        document.text(f"{head}  {each.claim}".strip(), size=SMALL, bold=True)
        if each.made is None:
            document.text(say.say(refusal(each)), size=SMALL, tone="danger")  # fmt: skip
            continue
        columns = [Column(say("From the debt to the indemnity")), Column(line.currency, right=True)]  # fmt: skip
        document.table(columns, list(_from_debt(each, say)))
        document.space(6)


def _from_debt(each: Indemnified, say: Words) -> Iterator[Row]:
    for line in from_debt(each, say):
        label = Cell(line.label, line.why, bold=line.bold)
        cells = (label, Cell(style.figure(line.amount), bold=line.bold))
        yield Row(cells, strong=line.bold)


def _granted(document: Document, found: Sequence[Replayed], say: Words) -> None:
    """What holds for all stands once, then what each takes for granted alone."""
    document.heading(say("What is taken for granted"))
    every = [each for each in found[0].assumptions if all(each in line.assumptions for line in found)]  # fmt: skip
    for sentence in every:
        document.text(f"\u2022 {say.say(sentence)}", size=SMALL)
    for line in found:
        own = [each for each in line.assumptions if each not in every]
        terms = style.joined((say.say(each) for each in line.terms), say)
        document.space(5)
        document.text(f"{say.name(line.name)}: {terms}", size=SMALL, bold=True)
        for sentence in own:
            document.text(f"\u2022 {say.say(sentence)}", size=SMALL)
        if line.refused:
            document.text(say.say(line.refused), size=SMALL, tone="danger")
    document.space(5)
    text = N_("The wording of the policies decides, not this page: it chooses none of them.")  # fmt: skip
    document.text(say(text), size=SMALL, tone="quiet")


REPORT = Report("what_if_page", N_("Policy what-if"), (FileKind.PDF,))
