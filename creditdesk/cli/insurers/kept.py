"""`insurer`: what the desk keeps of insurers, and the quotes that are kept."""

from pathlib import Path
from typing import Annotated

import typer

from creditdesk.cli.calc.quotes import comparison_json
from creditdesk.cli.insurers import answers
from creditdesk.cli.session import (
    Number,
    Out,
    Replace,
    amount_of,
    day,
    terminal,
    today,
)
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.closing import cycles
from creditdesk.domain.insurers.files import EntryKind, NewEntry
from creditdesk.domain.insurers.kept_quotes import NewQuote
from creditdesk.domain.review.insurer import record_charts
from creditdesk.errors import UserError
from creditdesk.i18n import N_

Set = Annotated[
    list[str], typer.Option("--set", help="A value, as core_pct=185; several times.")
]


class ValueUnnamed(UserError):
    """A value without its name."""

    message = N_("“{text}” names no value: write it as core_pct=185.")


class RecordKindUnknown(UserError):
    """The ending of the file names no kind it comes as."""

    message = N_("{name}: this is written as pdf or xlsx. Let the name end so.")


def list_(context: typer.Context) -> None:
    """List the insurers with their solvency, and how they answered our own applications."""
    call = terminal(context)
    with call.desk() as desk:
        found = desk.insurers.all()
    call.answer([answers.head(each) for each in found], [answers.line(each, call) for each in found])  # fmt: skip


def file(context: typer.Context, name: str) -> None:
    """Show what is kept of one insurer, and how it served us."""
    call = terminal(context)
    with call.desk() as desk:
        found = desk.insurers.file(name)
        mine = [each for each in desk.claims.passed() if each.insurer == name]
    call.answer(answers.whole(found, cycles(mine), call), [answers.line(found, call)])


def record(context: typer.Context, name: str, *, out: Out, replace: Replace = False) -> None:  # fmt: skip
    """Write how an insurer served us: limit answers, claim cycle, premium against indemnity; PDF or workbook."""
    from creditdesk.reports import insurer_record  # noqa: PLC0415 - heavy, and no other command waits for it

    call = terminal(context)
    call.output(out, replace=replace)
    if out.suffix.lower() not in {".pdf", ".xlsx"}:
        raise RecordKindUnknown(name=out.name)
    with call.desk() as desk:
        found = insurer_record.record_of(desk, name, today())
    if out.suffix.lower() == ".xlsx":
        insurer_record.write_workbook(found, out, call.language)
    else:
        insurer_record.write(found, out, call.language)
    call.answer(
        {
            "file": out,
            "charts": [
                {
                    "picture": chart.picture.value,
                    "currency": chart.currency,
                    "bars": [
                        {
                            "of": bar.behind.value,
                            "filled": f"{bar.filled:f}",
                            "hatched": f"{bar.hatched:f}",
                            "figure": bar.figure.plain if isinstance(bar.figure, Money) else bar.figure,
                        }
                        for bar in chart.bars
                    ],
                }
                for chart in record_charts(found)
            ],
        },
        [call.words(N_("Written to {path}."), path=out)],
    )  # fmt: skip


def note(  # noqa: PLR0913 - what an entry is made of
    context: typer.Context,
    name: str,
    kind: EntryKind,
    *,
    values: Set,
    as_of: Annotated[str, typer.Option("--as-of", help="Today, unless given.")] = "",
    remark: Annotated[str, typer.Option()] = "",
) -> None:
    """Keep an entry of an insurer's file: a solvency report, rating, contact, portal, or the points of its wording."""
    call = terminal(context)
    with call.desk() as desk:
        made = desk.insurers.add_entry(
            NewEntry(
                insurer=name,
                kind=kind,
                as_of=day(as_of) if as_of else today(),
                values=_pairs(values),
                note=remark,
            ),
            today(),
        )
        found = desk.insurers.file(name)
    call.answer({"entry": made, **answers.head(found)}, [answers.line(found, call)])


def void_note(
    context: typer.Context, entry: Number, *, why: Annotated[str, typer.Option()]
) -> None:
    """Void an entry that was a mistake; it stays in the history."""
    call = terminal(context)
    with call.desk() as desk:
        desk.insurers.void_entry(entry, why)
    call.answer({"voided": entry}, [])


def quote(  # noqa: PLR0913 - what a quote is made of
    context: typer.Context,
    name: str,
    *,
    client: Annotated[str, typer.Option()],
    turnover: Annotated[str, typer.Option(help="The yearly turnover it is for.")],
    values: Set,
    currency: Annotated[str, typer.Option()] = "CNY",
    on: Annotated[str, typer.Option(help="Today, unless given.")] = "",
) -> None:
    """Keep what an insurer offers a client: figures by their keys, scores as Q1=4; what isn't known is left out."""
    call = terminal(context)
    with call.desk() as desk:
        made = desk.insurers.add_quote(
            NewQuote(
                client_id=desk.clients.named(client),
                insurer=name,
                on=day(on) if on else today(),
                turnover=amount_of(turnover, currency),
                figures=_pairs(values),
            )
        )
    call.answer({"quote": made}, [call.words(N_("Kept."))])


def quotes(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    out: Annotated[
        Path | None, typer.Option(help="The grid of one page to write, a PDF.")
    ] = None,
    replace: Replace = False,
) -> None:
    """Compare the quotes kept for a client: the newest of each insurer."""
    call = terminal(context)
    if out:
        call.output(out, replace=replace)
    with call.desk() as desk:
        mine = desk.clients.named(client)
        found = desk.insurers.comparison(mine)
        kept = desk.insurers.quotes(mine)
    answer = comparison_json(found, call.language)
    answer["kept"] = [answers.quote(each) for each in kept]
    lines = answers.compared(found, call)
    if out:
        from creditdesk.reports import quote_comparison  # noqa: PLC0415 - heavy, and not every call writes

        quote_comparison.write(found, out, call.language, client)
        answer["file"] = str(out)
        lines.append(call.words(N_("Written to {path}."), path=out))
    call.answer(answer, lines)


def void_quote(
    context: typer.Context, quote: Number, *, why: Annotated[str, typer.Option()]
) -> None:
    """Void a quote that was a mistake; it stays in the history."""
    call = terminal(context)
    with call.desk() as desk:
        desk.insurers.void_quote(quote, why)
    call.answer({"voided": quote}, [])


def _pairs(texts: list[str]) -> dict[str, str]:
    found = {}
    for text in texts:
        key, sign, value = text.partition("=")
        if not sign:
            raise ValueUnnamed(text=text)
        found[key.strip()] = value
    return found
