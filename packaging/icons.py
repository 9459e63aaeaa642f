"""Draws the program's icon from its SVG into the files Windows and macOS want: every size drawn, none made smaller."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_ICO = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_ICNS = (16, 32, 64, 128, 256, 512, 1024)


def draw(svg: Path, folder: Path) -> None:
    """`creditdesk.ico` and `creditdesk.icns` in the folder."""
    renderer = QSvgRenderer(str(svg))
    folder.mkdir(parents=True, exist_ok=True)
    for name, sizes in (("creditdesk.ico", _ICO), ("creditdesk.icns", _ICNS)):
        pictures = [_picture(renderer, size) for size in sizes]
        largest = pictures[-1]
        largest.save(
            folder / name,
            sizes=[picture.size for picture in pictures],
            append_images=pictures[:-1],
        )


def _picture(renderer: QSvgRenderer, size: int) -> Image.Image:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(BytesIO(buffer.data().data()))
