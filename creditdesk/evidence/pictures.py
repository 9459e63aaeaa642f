"""Turns a picture file into PDF pages, one a picture; runs in a child process."""

import io
import zlib
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms, ImageOps

from creditdesk.evidence.frames import Frame, frames

_SCREEN_DPI = 96.0
_PHOTO_QUALITY = 90
_FINEST_DPI = 300
"""More than this no printer and no examiner needs; it only makes the package heavy."""
_SHEET_INCHES = 7.4
"""How wide a picture is at most on its sheet."""
_LOSSY = frozenset({"JPEG", "MPO", "HEIF", "AVIF", "WEBP"})


def picture_pdf(path: Path) -> pikepdf.Pdf:
    """The pages; a page is as large as its picture at its own resolution (96 dpi where it names none)."""
    pdf = pikepdf.new()
    for frame in frames(path):
        _add_page(pdf, frame)
    return pdf


def _add_page(pdf: pikepdf.Pdf, frame: Frame) -> None:
    image, turn, dpi = frame.image, frame.turn, frame.dpi or _SCREEN_DPI
    finer = _too_fine_by(image, dpi)
    if frame.jpeg is not None and finer == 1:
        stream = _jpeg_stream(pdf, frame.jpeg, image)
    else:
        image, turn, dpi = _coarser(_printable(image), finer), 0, dpi / finer
        stream = picture_stream(pdf, image, lossy=(frame.image.format or "") in _LOSSY)
    width, height = image.width * 72 / dpi, image.height * 72 / dpi
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, width, height]),
        Rotate=turn,
        Resources=Dictionary(XObject=Dictionary(Picture=stream)),
        Contents=pdf.make_stream(
            f"{width:.4f} 0 0 {height:.4f} 0 0 cm /Picture Do".encode("ascii")
        ),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _too_fine_by(image: Image.Image, dpi: float) -> float:
    """How many times finer than needed it would be on its sheet; 1 for one that is not."""
    short = min(image.width, image.height)
    on_sheet = max(dpi, short / _SHEET_INCHES)
    return on_sheet / _FINEST_DPI if on_sheet > 1.1 * _FINEST_DPI else 1


def _coarser(image: Image.Image, finer: float) -> Image.Image:
    if finer == 1:
        return image
    grey = image.convert("L") if image.mode == "1" else image
    smaller = (
        max(1, round(image.width / finer)),
        max(1, round(image.height / finer)),
    )
    return grey.resize(smaller, Image.Resampling.LANCZOS, reducing_gap=2)


def _printable(image: Image.Image) -> Image.Image:
    """Upright, without transparency, in black and white, grey or sRGB."""
    upright = ImageOps.exif_transpose(image) or image
    if upright.mode in ("1", "L", "RGB"):
        return upright
    if upright.mode.startswith("I") or upright.mode == "F":
        return _eight_bits(upright)
    if upright.mode == "LAB":
        lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        transform = ImageCms.buildTransform(lab, srgb, "LAB", "RGB")
        return ImageCms.applyTransform(upright, transform) or upright
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return upright.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Sixteen bits and more are scaled by what the picture uses, so that a dark scan isn't black."""
    wide = image.convert("F")
    extrema = wide.getextrema()
    low, high = float(str(extrema[0])), float(str(extrema[1]))
    top = 255.0 if high <= 255 else 65535.0 if high <= 65535 else high
    scale = 255.0 / (top - min(0.0, low))
    return wide.point(lambda value: value * scale - min(0.0, low) * scale).convert("L")


def picture_stream(
    pdf: pikepdf.Pdf, image: Image.Image, *, lossy: bool
) -> pikepdf.Object:
    """A picture in black and white, grey or RGB as an object of the file; `lossy`: as photos are kept."""
    if lossy:
        packed = io.BytesIO()
        image.convert("RGB").save(packed, "JPEG", quality=_PHOTO_QUALITY)
        return _jpeg_stream(pdf, packed.getvalue(), image.convert("RGB"))
    bits = 1 if image.mode == "1" else 8
    stream = pikepdf.Stream(pdf, b"")
    stream.write(zlib.compress(image.tobytes(), 6), filter=Name.FlateDecode)
    return _describe(pdf, stream, image, bits)


def _jpeg_stream(pdf: pikepdf.Pdf, jpeg: bytes, image: Image.Image) -> pikepdf.Object:
    stream = pikepdf.Stream(pdf, b"")
    stream.write(jpeg, filter=Name.DCTDecode)
    return _describe(pdf, stream, image, 8)


def _describe(
    pdf: pikepdf.Pdf, stream: pikepdf.Stream, image: Image.Image, bits: int
) -> pikepdf.Object:
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = image.width, image.height
    stream.ColorSpace = Name.DeviceRGB if image.mode == "RGB" else Name.DeviceGray
    stream.BitsPerComponent = bits
    return pdf.make_indirect(stream)
