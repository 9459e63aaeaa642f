from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from creditdesk.catalog.letters import LIMIT_LETTERS, OVERDUE_NOTICE, Sent, letters
from creditdesk.domain.base.parties import Party
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.cover.limit_request import LimitRequestDraft, RequestFigures
from creditdesk.domain.duties.notice import NoticeDraft, NoticeInvoice
from creditdesk.domain.ledger.statement import Statement
from creditdesk.i18n import Language
from creditdesk.jobs import Progress
from creditdesk.reports import letter, limit_letter, notice_letter, statement
from creditdesk.reports.pages import NotShown, Pages, Picture

NOTHING = dict.fromkeys((field.key for field in letters()[OVERDUE_NOTICE].fields), "")
"""Nothing is typed into the notice."""
Paper = Any  # the fixture of conftest, which tests can't import


@pytest.fixture
def draft(paper: Paper) -> NoticeDraft:
    return NoticeDraft(
        on=date(2026, 5, 10),
        firm=Party(name="某某会计"),
        insurer=Party(name="某某保险"),
        policyholder=Party(name="明达电子"),
        buyer=Party(name="{海澜} <i>& Co</i>", code="91330200XXXXXXXXXX"),
        policy_no="P-1",
        policy_start=date(2026, 1, 1),
        policy_end=date(2026, 12, 31),
        invoices=(
            NoticeInvoice(
                number="INV-1",
                issued=date(2026, 1, 10),
                due=date(2026, 3, 11),
                amount=paper.cny("339000"),
                open=paper.cny("139000"),
                days_overdue=60,
            ),
        ),
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("可能损失通知书", "最早应付款日 2026-03-11")),
        ("en", ("Notice of overdue payment", "60 days")),
    ],
)
def test_the_notice_says_what_is_owed_since_when(
    draft: NoticeDraft,
    language: Language,
    words: tuple[str, ...],
    paper: Paper,
    tmp_path: Path,
) -> None:
    text = letters()[OVERDUE_NOTICE].in_language(language)
    path = tmp_path / "notice.pdf"
    typed = NOTHING
    fill = partial(notice_letter.content, draft, notice_letter.Told())
    assert letter.write(fill, text, path, language, Progress(), typed) == 1
    (page,) = paper.page_texts(path)
    flat = "".join(page.split())
    for part in (*words, "{海澜} <i>& Co</i>", "139,000.00"):
        assert "".join(part.split()) in flat


def test_nothing_is_said_about_a_reason_nobody_knows(
    draft: NoticeDraft, paper: Paper, tmp_path: Path
) -> None:
    text = letters()[OVERDUE_NOTICE].in_language("zh")
    path = tmp_path / "notice.pdf"
    fill = partial(notice_letter.content, draft, notice_letter.Told())
    letter.write(fill, text, path, "zh", Progress(), NOTHING)
    assert "已知情况" not in paper.page_texts(path)[0]
    letter.write(fill, text, path, "zh", Progress(), NOTHING | {"reason": "买方停产"})
    assert "已知情况：买方停产" in paper.page_texts(path)[0]


def test_what_closes_a_letter_never_stands_alone_on_a_page(
    draft: NoticeDraft, paper: Paper, tmp_path: Path
) -> None:
    text = letters()[OVERDUE_NOTICE].in_language("zh")
    path = tmp_path / "notice.pdf"
    pages = []
    for count in range(1, 21):
        invoices = tuple(replace(draft.invoices[0], number=f"INV-{each:02}") for each in range(count))  # fmt: skip
        fill = partial(notice_letter.content, replace(draft, invoices=invoices), notice_letter.Told())  # fmt: skip
        pages.append(letter.write(fill, text, path, "zh", Progress(), NOTHING))
        *_, last = paper.page_texts(path)
        assert "被保险人（盖章）" in last
        assert f"INV-{count - 1:02}" in last
    assert pages[:8] == [1] * 8
    assert pages[-1] == 2


def test_a_statement_without_movements_says_so(paper: Paper, tmp_path: Path) -> None:
    empty = Statement(
        firm=Party(name="某某会计"),
        client=Party(name="明达"),
        buyer=Party(name="海澜"),
        start=date(2026, 1, 1),
        end=date(2026, 3, 31),
        accounts=(),
    )
    statement.write(empty, tmp_path / "statement.pdf", "en", Progress())
    assert (
        "There is nothing between the two"
        in paper.page_texts(tmp_path / "statement.pdf")[0]
    )


def test_the_preview_shows_pages_and_says_why_it_cant(
    paper: Paper, tmp_path: Path
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(paper.pdf_bytes("Hello", "World"))
    with Pages(path) as pages:
        assert pages.count == 2
        shown = pages.picture(2, 200)
        assert isinstance(shown, Picture)
        assert shown.width == pytest.approx(200, abs=1)
        assert len(shown.points) == shown.stride * shown.height
        assert pages.size(1) == (595, 842)
        assert isinstance(pages.picture(9, 200), NotShown)
    path.write_bytes(b"nothing")
    with Pages(path) as pages:
        assert pages.count == 0
        assert isinstance(pages.picture(1, 200), NotShown)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", list(RequestKind))
def test_a_request_about_a_limit_says_what_is_asked_and_what_is_owed(
    kind: RequestKind, language: Language, paper: Paper, tmp_path: Path
) -> None:
    asked = None if kind is RequestKind.CANCELLATION else paper.cny("600000")
    request = LimitRequestDraft(
        kind=kind,
        on=date(2026, 5, 10),
        firm=Party(name="某某会计"),
        insurer=Party(name="某某保险"),
        policyholder=Party(name="明达电子"),
        buyer=Party(name="{海澜} <i>& Co</i>", code="91330200XXXXXXXXXX"),
        policy_no="P-1",
        policy_start=date(2026, 1, 1),
        policy_end=date(2026, 12, 31),
        currency="CNY",
        figures=RequestFigures(
            balance=(paper.cny("139000"),),
            turnover=(paper.cny("900000"),),
            oldest_days=12,
        ),
        in_force=paper.cny("400000"),
        amount=asked,
        max_term_days=90,
        reason="订单增加",
    )
    text = letters()[LIMIT_LETTERS[kind]].in_language(language)
    path = tmp_path / "request.pdf"
    assert (
        letter.write(
            partial(limit_letter.content, request), text, path, language, Progress()
        )
        == 1
    )
    (page,) = paper.page_texts(path)
    flat = "".join(page.split())
    assert "".join(text.title.split()) in flat
    for part in ("{海澜} <i>& Co</i>", "P-1", "139,000.00", "900,000.00", "订单增加"):
        assert "".join(part.split()) in flat
    assert ("600,000.00" in flat) is (asked is not None)


def test_every_kind_of_request_has_its_letter() -> None:
    assert set(LIMIT_LETTERS) == set(RequestKind)
    kept = {name: letters()[name].sent for name in LIMIT_LETTERS.values()}
    assert {sent.code for sent in kept.values() if sent} == set(RequestKind)
    assert all(
        kept[name] == Sent(record="request", code=kind)
        for kind, name in LIMIT_LETTERS.items()
    )
