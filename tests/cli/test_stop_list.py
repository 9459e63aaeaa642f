"""`client stop-list`: the answer, the paper and the picture say the same."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import time_machine
from PIL import Image

Shell = Callable[..., Any]
CLIENT = "明达电子有限公司"


@pytest.fixture(autouse=True)
def _september() -> Iterator[None]:
    with time_machine.travel(datetime(2025, 9, 10, 12, tzinfo=UTC), tick=True):
        yield


@pytest.mark.parametrize(
    ("language", "title", "lifts"),
    [("zh", "停止发货名单", "解除条件"), ("en", "Stoplist", "Whatliftsit")],
)
def test_paper_and_picture(
    full: Shell, tmp_path: Path, language: str, title: str, lifts: str
) -> None:
    out, picture = tmp_path / "list.pdf", tmp_path / "list.png"
    files = ("--out", out, "--picture", picture)
    told = full("client", "stop-list", "--client", CLIENT, *files, lang=language)
    assert told.status == 0, told.out
    with pypdfium2.PdfDocument(out) as pdf:
        text = "".join("".join(page.get_textpage().get_text_bounded() for page in pdf).split())  # fmt: skip
        count = len(pdf)
    assert title in text
    assert lifts in text
    assert told.json["buyers"]
    for each in told.json["buyers"]:
        assert each["buyer"].replace(" ", "") in text
        assert each["reasons"][0]["said"].replace(" ", "") in text.replace("\u00a0", "")  # fmt: skip
    with Image.open(picture) as drawn:
        assert drawn.format == "PNG"
        assert drawn.width == pytest.approx(1190, abs=2)
        assert drawn.height == pytest.approx(1684 * count, abs=2 * count)
        darkest, _ = drawn.convert("L").getextrema()
        assert isinstance(darkest, float | int)
        assert darkest < 80


def test_nothing_is_replaced_unasked(full: Shell, tmp_path: Path) -> None:
    picture = tmp_path / "list.png"
    picture.write_bytes(b"mine")
    told = full("client", "stop-list", "--client", CLIENT, "--picture", picture)
    assert told.error == "output_there"
    assert picture.read_bytes() == b"mine"


def test_the_report_of_all_clients_is_offered_as_paper_and_picture(
    full: Shell, tmp_path: Path
) -> None:
    listed = {each["id"]: each for each in full("report", "list").json}
    assert listed["stop_list"]["kinds"] == ["pdf", "png"]
    out = tmp_path / "all.png"
    assert full("report", "write", "stop_list", "--out", out).status == 0
    with Image.open(out) as drawn:
        assert drawn.format == "PNG"
