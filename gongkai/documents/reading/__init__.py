"""读取与清理: files and pasted text in, clean accessible HTML out. Pure: no Django."""

from gongkai.documents.reading.clean import clean, plain
from gongkai.documents.reading.files import read_upload
from gongkai.documents.reading.readable import PictureFile, Readable

__all__ = ["PictureFile", "Readable", "clean", "plain", "read_upload"]
