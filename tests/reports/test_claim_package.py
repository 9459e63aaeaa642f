from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from creditdesk import paths
from creditdesk.domain.claim.package import ClaimPackage, KeptCalculation
from creditdesk.errors import Cancelled
from creditdesk.i18n import Language, Message
from creditdesk.jobs import Progress
from creditdesk.outputs import OutputIsNoFile
from creditdesk.reports import claim_package
from creditdesk.reports.claim_written import WrittenPackage

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
        targets = {objects.index(note.Dest[0].objgen) + 1 for note in notes}
        assert {one.first_page for one in written.documents} == targets
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles[-2] == "C07 购销合同 · contract.pdf"
    assert "赔款测算" in titles


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
        for font in (each for page in fonts for each in page.values()):
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
    assert len(bound) >= 47
    assert bound["pdkids.pdf"] == 55
    assert bound["zPug_3.heic"] == 3
