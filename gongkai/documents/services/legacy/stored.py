"""待附文件: a file of an older site that is stored and waits for its edition."""

from dataclasses import dataclass


@dataclass
class StoredFile:
    """A file that is stored and waits for its edition (待附文件); *part* is where it lies in the archive."""

    title: str
    upload: str
    kind: str
    size: int
    sha256: str
    part: str
    token: str = ""

    @property
    def inline(self) -> bool:
        """Whether it is a picture of the text (文中图片)."""
        return bool(self.token)
