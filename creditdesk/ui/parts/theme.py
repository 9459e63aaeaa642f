"""The one place that knows colours: palette and style sheet, light and dark. Widgets name roles."""

import re
import sys
from dataclasses import dataclass, fields
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from creditdesk import paths
from creditdesk.preferences import Look


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one look, by what they mean."""

    background: str
    surface: str
    line: str
    text: str
    quiet: str
    faint: str
    accent: str
    accent_tint: str
    on_accent: str
    danger: str
    danger_tint: str
    warning: str
    warning_tint: str
    done: str
    done_tint: str
    head: str
    chip: str
    hover: str


LIGHT = Tokens(
    background="#F5F6F8", surface="#FFFFFF", line="#E2E6EB", text="#1A1F26", quiet="#5A6573", faint="#6B7683",
    accent="#0F6A8B", accent_tint="#E4F0F5", on_accent="#FFFFFF", danger="#B3261E", danger_tint="#FCEBEA",
    warning="#9A5B00", warning_tint="#FDF2DF", done="#1B7145", done_tint="#E6F4EC", head="#F8F9FB", chip="#EEF1F4",
    hover="#F0F3F6",
)  # fmt: skip
DARK = Tokens(
    background="#14171B", surface="#1C2026", line="#2E343C", text="#E7EAEE", quiet="#A3ADB9", faint="#8A94A1",
    accent="#5DB4D6", accent_tint="#17323E", on_accent="#0B1A21", danger="#F28B82", danger_tint="#3A1F1E",
    warning="#F0B65A", warning_tint="#372A13", done="#7CCB9E", done_tint="#16301F", head="#20252B", chip="#272D34",
    hover="#242A31",
)  # fmt: skip

_SHEET = Template("""
* { font-size: 13px; }
QWidget { color: $text; }
QMainWindow, QDialog, QWidget[role="page"], QScrollArea[role="page"], QWidget[role="ground"] { background: $background; }
QWidget[role="rail"], QWidget[role="bar"] { background: $surface; }
QWidget[role="rail"] { border-right: 1px solid $line; }
QWidget[role="bar"] { border-bottom: 1px solid $line; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="band"] { background: $chip; border: none; border-radius: 6px; }
QFrame[role="open"] { background: $accent_tint; border: none; border-left: 3px solid $accent; }
QFrame[segment="done"] { background: $done; border-radius: 3px; }
QFrame[segment="current"] { background: $accent; border-radius: 3px; }
QFrame[segment="open"] { background: $line; border-radius: 3px; }
QFrame[role="notice"] { background: $warning_tint; border: none; border-radius: 6px; }
QFrame[role="trouble"] { background: $danger_tint; border: none; border-radius: 6px; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="drop"] { background: $surface; border: 1px dashed $faint; border-radius: 8px; }
QFrame[role="drop"][over="true"] { background: $accent_tint; border-color: $accent; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 20px; font-weight: 600; }
QLabel[role="brand"] { font-size: 15px; font-weight: 700; }
QLabel[role="section"] { font-size: 14px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="figure"] { font-size: 22px; font-weight: 600; }
QLabel[role="quiet"] { color: $quiet; font-size: 13px; }
QLabel[role="small"] { color: $faint; font-size: 12px; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="done"] { color: $done; }
QLabel[role="fault"] { color: $danger; font-size: 12px; }
QLabel[chip="plain"] { background: $chip; color: $quiet; }
QLabel[chip="danger"] { background: $danger_tint; color: $danger; }
QLabel[chip="warning"] { background: $warning_tint; color: $warning; }
QLabel[chip="done"] { background: $done_tint; color: $done; }
QLabel[chip="accent"] { background: $accent_tint; color: $accent; }
QLabel[chip] { border-radius: 9px; padding: 2px 9px; font-size: 12px; }
QPushButton { background: $surface; border: 1px solid $line; border-radius: 6px; padding: 6px 14px; min-height: 18px; outline: none; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $faint; background: $chip; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[role="primary"]:focus { border: 2px solid $text; padding: 5px 13px; }
QPushButton[role="primary"]:disabled { background: $chip; color: $faint; border-color: $line; }
QPushButton[role="flat"] { background: transparent; border: none; padding: 4px 8px; color: $accent; text-align: left; }
QPushButton[role="flat"]:disabled { color: $quiet; }
QPushButton[role="flat"]:hover { background: $hover; }
QPushButton[role="flat"]:focus { border: 1px solid $accent; }
QPushButton[role="place"] { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 7px 12px; text-align: left; color: $text; }
QPushButton[role="place"]:hover { background: $hover; }
QPushButton[role="place"]:focus { border-color: $accent; }
QPushButton[role="place"][here="true"] { background: $accent_tint; color: $accent; font-weight: 600; }
QPushButton[role="desk"] { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px 18px 4px 6px; text-align: left; color: $quiet; }
QPushButton[role="desk"]:hover { background: $hover; }
QPushButton[role="desk"]:focus { border-color: $accent; }
QPushButton[role="toggle"] { background: $chip; border: 1px solid transparent; color: $quiet; padding: 6px 12px; font-size: 12px; }
QPushButton[role="toggle"]:checked { background: $accent_tint; color: $accent; border-color: $accent; }
QPushButton[role="toggle"]:focus { border-color: $accent; outline: none; }
QPushButton[role="day"] { background: $surface; border: 1px solid $line; border-radius: 6px; padding: 0; text-align: left; }
QPushButton[role="day"][resting="true"] { background: $background; }
QPushButton[role="day"]:hover, QPushButton[role="day"]:focus { border-color: $accent; }
QPushButton[role="day"]:checked { background: $accent_tint; border-color: $accent; }
QPushButton[role="choice"] { background: $surface; border: 1px solid $line; border-radius: 8px; padding: 24px; text-align: left; }
QPushButton[role="choice"]:hover, QPushButton[role="choice"]:focus { border-color: $accent; }
QPushButton[role="answer"] { background: $surface; border: 1px solid $line; border-radius: 8px; padding: 0; text-align: left; }
QPushButton[role="answer"]:hover, QPushButton[role="answer"]:focus { border-color: $accent; }
QPushButton[role="answer"]:checked { background: $accent_tint; border: 2px solid $accent; }
QLabel[role="key"] { color: $quiet; border: 1px solid $line; border-radius: 4px; padding: 0 5px; font-size: 12px; }
QPushButton[role="corner"] { background: $head; border: none; border-radius: 4px; padding: 0; min-height: 0; }
QPushButton[role="corner"]:hover, QPushButton[role="corner"]:focus { background: $accent_tint; }
QPushButton[role="corner"]::menu-indicator { image: none; width: 0; }
QPushButton[role="tab"] { background: transparent; border: none; border-bottom: 2px solid transparent; border-radius: 0; padding: 8px 4px; color: $quiet; }
QPushButton[role="tab"]:checked { color: $accent; font-weight: 600; border-bottom-color: $accent; }
QPushButton[role="tab"]:focus { color: $text; background: $hover; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox { background: $surface; border: 1px solid $line; border-radius: 6px; padding: 5px 9px; min-height: 20px; selection-background-color: $accent; selection-color: $on_accent; }
QTextBrowser { border: none; padding: 0; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus { border-color: $accent; }
QLineEdit[faulty="true"], QComboBox[faulty="true"], QPlainTextEdit[faulty="true"] { border-color: $danger; }
QLineEdit:disabled, QComboBox:disabled { color: $faint; background: $background; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 24px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$icons/chevron-$shade.svg"); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line; selection-background-color: $accent_tint; selection-color: $text; outline: none; padding: 4px; }
QCheckBox { spacing: 8px; background: transparent; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $faint; border-radius: 8px; background: $surface; }
QRadioButton::indicator:focus, QRadioButton::indicator:hover { border-color: $accent; }
QRadioButton::indicator:checked { width: 8px; height: 8px; border: 4px solid $accent; }
QTableView::indicator { width: 14px; height: 14px; border: 1px solid $faint; border-radius: 4px; background: $surface; }
QTableView::indicator:checked { background: $accent; border-color: $accent; image: url("$icons/check-$shade.svg"); }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $faint; border-radius: 4px; background: $surface; }
QCheckBox::indicator:focus, QCheckBox::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$icons/check-$shade.svg"); }
QTableView { background: $surface; border: none; gridline-color: $line; selection-background-color: $accent_tint; selection-color: $text; alternate-background-color: $surface; outline: none; }
QTableView::item { padding: 0 10px; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $accent_tint; color: $text; }
QHeaderView { background: $head; border: none; }
QHeaderView::section { background: $head; color: $quiet; border: none; border-bottom: 1px solid $line; padding: 8px 10px; font-weight: 600; }
QHeaderView::up-arrow, QHeaderView::down-arrow { image: none; width: 0; height: 0; }
QTableCornerButton::section { background: $head; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QListWidget { background: $surface; border: 1px solid $line; border-radius: 6px; outline: none; }
QListWidget::item { padding: 6px 8px; }
QListWidget::item:selected { background: $accent_tint; color: $text; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 5px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $chip; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QProgressBar[tone="danger"]::chunk { background: $danger; }
QToolTip { background: $text; color: $surface; border: none; padding: 4px 8px; }
QMenu { background: $surface; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_tint; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenuBar { background: $surface; border-bottom: 1px solid $line; }
QMenuBar::item { background: transparent; padding: 4px 10px; }
QMenuBar::item:selected { background: $accent_tint; }
QSplitter::handle { background: $background; }
QCalendarWidget QWidget { background: $surface; }
""")

_SIZE = re.compile(r"(font-size|min-height): (\d+)px")
_USUAL = 13 if sys.platform == "darwin" else 12
"""Pixels of the system's own text where nobody made it larger."""
_LARGEST, _NOTICED = 2.5, 1.1
_LINUX_FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC")
_now = LIGHT
_scale = 1.0


def tokens() -> Tokens:
    """The colours in use."""
    return _now


def px(pixels: int) -> int:
    """So many pixels, more where the system's text is larger than usual."""
    return round(pixels * _scale)


def is_dark() -> bool:
    """Whether the dark look is in use."""
    return _now is DARK


def ground(app: QApplication, look: Look) -> None:
    """The colours alone: enough for the first painting, before the style sheet is read."""
    global _now  # noqa: PLW0603 - the one look of the process, set here alone
    system_dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    _now = DARK if look == "dark" or (look == "system" and system_dark) else LIGHT
    app.setStyle("Fusion")
    app.setPalette(_palette(_now))


def apply(app: QApplication, look: Look) -> None:
    """Dress the whole program; `system` follows the system's own choice."""
    ground(app, look)
    colours = {field.name: getattr(_now, field.name) for field in fields(Tokens)}
    icons = (paths.resources() / "icons").as_posix()
    shade = "dark" if _now is DARK else "light"
    sheet = _SHEET.substitute(colours, icons=icons, shade=shade)
    _measure(app)
    app.setStyleSheet(_SIZE.sub(_enlarged, sheet))


def _measure(app: QApplication) -> None:
    """How large the system's text is; a style sheet knows it only by what is put into it."""
    global _scale  # noqa: PLW0603 - the one size of the process, set here alone
    large = QFontInfo(app.font()).pixelSize() / _USUAL * text_scale()
    _scale = min(_LARGEST, large) if large > _NOTICED else 1.0


def _enlarged(found: re.Match[str]) -> str:
    pixels = int(found[2])
    return f"{found[1]}: {px(pixels) if pixels > 6 else pixels}px"


def text_scale() -> float:
    """How many times larger than usual the person has the system write: on Windows a choice of its own beside the scale.

    Qt follows the scale, but not this choice.
    """
    if sys.platform != "win32":
        return 1.0
    import winreg  # noqa: PLC0415 - exists on Windows only

    place = r"Software\Microsoft\Accessibility"
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, place) as key:
            chosen = int(winreg.QueryValueEx(key, "TextScaleFactor")[0])
    except (OSError, ValueError):
        return 1.0
    return min(max(chosen / 100, 1.0), _LARGEST)


def supply_fonts() -> None:
    """Where the system has no Chinese font (some Linux machines), use the one printed pages use.

    Windows and macOS name a UI font that holds both scripts; Linux is told one.
    """
    chinese = QFontDatabase.WritingSystem.SimplifiedChinese
    for family in _LINUX_FAMILIES if sys.platform == "linux" else ():
        if QFontDatabase.hasFamily(family):
            font = QApplication.font()
            font.setFamily(family)
            QApplication.setFont(font)
            return
    if not QFontDatabase.families(chinese):
        for path in sorted((paths.resources() / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(path))


def _palette(look: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for where, colour in {
        role.Window: look.background,
        role.WindowText: look.text,
        role.Base: look.surface,
        role.AlternateBase: look.head,
        role.Text: look.text,
        role.Button: look.surface,
        role.ButtonText: look.text,
        role.ToolTipBase: look.text,
        role.ToolTipText: look.surface,
        role.PlaceholderText: look.faint,
        role.Highlight: look.accent,
        role.HighlightedText: look.on_accent,
        role.Link: look.accent,
        role.Accent: look.accent,
    }.items():
        palette.setColor(where, QColor(colour))
    return palette
