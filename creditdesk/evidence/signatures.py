"""Draws visible signatures into their pages: joining files breaks them, and readers then hide their fields."""

import pikepdf
from pikepdf import Array, Dictionary, Name

from creditdesk.evidence.sheets import notes_of

_KEYS_OF_FORMS = ("/XFA", "/CO", "/SigFlags")


def draw_in(pdf: pikepdf.Pdf) -> bool:
    """Leave the page as it is seen. True for a file that was signed, visibly or not."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, Dictionary):
        return False
    for key in _KEYS_OF_FORMS:
        if key in form:
            del form[key]
    held: list[tuple[pikepdf.Object, list[pikepdf.Object]]] = []
    signed = False
    for page in pdf.pages:
        notes = list(notes_of(page))
        seals = [note for note in notes if _is_signature(note)]
        if not notes:
            continue
        signed = signed or any(_is_signed(each) for each in seals)
        held.append((page.obj, [note for note in notes if not _is_signature(note)]))
        page.obj.Annots = Array(seals)
    if signed:
        pdf.flatten_annotations(mode="all")
        pdf.Root.AcroForm = form
    for drawn, notes in held:
        drawn.Annots = Array(notes)
    return signed or _invisible(form)


def _is_signature(note: pikepdf.Object) -> bool:
    above = note.get("/Parent")
    kinds = (note.get("/FT"), above.get("/FT") if isinstance(above, Dictionary) else 0)
    return Name.Sig in kinds


def _is_signed(note: pikepdf.Object) -> bool:
    above = note.get("/Parent")
    return "/V" in note or (isinstance(above, Dictionary) and "/V" in above)


def _invisible(form: pikepdf.Object) -> bool:
    """A signature that is shown nowhere is lost all the same."""
    fields = form.get("/Fields")
    return any(
        isinstance(each, Dictionary) and each.get("/FT") == Name.Sig and "/V" in each
        for each in (fields if isinstance(fields, Array) else ())
    )
