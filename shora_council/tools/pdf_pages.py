"""PDF files put together page by page, with a running stamp. Knows nothing of councils.

What people upload may be broken, locked or hostile. Whatever cannot be taken over whole raises :class:`Unusable`; what
is taken over loses everything that acts by itself (scripts, launches, links into its old file).
"""

import base64
import io
import logging

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

#: longer files are not copied into another one
MAX_PAGES = 1000
#: longer side of a picture on paper, in pixels: A4 at 250 dpi
MAX_PIXELS = 2900
#: width and height of a stamp, in points
STAMP = (240.0, 16.0)
#: width of A4, for which a stamp is made; wider pages get a wider one
A4_WIDTH = 595.0

#: kinds of pictures, those that Odoo itself reads, with what closes a whole file; Odoo makes Pillow show cut ones too
_PICTURES = {"PNG": b"IEND", "JPEG": b"\xff\xd9", "GIF": b";", "BMP": b""}
#: room for what cameras append after the end
_TRAILER = 65536
_DROPPED = ("/AA", "/B", "/StructParents", "/PieceInfo", "/Metadata", "/Thumb", "/PresSteps", "/Trans")
_LOOSENED = ("/A", "/AA", "/Dest", "/P", "/Parent", "/Popup", "/IRT", "/PA", "/StructParent")
# What a damaged file makes the library say is no trouble of the server's.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class Unusable(Exception):
    """A file that cannot be taken over; ``code`` is ``encrypted``, ``broken``, ``long`` or ``format``."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def pages_of(raw):
    """The pages of the PDF ``raw`` (bytes), each proved to be copied whole.

    :return: list of pypdf pages
    :raises Unusable: encrypted (with or without a password to read), broken, or longer than ``MAX_PAGES``
    """
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted:
            raise Unusable("encrypted")
        if not 0 < len(reader.pages) <= MAX_PAGES:
            raise Unusable("long" if len(reader.pages) else "broken")
        pages = [_defused(page) for page in reader.pages]
        trial = PdfWriter()
        for page in pages:
            trial.add_page(page)
        trial.write(io.BytesIO())
    except Unusable:
        raise
    except Exception as error:  # the library raises whatever the damage leads to, RecursionError among it
        raise Unusable("broken") from error
    return pages


def _defused(page):
    """``page`` without what acts by itself or leads elsewhere in its file.

    :raises Unusable: it has no size
    """
    left, bottom, right, top = _box(page)
    if right - left < 1 or top - bottom < 1:
        raise Unusable("broken")
    page.get_contents()
    for name in _DROPPED:
        page.pop(NameObject(name), None)
    kept = ArrayObject()
    for entry in page.get("/Annots", ()) or ():
        note = entry.get_object()
        if not isinstance(note, DictionaryObject):
            continue
        action = note.get("/A")
        address = action.get_object().get("/URI") if isinstance(action, DictionaryObject) else None
        web = isinstance(address, str) and address.startswith(("https://", "http://"))
        if note.get("/Subtype") == "/Link" and not web:
            continue
        for name in _LOOSENED:
            note.pop(NameObject(name), None)
        if web:
            note[NameObject("/A")] = DictionaryObject(
                {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject(address)}
            )
        kept.append(note)
    page.pop(NameObject("/Annots"), None)
    if kept:
        page[NameObject("/Annots")] = kept
    return page


def picture_of(raw):
    """The picture ``raw`` (bytes) as a data address, of a size fit for paper.

    :return: text
    :raises Unusable: no picture of a known kind (``format``), or a broken one
    """
    try:
        image = Image.open(io.BytesIO(raw), formats=sorted(_PICTURES))
    except Exception as error:  # no picture at all, or one that claims to be bigger than memory
        raise Unusable("format") from error
    if _PICTURES[image.format] not in raw[-_TRAILER:]:
        raise Unusable("broken")
    try:
        return _data_address(image)
    except Exception as error:  # damaged within
        raise Unusable("broken") from error


def _data_address(image):
    frame = ImageOps.exif_transpose(image)
    frame.thumbnail((MAX_PIXELS, MAX_PIXELS))
    drawn = frame.mode in ("1", "L", "P", "LA", "RGBA", "PA")
    if frame.mode not in ("1", "L", "RGB", "RGBA"):
        frame = frame.convert("RGBA" if drawn and "transparency" in image.info else "RGB")
    kind = "PNG" if frame.mode in ("1", "RGBA") or (drawn and image.format != "JPEG") else "JPEG"
    target = io.BytesIO()
    frame.save(target, kind, **({"quality": 88} if kind == "JPEG" else {}))
    return f"data:image/{kind.lower()};base64,{base64.b64encode(target.getvalue()).decode()}"


def bind(parts, stamps, title, language, outline=()):
    """One PDF of all pages.

    :param parts: pypdf pages, in order
    :param stamps: PDF (bytes) with one page of size ``STAMP`` for each of them
    :param title: of the file
    :param language: of the file, such as ``fa``
    :param outline: (level 0 or 1, text, index of the page), in order
    :return: bytes
    """
    writer = PdfWriter()
    marks = PdfReader(io.BytesIO(stamps)).pages
    for page, mark in zip(parts, marks, strict=True):
        _stamp(writer, writer.add_page(page), mark)
    above = None
    for level, text, index in outline:
        entry = writer.add_outline_item(title=text, page_number=index, parent=above if level else None)
        above = above if level else entry
    writer.add_metadata({"/Title": title, "/Producer": "Shora"})
    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    writer.page_mode = "/UseOutlines"
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _box(page):
    """(left, bottom, right, top) of what is seen of ``page``, before its rotation."""
    media, crop = page.mediabox, page.cropbox
    return (
        max(float(media.left), float(crop.left)),
        max(float(media.bottom), float(crop.bottom)),
        min(float(media.right), float(crop.right)),
        min(float(media.top), float(crop.top)),
    )


def _stamp(writer, page, mark):
    """Draw ``mark`` at the middle of the lower edge of ``page``, as a reader sees it.

    The page's own drawing is wrapped, never parsed: it may be huge, and it is evidence.
    """
    form = DecodedStreamObject()
    form.set_data(mark.get_contents().get_data())
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([FloatObject(0), FloatObject(0), *map(FloatObject, STAMP)]),
            NameObject("/Resources"): mark["/Resources"].get_object().clone(writer),
        }
    )
    own = page.get("/Resources")
    resources = DictionaryObject(own.get_object() if own is not None else {})
    drawings = resources.get("/XObject")
    drawings = DictionaryObject(drawings.get_object() if drawings is not None else {})
    drawings[NameObject("/ShoraStamp")] = writer._add_object(form)
    resources[NameObject("/XObject")] = drawings
    page[NameObject("/Resources")] = resources
    contents = page.get("/Contents")
    contents = contents.get_object() if contents is not None else ArrayObject()
    own_parts = list(contents) if isinstance(contents, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject(
        [_drawing(writer, b"q\n"), *own_parts, _drawing(writer, b"\nQ\nq " + _place(page) + b" cm /ShoraStamp Do Q\n")]
    )


def _drawing(writer, data):
    stream = DecodedStreamObject()
    stream.set_data(data)
    return writer._add_object(stream)


def _place(page):
    """The matrix that puts a stamp on ``page``, as PDF writes one."""
    left, bottom, right, top = _box(page)
    turned = page.rotation % 360
    width = (top - bottom) if turned in (90, 270) else (right - left)
    scale = min(max(width / A4_WIDTH, 0.4), 6.0)
    lift = 9.0 * scale
    half = STAMP[0] * scale / 2
    across, up, at = {
        0: ((1, 0), (0, 1), ((left + right) / 2, bottom + lift)),
        90: ((0, 1), (-1, 0), (right - lift, (bottom + top) / 2)),
        180: ((-1, 0), (0, -1), ((left + right) / 2, top - lift)),
        270: ((0, -1), (1, 0), (left + lift, (bottom + top) / 2)),
    }[turned if turned in (0, 90, 180, 270) else 0]
    origin = (at[0] - across[0] * half, at[1] - across[1] * half)
    numbers = (*(scale * n for n in across), *(scale * n for n in up), *origin)
    return " ".join(f"{number:.4f}" for number in numbers).encode()
