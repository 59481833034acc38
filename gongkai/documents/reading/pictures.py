"""图片: how large a picture is, and a lighter copy of one that is heavier than a page needs."""

from contextlib import suppress
from io import BytesIO

from PIL import Image, ImageOps

#: no page shows a picture wider; phones with fine screens have enough of it
WIDEST = 1920
HEAVY = 1_000_000
#: so many points are an attack or a mistake, not an illustration
MOST_POINTS = 60_000_000
FORMATS = ("PNG", "JPEG")
KINDS = {"PNG": "png", "JPEG": "jpg"}


def size_of(content: bytes) -> tuple[int, int] | None:
    """How wide and how high a picture stands (图片尺寸), from its head; None where it is none."""
    broken = suppress(OSError, ValueError, SyntaxError, Image.DecompressionBombError)
    with broken, Image.open(BytesIO(content), formats=FORMATS) as picture:
        turned = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        wide, high = picture.size
        if wide * high <= MOST_POINTS:
            return (high, wide) if turned else (wide, high)
    return None


def lighter(content: bytes, kind: str) -> bytes:
    """The picture as a page needs it (压缩图片): as it is, if it is light; never heavier than before."""
    size = size_of(content)
    if size is None or (len(content) <= HEAVY and size[0] <= WIDEST):
        return content
    with suppress(OSError, ValueError), Image.open(BytesIO(content), formats=FORMATS) as picture:
        drawn = ImageOps.exif_transpose(picture)
        drawn.thumbnail((WIDEST, WIDEST * 4))
        out = BytesIO()
        if kind == "png":
            drawn.save(out, "PNG", optimize=True)
        else:
            drawn.convert("RGB").save(out, "JPEG", quality=85, optimize=True, progressive=True)
        return min(content, out.getvalue(), key=len)
    return content
