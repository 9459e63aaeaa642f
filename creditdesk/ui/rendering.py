"""Renders every screen to a picture, in both languages and both looks, for a review by eye."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import shiboken6
from PySide6.QtWidgets import QApplication

from creditdesk.i18n import LANGUAGES
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import Look, PreferenceFile
from creditdesk.services.declarations import PeriodLine
from creditdesk.ui import theme
from creditdesk.ui.frame import Frame
from creditdesk.ui.main_window import DeskWindow
from creditdesk.ui.shell import screens
from creditdesk.workspace import Desk, Workspace

_LOOKS: tuple[Look, ...] = ("light", "dark")


def render(desk: Desk, today: date, folder: Path) -> int:
    """One PNG a place, language and look; the answer is how many."""
    app = QApplication.instance() or QApplication(["creditdesk"])
    assert isinstance(app, QApplication)  # noqa: S101 - made the line before
    theme.supply_fonts()
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with TemporaryDirectory() as own:
        preferences = PreferenceFile(Path(own) / "preferences.json")
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
            yield "buyer_file", "buyer_file", {"buyer": line.buyer_id}
            yield "notice", "notice", {"policy": line.policy_id, "buyer": line.buyer_id}
    for policy in desk.policies.all(today)[:1]:
        yield "policy_file", "policy_file", {"policy": policy.id}
        yield "premium", "premium", {"policy": policy.id}
        yield "declarations", "declarations", {}
        periods = desk.declarations.overview(today, policy_id=policy.id).periods
        for period in periods[-2:-1]:
            yield "declaration", "declaration", _where(period)
    for claim in desk.claims.all()[:1]:
        yield "claim_file", "claim_file", {"claim": claim.id}
    yield "ledger_import", "ledger_import", {}


def _where(period: PeriodLine) -> dict[str, object]:
    asked = period.asked
    return {
        "policy": period.policy_id,
        "kind": asked.kind.value,
        "start": asked.period.start.isoformat(),
    }
