"""How much a file may ask of the machine (读取上限); beyond it a file is refused in one sentence."""

from gongkai.frame.opening.unreadable import Unreadable

MEGABYTE = 1024 * 1024
#: Larger files are no plans.
MAX_BYTES = 30 * MEGABYTE
#: What a packed file (docx, xlsx) may unpack to, in all and per part, and how many parts it may have.
MAX_UNPACKED = 200 * MEGABYTE
MAX_PART = 80 * MEGABYTE
MAX_RATIO = 200
MAX_PARTS = 5000
#: Text taken from one document.
MAX_CHARS = 5_000_000
MAX_LINES = 500_000
MAX_PAGES = 600
MAX_ROWS = 60_000
MAX_CELLS = 600_000
#: Rows without content after which a sheet is taken to be at its end.
MAX_EMPTY_ROWS = 500
MAX_SHEETS = 50
#: Elements within elements; deeper nesting is an attack, not a page.
MAX_DEPTH = 200


def too_large(what: str) -> Unreadable:
    """The refusal of a file beyond its bounds (超过上限)."""
    return Unreadable(f"文件{what}，超出可读取的范围，请拆分或另存后再试。")
