"""Files as members get them: PDF of some pages, locked, damaged and turned ones, pictures."""

import io

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def pdf(pages=1, width=595, height=842, password=None, rotate=0, script=False):
    """A PDF of blank pages."""
    writer = PdfWriter()
    for _page in range(pages):
        page = writer.add_blank_page(width, height)
        if rotate:
            page.rotate(rotate)
    if script:
        act = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        )
        for page in writer.pages:
            page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): act})
        writer.root_object[NameObject("/OpenAction")] = act
    if password is not None:
        writer.encrypt(password)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def picture(kind="PNG", size=(300, 200)):
    target = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(target, kind)
    return target.getvalue()


def pages_of(raw):
    return len(PdfReader(io.BytesIO(raw)).pages)
