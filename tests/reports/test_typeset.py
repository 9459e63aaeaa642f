from creditdesk.paper.typeset import Typesetter


def test_a_word_stays_in_one_font_where_one_has_all_of_it() -> None:
    runs = list(Typesetter().runs("宁波 Łódź 公司"))
    assert [(run.font, run.text.strip()) for run in runs] == [
        ("sc", "宁波"),
        ("latin", "Łódź"),
        ("sc", "公司"),
    ]


def test_a_character_no_font_has_is_printed_as_its_code_and_reported() -> None:
    typesetter = Typesetter()
    assert "".join(run.text for run in typesetter.runs("A😀")) == "A[U+1F600]"
    assert typesetter.unprintable == {"😀"}


def test_lines_are_no_wider_than_asked_and_lose_nothing() -> None:
    typesetter = Typesetter()
    text = "浙江省宁波市海曙区某某路二百号，三幢。Hello wonderful world 26312000000000123451"
    lines = typesetter.lines(text, 10, 70)
    assert all(typesetter.width(line, 10) <= 70 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[0] in "，。" for line in lines)


def test_control_characters_never_reach_paper() -> None:
    runs = Typesetter().runs("a\x00b\u200bc\td")
    assert "".join(run.text for run in runs) == "abc d"


def test_an_amount_is_never_torn_from_its_currency() -> None:
    typesetter = Typesetter()
    text = "The limit is\u00a0of CNY\u00a0500,000.00 from now on"
    for width in range(90, 200, 7):
        lines = typesetter.lines(text, 10, width)
        assert any("CNY\u00a0500,000.00" in line for line in lines), width


def test_a_kept_space_is_drawn_as_a_space() -> None:
    (run,) = Typesetter().runs("CNY\u00a05")
    assert run.text == "CNY 5"


def test_no_character_stands_alone_on_the_last_line_of_a_paragraph() -> None:
    typesetter, text = Typesetter(), "附电子邮政签收的记录" * 6
    for count in range(7):
        lines = typesetter.lines(text + "中" * count + "止。", 10, 104)
        assert "".join(lines) == text + "中" * count + "止。"
        assert len(lines[-1].strip("。")) > 1, lines
        assert all(typesetter.width(line, 10) <= 104 for line in lines)
