from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from creditdesk import child, paths
from creditdesk.domain.claim.package import ClaimPackage, KeptCalculation
from creditdesk.errors import Cancelled
from creditdesk.i18n import Language, Message
from creditdesk.jobs import Progress
from creditdesk.outputs import OutputIsNoFile
from creditdesk.reports import claim_package
from creditdesk.reports.claim_written import Order, WrittenPackage

pytestmark = pytest.mark.slow
Paper = Any  # the fixture of conftest, which tests can't import
_DATA = Path(__file__).parents[2] / ".." / "shared" / "data"


def _write(
    package: ClaimPackage, path: Path, language: Language = "zh"
) -> WrittenPackage:
    return claim_package.write(package, path, language, Progress())


def test_every_page_is_numbered_with_the_files_own_page(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    path = tmp_path / "claim.pdf"
    written = _write(package, path)
    texts = paper.page_texts(path)
    assert len(texts) == written.pages
    for number, text in enumerate(texts, start=1):
        assert f"第 {number} 页 / 共 {written.pages} 页" in text


def test_a_package_with_everything_is_complete(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    written = _write(package, tmp_path / "claim.pdf")
    assert written.complete
    assert not written.missing
    assert not written.problems
    assert "本包资料齐备。" in paper.page_texts(tmp_path / "claim.pdf")[0]


def test_the_cover_says_who_how_much_and_in_capitals(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    _write(package, tmp_path / "claim.pdf")
    cover = paper.page_texts(tmp_path / "claim.pdf")[0]
    for words in (
        "明达电子有限公司",
        "CNY 398,500.00",
        "人民币叁拾玖万捌仟伍佰元整",
    ):
        assert words in cover


def test_evidence_is_labelled_with_item_title_and_its_own_page(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    written = _write(package, tmp_path / "claim.pdf")
    (contract,) = [one for one in written.documents if one.label == "C07"]
    texts = paper.page_texts(tmp_path / "claim.pdf")
    found = texts[contract.first_page : contract.first_page + 1][0]
    assert "C07 购销合同 2/3" in found
    assert "Second page" in found
    assert "骑缝章" in found


def test_what_is_missing_is_said_on_cover_contents_and_in_the_answer(
    incomplete: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    written = _write(incomplete, tmp_path / "claim.pdf")
    texts = paper.page_texts(tmp_path / "claim.pdf")
    assert not written.complete
    assert [row.code for row in written.missing] == ["C12"]
    assert "草稿，资料不全：缺 C12 送货签收单" in texts[0]
    assert "C12" in texts[1]


def test_the_final_package_says_nothing_that_belongs_to_the_desk(
    incomplete: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    written = _write(replace(incomplete, draft=False), tmp_path / "claim.pdf")
    text = "".join(paper.page_texts(tmp_path / "claim.pdf"))
    assert not written.complete
    assert "资料不全" not in text
    assert "缺" not in text
    # The list of papers says once, like of any other, that this one isn't attached.
    assert text.count("C12") == 1
    assert text.count("未附") == 1
    assert "未与保单核对" not in text
    assert "2026.1" not in text  # the version of our rules


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"narrative": " "}, "案情说明"),
        ({"notice_sent_on": None}, "载明索赔发票的可能损失通知"),
        ({"evidence": ()}, "可能损失通知已发出的证明"),
    ],
)
def test_what_else_the_insurer_asks_for_is_said(
    package: ClaimPackage,
    paper: Paper,
    tmp_path: Path,
    lacking: dict[str, Any],
    said: str,
) -> None:
    written = _write(replace(package, **lacking), tmp_path / "claim.pdf")
    assert not written.complete
    cover = "".join(paper.page_texts(tmp_path / "claim.pdf")[0].split())
    assert said in cover


def test_an_empty_field_that_must_be_filled_makes_it_incomplete(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    (loss,) = package.form.sections
    empty = replace(loss.fields[1], values=())
    form = replace(package.form, sections=(replace(loss, fields=(loss.fields[0], empty)),))  # fmt: skip
    written = _write(replace(package, form=form), tmp_path / "claim.pdf")
    assert not written.complete
    assert "申请书待填：货物名称" in "".join(
        paper.page_texts(tmp_path / "claim.pdf")[0].split()
    )


def test_the_letterhead_is_the_insureds_unless_the_firm_is_its_agent(
    package: ClaimPackage,
) -> None:
    assert package.letterhead.name == "明达电子有限公司"
    assert replace(package, agent=True).letterhead.name == "上海某某会计服务有限公司"


def test_a_piece_that_cant_be_read_is_named_with_the_reason(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    bad = paper.piece(b"%PDF-1.4 nothing", "broken.pdf")
    note = paper.piece(b"hello", "note.txt")
    written = _write(
        replace(package, evidence=(*package.evidence, bad, note)),
        tmp_path / "claim.pdf",
    )
    assert [problem.file for problem in written.problems] == ["broken.pdf", "note.txt"]
    assert not written.complete
    assert "broken.pdf" in paper.page_texts(tmp_path / "claim.pdf")[1]


def test_the_same_file_twice_is_bound_once_and_listed_twice(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    data = package.evidence[0].read()
    again = paper.piece(data, "copy.pdf", "C07")
    alone = _write(package, tmp_path / "one.pdf")
    written = _write(
        replace(package, evidence=(*package.evidence, again)), tmp_path / "two.pdf"
    )
    first, second = [one for one in written.documents if one.label == "C07"]
    assert (first.first_page, first.pages) == (second.first_page, second.pages)
    assert written.pages == alone.pages


def test_a_calculation_without_values_names_them_and_makes_it_incomplete(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    calculation = replace(
        package.calculation,
        result=None,
        steps=(),
        missing=(Message("The insured percentage of §4"),),
    )
    written = _write(
        replace(package, amount=None, calculation=calculation), tmp_path / "claim.pdf"
    )
    assert not written.complete
    whole = "".join(paper.page_texts(tmp_path / "claim.pdf"))
    assert "赔款暂不能计算" in whole
    assert "The insured percentage of §4" in whole


def test_contents_lead_to_their_pages_and_bookmarks_name_every_document(
    package: ClaimPackage, tmp_path: Path
) -> None:
    written = _write(package, tmp_path / "claim.pdf")
    with pikepdf.open(tmp_path / "claim.pdf") as pdf:
        objects = [page.obj.objgen for page in pdf.pages]
        notes: Any = pdf.pages[1].obj.Annots
        assert all(note.Dest[1] == Name.XYZ for note in notes)  # the zoom stays
        targets = {objects.index(note.Dest[0].objgen) + 1 for note in notes}
        assert {one.first_page for one in written.documents} == targets
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles[-2] == "C07 购销合同 · contract.pdf"
    assert "赔款测算" in titles


def test_every_page_leads_back_to_the_contents(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    turned = paper.piece(paper.pdf_bytes("Lying", turn=90), "lying.pdf")
    written = _write(
        replace(package, evidence=(*package.evidence, turned)), tmp_path / "claim.pdf"
    )
    (lying,) = [each for each in written.documents if each.file == "lying.pdf"]
    seen = []
    with pikepdf.open(tmp_path / "claim.pdf") as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            if number == 2:
                continue
            note: Any = list(page.obj.Annots)[-1]
            assert note.Dest[0].objgen == pdf.pages[1].obj.objgen
            x, y, right, top = (float(each) for each in note.Rect)
            width, height = (float(each) for each in list(page.mediabox)[2:])
            assert 0 < x < right < width
            assert 0 < y < top < height
            if page.rotation == 90:
                seen.append(number)
                assert x > 500  # turned clockwise it has its foot at its own right
    assert seen == [lying.first_page]


def test_the_file_says_what_it_is_and_opens_at_its_own_size(
    package: ClaimPackage, tmp_path: Path
) -> None:
    _write(package, tmp_path / "claim.pdf")
    with pikepdf.open(tmp_path / "claim.pdf") as pdf:
        root: Any = pdf.Root
        assert str(pdf.docinfo.Author) == "上海某某会计服务有限公司"
        assert str(root.Lang) == "zh-CN"
        assert int(root.OpenAction[4]) == 1
        with pdf.open_metadata() as told:
            assert told["dc:title"] == str(pdf.docinfo.Title)


def test_a_piece_keeps_its_own_bookmarks_beneath_its_name(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    whole = BytesIO()
    with pikepdf.open(BytesIO(paper.pdf_bytes("One", "Two"))) as pdf:
        with pdf.open_outline() as outline:
            chapter = pikepdf.OutlineItem("Chapter", 1)
            chapter.children.append(pikepdf.OutlineItem("Clause", 1))
            outline.root.append(chapter)
        pdf.save(whole)
    marked = paper.piece(whole.getvalue(), "marked.pdf")
    written = _write(replace(package, evidence=(marked,)), tmp_path / "claim.pdf")
    with (
        pikepdf.open(tmp_path / "claim.pdf") as pdf,
        pdf.open_outline() as outline,
    ):
        (chapter,) = outline.root[-1].children
        assert (chapter.title, chapter.children[0].title) == ("Chapter", "Clause")
        where: Any = chapter.destination
        assert where[0].objgen == pdf.pages[written.pages - 1].obj.objgen


def test_a_piece_that_ends_the_reader_is_named_and_the_others_are_bound(
    package: ClaimPackage,
    paper: Paper,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad = paper.piece(paper.pdf_bytes("Bad"), "bad.pdf")
    last = paper.piece(paper.pdf_bytes("Last"), "last.pdf")
    run = child.run

    def dying(reader: Callable[[Order], object], order: Order, **how: object) -> object:
        if not order.refused:
            error = child.FileUnreadable(name="claim.pdf", reason="it stopped")
            error.at = 1
            raise error
        return run(reader, order, **how)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(child, "run", dying)
    pieces = (*package.evidence, bad, last)
    written = _write(replace(package, evidence=pieces), tmp_path / "claim.pdf")
    (problem,) = written.problems
    assert problem.file == "bad.pdf"
    assert "bad.pdf" in str(dict(problem.reason.places))
    bound = {each.file for each in written.documents}
    assert {"contract.pdf", "last.pdf"} <= bound
    assert "bad.pdf" not in bound


def test_a_file_the_desk_no_longer_holds_as_it_was_attached_is_not_bound(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    changed = replace(
        paper.piece(paper.pdf_bytes("Was"), "changed.pdf"),
        read=lambda: paper.pdf_bytes("Is"),
    )
    written = _write(replace(package, evidence=(changed,)), tmp_path / "claim.pdf")
    assert [each.file for each in written.problems] == ["changed.pdf"]
    assert not written.complete


def test_files_inside_travel_along_and_two_of_one_name_are_both_kept(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    pieces = []
    for number in (b"1", b"2"):
        whole = BytesIO()
        with pikepdf.open(BytesIO(paper.pdf_bytes("Invoice"))) as pdf:
            pdf.attachments["发票.xml"] = number
            pdf.save(whole)
        pieces.append(paper.piece(whole.getvalue(), "发票.pdf"))
    _write(replace(package, evidence=tuple(pieces)), tmp_path / "claim.pdf")
    with pikepdf.open(tmp_path / "claim.pdf") as pdf:
        found = {
            each.filename: each.get_file().read_bytes()
            for each in pdf.attachments.values()
        }
    assert found == {"发票.xml": b"1", "发票 (2).xml": b"2"}


def test_what_has_no_pages_travels_inside_and_the_index_says_so(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    note = paper.piece(b"OFD", "发票.ofd")
    written = _write(replace(package, evidence=(note,)), tmp_path / "claim.pdf", "en")
    assert [each.file for each in written.problems] == ["发票.ofd"]
    contents = paper.page_texts(tmp_path / "claim.pdf")[1]
    assert "It travels inside this file as an attachment." in contents
    with pikepdf.open(tmp_path / "claim.pdf") as pdf:
        (inside,) = pdf.attachments.values()
        assert inside.get_file().read_bytes() == b"OFD"


def test_english_paper_has_no_chinese_of_its_own(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    _write(package, tmp_path / "claim.pdf", "en")
    texts = paper.page_texts(tmp_path / "claim.pdf")
    assert "This package is complete." in texts[0]
    assert "Page 1 of" in texts[0]
    assert "第" not in "".join(texts)


def test_names_are_text_and_a_character_without_a_font_is_reported(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    buyer = replace(package.buyer, name="<b>A & B</b> Łódź Şişecam 😀")
    written = _write(replace(package, buyer=buyer), tmp_path / "claim.pdf")
    assert (
        "<b>A & B</b> Łódź Şişecam [U+1F600]"
        in paper.page_texts(tmp_path / "claim.pdf")[0]
    )
    assert [problem.file for problem in written.problems] == [""]


def test_all_fonts_of_our_pages_are_embedded(
    package: ClaimPackage, tmp_path: Path
) -> None:
    _write(package, tmp_path / "claim.pdf")
    with pikepdf.open(tmp_path / "claim.pdf") as pdf:
        fonts: Any = [page.resources.Font for page in pdf.pages]
        assert all(fonts)
        ours = [
            font
            for page in fonts
            for name, font in page.items()
            if "+" in name or "CreditDesk" in name
        ]
        assert len(ours) > len(fonts)
        for font in ours:
            assert "/FontFile2" in font.FontDescriptor


def test_a_long_schedule_repeats_its_head_and_ends_with_its_total(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    (invoice,) = package.invoices
    many = tuple(
        replace(invoice, number=f"INV-{n}", amount=paper.cny("1000.10"))
        for n in range(120)
    )
    _write(replace(package, invoices=many), tmp_path / "claim.pdf")
    texts = [
        text
        for text in paper.page_texts(tmp_path / "claim.pdf")
        if "发票与付款明细" in text
    ]
    pages = [text for text in texts if "INV-" in text and "未收金额" in text]
    assert len(pages) > 3
    assert "120,012.00" in "".join(texts)


def test_what_was_no_payment_is_never_called_one(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    (paid,) = package.payments
    discount = replace(paid, amount=paper.cny("4321"), is_receipt=False)
    _write(replace(package, payments=(paid, discount)), tmp_path / "claim.pdf", "en")
    text = " ".join(" ".join(paper.page_texts(tmp_path / "claim.pdf")).split())
    assert "4,321.00 was taken off the debt without a payment" in text
    assert text.count("The buyer paid") == 1
    assert "Taken off without a payment (CNY)" in text


def test_a_cancelled_package_leaves_the_old_file_as_it_was(
    package: ClaimPackage, tmp_path: Path
) -> None:
    path = tmp_path / "out" / "claim.pdf"
    path.parent.mkdir()
    path.write_bytes(b"old")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        claim_package.write(package, path, "zh", progress)
    assert path.read_bytes() == b"old"
    assert [file.name for file in path.parent.iterdir()] == ["claim.pdf"]
    assert list(paths.private_folder().iterdir()) == []


def test_a_place_that_cant_be_written_is_refused(
    package: ClaimPackage, tmp_path: Path
) -> None:
    blocked = tmp_path / "a.pdf"
    blocked.mkdir()
    with pytest.raises(OutputIsNoFile):
        _write(package, blocked)


def test_figures_on_form_cover_and_calculation_are_the_kept_ones(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    assert isinstance(package.calculation, KeptCalculation)
    _write(package, tmp_path / "claim.pdf")
    pages = [
        text
        for text in paper.page_texts(tmp_path / "claim.pdf")
        if "CNY 398,500.00" in text
    ]
    assert len(pages) == 3


@pytest.mark.real_data
@pytest.mark.skipif(not _DATA.exists(), reason="the real files are not on this machine")
def test_every_awkward_real_file_is_bound_whole_or_named(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    folders = ("06_evidence_pdf", "07_evidence_images")
    files = [file for folder in folders for file in sorted((_DATA / folder).iterdir())]
    evidence = tuple(paper.piece(file.read_bytes(), file.name) for file in files)
    written = _write(replace(package, evidence=evidence), tmp_path / "claim.pdf")
    named = {problem.file for problem in written.problems}
    bound = {one.file: one.pages for one in written.documents if one.file}
    assert named | set(bound) == {file.name for file in files}
    assert not named & set(bound)
    assert len(bound) >= 46  # two more have a page and nothing on it
    assert bound["pdkids.pdf"] == 55
    assert bound["zPug_3.heic"] == 3
