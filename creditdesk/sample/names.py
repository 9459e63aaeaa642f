"""Invented companies: the names belong to nobody."""

from dataclasses import dataclass

from creditdesk.domain.base.identity import check_character, organisation_check


@dataclass(frozen=True, slots=True)
class SampleClient:
    """One invented policyholder and the template its policy starts from."""

    name: str
    currency: str
    template: str
    policy_no: str
    address: str
    buyers: tuple[tuple[str, str], ...]
    """Name and country of each buyer."""


def code(number: int) -> str:
    """A code of the right form whose check character fits; the area 990000 exists nowhere."""
    first = f"91990000{number:08d}"
    body = first + organisation_check(f"{number:08d}")
    return body + check_character(body)


_DOMESTIC = (
    "鹭汀澜贸易有限公司", "榛岸机电设备有限公司", "苇舟供应链管理有限公司", "霁禾商贸有限公司",
    "砚溪堂文化用品有限公司", "汐陵建材有限公司", "沅麓科技有限公司", "珂杉仪器有限公司",
    "埕木家居有限公司", "蓼园食品有限公司", "笕桥畔电子有限公司", "喆垚新材料有限公司",
    "昇璟照明有限公司", "翊辰岸自动化有限公司", "曌犇运输设备有限公司", "骉砾湾物流有限公司",
)  # fmt: skip
_TEXTILE = (
    "苧麻里服饰有限公司", "缇岚家纺有限公司", "绡屿制衣有限公司", "纻庭贸易有限公司", "锦葭商贸有限公司",
    "绫渡电子商务有限公司", "褚木针织有限公司", "縠纹设计有限公司", "葛藤坊百货有限公司", "纨素居用品有限公司",
    "缃帙礼品有限公司", "罗浮渚酒店用品有限公司", "绮洄供应链有限公司",
)  # fmt: skip
_FOREIGN = (
    ("Halvorn Werkzeug GmbH", "DE"), ("Brackwell & Moor Ltd", "GB"), ("Żarnecka Handel Sp. z o.o.", "PL"),
    ("Port Merrion Trading Inc.", "US"), ("Casa Alvéola S.L.", "ES"), ("Şenova Yapı A.Ş.", "TR"),
    ("Nordvik Møbler AS", "NO"), ("Lumenera Imports LLC", "US"), ("Łódzkie Składy S.A.", "PL"),
    ("Kisarazu Hoshimi K.K.", "JP"), ("Tui Bay Hardware Ltd", "NZ"), ("Quinta do Brejo Lda", "PT"),
    ("Voortsloot Bouw B.V.", "NL"), ("Ateliers Chauvirey SARL", "FR"), ("<Delta> & Söhne KG", "AT"),
)  # fmt: skip

CLIENTS = (
    SampleClient(
        "泠越电子有限公司", "CNY", "sinosure-domestic", "DT-2026-000318", "示例市泠越路 8 号",
        tuple((name, "CN") for name in _DOMESTIC),
    ),
    SampleClient(
        "砾石湾五金制品有限公司", "USD", "sinosure-st-export", "ST-2026-004471", "示例市砾石湾工业区 21 号",
        _FOREIGN,
    ),
    SampleClient(
        "絮川纺织科技有限公司", "CNY", "picc-domestic", "PD-2026-000096", "示例市絮川大道 156 号",
        tuple((name, "CN") for name in _TEXTILE),
    ),
)  # fmt: skip
