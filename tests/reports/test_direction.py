"""Which way letters run in a line, by the rules of UAX #9 for a line that runs to the right."""

import pytest

from creditdesk.paper.direction import mirrored, stretches


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("abc 12", "abc 12", id="nothing runs to the left"),
        pytest.param("אבג", "גבא", id="letters from the right"),
        pytest.param("a אב גד b", "a דג בא b", id="a space between two words (N1)"),
        pytest.param("אב 12 גד", "דג 12 בא", id="a number within (I1)"),
        pytest.param("אב 1,200.50", "1,200.50 בא", id="its comma and point (W4)"),
        pytest.param("אב 5%", "5% בא", id="its sign (W5)"),
        pytest.param("عب 1-2", "2-1 بع", id="after Arabic letters no sign joins (W2)"),
        pytest.param("אב (גד) x", "(דג) בא x", id="brackets of the right (N0)"),
        pytest.param("אב (cd) x", "בא (cd) x", id="brackets of the left (N0)"),
        pytest.param("אב!", "בא!", id="what ends the line is the paper's (N2)"),
        pytest.param("א b ", "א b ", id="spaces at the end (L1)"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_line_is_shown_as_it_is_read(text: str, shown: str) -> None:
    parts = stretches(text)
    assert "".join(mirrored(part) if left else part for part, left in parts) == shown
