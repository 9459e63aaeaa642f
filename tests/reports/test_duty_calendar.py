"""The duties as a file for another calendar, read back by another reader's rules."""

from datetime import date, timedelta
from pathlib import Path

from icalendar import Calendar

from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.agenda import DutyId, DutyLine
from creditdesk.i18n import Bilingual
from creditdesk.jobs import Progress
from creditdesk.reports import duty_calendar

DAY = date(2025, 5, 20)


def duty(number: int, **changes: object) -> DutyLine:
    values: dict[str, object] = {
        "ids": (DutyId(number),), "client_id": 1, "client": "Acme", "policy_id": 1, "policy": "P-1", "code": "D14",
        "title": Bilingual("逾期通知（可损报告）", "Overdue notice"),
        "consequence": Bilingual("降低赔偿比例或拒赔", "The percentage is reduced"),
        "buyer_id": 1, "buyer": "Nova; <b>Ltd</b>, 上海", "invoices": ("INV1",),
        "names": ("INV1",), "anchor_on": date(2025, 3, 11),
        "rule": CountRule.parse("DUE_DATE + 60 CD"), "legal": date(2025, 5, 12), "safe": date(2025, 5, 9),
        "amount": Money.zero("CNY"), "provisional": False, "calendar_known": True, "state": "open", "closed_on": None,
        "warn_days": (14, 1),
    }  # fmt: skip
    return DutyLine(**{**values, **changes})  # type: ignore[arg-type]  # as typed above


def test_a_duty_is_a_whole_day_on_its_safe_date_with_its_warnings(
    tmp_path: Path,
) -> None:
    path = tmp_path / "duties.ics"
    assert duty_calendar.write([duty(7)], path, "zh", DAY, Progress()) == 1
    raw = path.read_bytes()
    assert b"DTSTART;VALUE=DATE:20250509" in raw
    (entry,) = Calendar.from_ical(raw).walk("VEVENT")
    assert entry["summary"] == "逾期通知（可损报告）: Acme → Nova; <b>Ltd</b>, 上海"
    assert entry["uid"] == "1-D14-7@creditdesk"
    description = str(entry["description"])
    assert "2025-05-12" in description
    assert "INV1" in description
    triggers = {alarm.TRIGGER for alarm in entry.walk("VALARM")}  # type: ignore[attr-defined]  # the reader's own
    assert triggers == {timedelta(hours=9 - 14 * 24), timedelta(hours=9 - 24)}


def test_the_same_duty_keeps_its_name_so_a_second_file_makes_no_second_entry(
    tmp_path: Path,
) -> None:
    names = []
    for day in (DAY, DAY + timedelta(days=1)):
        path = tmp_path / f"{day}.ics"
        duty_calendar.write([duty(7), duty(9, code="D20")], path, "en", day, Progress())
        found = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        names.append([str(entry["uid"]) for entry in found])
    assert names[0] == names[1] == ["1-D14-7@creditdesk", "1-D20-9@creditdesk"]
