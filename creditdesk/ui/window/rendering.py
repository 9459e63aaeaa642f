"""Renders every screen to a picture, in both languages and both looks, for a review by eye."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QApplication

from creditdesk import private
from creditdesk.catalog.letters import Start, letters_from
from creditdesk.i18n import LANGUAGES
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import Look, PreferenceFile
from creditdesk.services.declarations import PeriodLine
from creditdesk.ui.parts import theme
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.workspace import Desk, Workspace

_LOOKS: tuple[Look, ...] = ("light", "dark")
_ALONE = (
    "calendar", "limits", "limit_list", "answer_list", "clients", "client_form", "new_buyer", "new_policy", "imports",
    "ledger_import", "receipts", "credit_notes", "due_open", "buyer_doubles", "control", "reports",
    "looking_back", "forecast", "letter_round", "firm_overview", "insurers", "quotes", "what_if", "trips",
    "help", "lessons", "relations", "work_list", "outlooks",
)  # fmt: skip
"""Places that are reached from another one and need no record to be shown."""


def render(desk: Desk, today: date, folder: Path) -> int:
    """One PNG a place, language and look; the answer is how many."""
    app = QApplication.instance() or QApplication(["creditdesk"])
    assert isinstance(app, QApplication)  # noqa: S101 - made the line before
    theme.supply_fonts()
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with private.folder() as own:
        preferences = PreferenceFile(own / "preferences.json")
        for language in LANGUAGES:
            for look in _LOOKS:
                preferences.change(language=language, look=look)
                workspace = Workspace(
                    desk, ImmediateRunner(), preferences, today=lambda: today
                )
                theme.apply(app, look)
                frame = Frame()
                window = DeskWindow(frame, workspace, screens(), lambda _look: None)
                frame.show()
                for name, place, where in _places(desk, today):
                    window.go(place, **where)
                    app.sendPostedEvents()
                    app.processEvents()  # a picture needs the layout done; no person waits here
                    frame.grab().save(str(folder / f"{name}-{language}-{look}.png"))
                    count += 1
                frame.close()
                # Gone at once: the next look would dress every frame that is still there, too.
                shiboken6.delete(frame)
    return count


def _places(desk: Desk, today: date) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Every place of the rail, and of each kind of record the first one."""
    for screen in screens():
        yield screen.id, screen.id, {}
    for line in desk.watch.open_duties()[:1]:
        if line.buyer_id is not None:
            yield from _of_buyer(line.policy_id, line.buyer_id)
    for policy in desk.policies.all(today)[:1]:
        yield from _of_policy(policy.id)
        yield "declarations", "declarations", {}
        periods = desk.declarations.overview(today, policy_id=policy.id).periods
        for period in periods[-2:-1]:
            yield "declaration", "declaration", _where(period)
    for batch in desk.ledger.batches()[:1]:
        yield "import_file", "import_file", {"batch": batch.id}
    for client in desk.clients.all()[:1]:
        for place in ("habits", "portfolio", "credit_rules"):
            yield place, place, {"client": client.id}
    for claim in desk.claims.all()[:1]:
        yield from _of_claim(claim.id)
    yield from _last(desk)


def _last(desk: Desk) -> Iterator[tuple[str, str, dict[str, object]]]:
    for insurer in desk.insurers.all()[:1]:
        yield "insurer_record", "insurer_record", {"insurer": insurer.name}
    for place in _ALONE:
        yield place, place, {}


def _of_policy(policy: int) -> Iterator[tuple[str, str, dict[str, object]]]:
    for place in ("policy_file", "beside_paper", "contract_review", "premium"):
        yield place, place, {"policy": policy}
    for letter in letters_from(Start.POLICY):
        yield letter.id, "letter", {"letter": letter.id, "policy": policy}


def _of_claim(claim: int) -> Iterator[tuple[str, str, dict[str, object]]]:
    yield "claim_file", "claim_file", {"claim": claim}
    for letter in letters_from(Start.CLAIM):
        if letter.start is Start.CLAIM:
            yield letter.id, "letter", {"letter": letter.id, "claim": claim}


def _of_buyer(policy: int, buyer: int) -> Iterator[tuple[str, str, dict[str, object]]]:
    for place in ("buyer_file", "buyer_events", "new_claim", "statement"):
        yield place, place, {"buyer": buyer}
    for place in ("limit_entry", "discretionary"):
        yield place, place, {"policy": policy, "buyer": buyer}
    for letter in letters_from(Start.BUYER):
        yield (
            letter.id,
            "letter",
            {"letter": letter.id, "policy": policy, "buyer": buyer},
        )


def _where(period: PeriodLine) -> dict[str, object]:
    asked = period.asked
    return {
        "policy": period.policy_id,
        "kind": asked.kind.value,
        "start": asked.period.start.isoformat(),
    }
