"""读取结果: what an uploaded file says, ready to be looked at and saved."""

from dataclasses import dataclass, field

from gongkai.documents.reading.references import WAITING

#: pictures that pages show, by the media type that files give
SHOWN = {"image/png": "png", "image/jpeg": "jpg", "image/jpg": "jpg"}
MOST_PICTURES = 200
LARGEST_PICTURE = 20 * 2**20
_STARTS = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture out of a file (文内图片): the text names it by *src* until it is attached."""

    src: str
    name: str
    kind: str
    content: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Readable:
    """A file as read (读取结果): clean text, title and number found above it, pictures, and doubts."""

    html: str
    title: str = ""
    number: str = ""
    pictures: tuple[PictureFile, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass
class Album:
    """Gathers the pictures of a file (图片册), each once, and says what cannot be shown."""

    pictures: list[PictureFile] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    _seen: dict[tuple[bytes, str], str] = field(default_factory=dict)
    _count: int = 0

    def add(self, content: bytes, media: str, alt: str) -> str:
        """Keep a picture; gives the name under which the text refers to it, "" if it cannot be shown."""
        self._count += 1
        kind = SHOWN.get(media.lower(), "")
        if not kind or not content.startswith(_STARTS[kind]):
            shape = media.rpartition("/")[2] or "未知"
            self.doubts.append(
                f"第{self._count}张图片是 {shape} 格式，网页无法显示，请另存为 png 或 jpg 后插入"
            )
            return ""
        if len(self.pictures) >= MOST_PICTURES or len(content) > LARGEST_PICTURE:
            self.doubts.append(f"第{self._count}张图片过大或图片过多，没有读入")
            return ""
        if known := self._seen.get((content, alt)):
            return known
        number = len(self.pictures) + 1
        src = f"{WAITING}{number}"
        self.pictures.append(PictureFile(src, f"插图{number}.{kind}", kind, content, alt))
        self._seen[content, alt] = src
        if not alt:
            self.doubts.append(f"插图{number}没有图片说明，请写明图上有什么")
        return src
