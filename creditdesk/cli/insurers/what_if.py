"""`policy what-if`: the client's own ledger of a past time under other policies."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from creditdesk.cases.reading import Reader
from creditdesk.cli.case_files import json_of
from creditdesk.cli.insurers.what_if_case import answer
from creditdesk.cli.session import Replace, Terminal, terminal
from creditdesk.domain.base.money import Money
from creditdesk.domain.insurers.what_if import Replayed
from creditdesk.i18n import N_, Message
from creditdesk.whatif import replayed
from creditdesk.whatif.case import WHERE, asked_of


def what_if(
    context: typer.Context,
    file: str,
    *,
    out: Annotated[
        Path | None, typer.Option(help="The page for the client to write, a PDF.")
    ] = None,
    replace: Replace = False,
) -> None:
    """Replay a past time under the policies of a JSON file, or `-`, side by side; nothing is kept."""
    call = terminal(context)
    if out:
        call.output(out, replace=replace, reads=Path(file))
    case = Reader(json_of(file), WHERE)
    with call.desk() as desk:
        asked = asked_of(case, desk)
        found = replayed(desk, asked, call.progress())
    told: dict[str, object] = {
        "client": asked.client,
        "from": asked.start,
        "to": asked.end,
        "policies": answer(found),
    }
    lines = [line for each in found for line in _lines(each, call)]
    if out:
        from creditdesk.reports import what_if_page  # noqa: PLC0415 - heavy, and not every call writes

        what_if_page.write(asked, found, out, call.language)
        told["file"] = out
        lines.append(call.words(N_("Written to {path}."), path=out))
    call.answer(told, lines)


def _lines(found: Replayed, call: Terminal) -> Iterator[str]:
    say = call.words
    yield say(
        N_(
            "{name}: premium {premium}, indemnities {indemnity}, net {net}; on average {uncovered} not insured, "
            "at most {peak} on {on}; duties due {due}, late {late}"
        ),
        name=say.name(found.name),
        premium=_known(found.premium),
        indemnity=_known(found.indemnity),
        net=_known(found.net),
        uncovered=found.exposure.uncovered_average,
        peak=found.exposure.peak.uncovered,
        on=found.exposure.peak.on,
        due=found.duties.due,
        late=found.duties.late,
    )
    for each in found.indemnities:
        made = _known(each.made.indemnity if each.made else None)
        text = N_("  {buyer}, loss of {on}: {amount}")
        yield say(text, buyer=each.buyer, on=each.date_of_loss, amount=made)
    for sentence in found.assumptions:
        yield "  " + say.say(sentence)


def _known(amount: Money | None) -> Money | Message:
    return Message(N_("not known")) if amount is None else amount
