"""结构化样式的声明: what a kind of structured paper consists of, as the data files say it."""

from dataclasses import dataclass
from enum import StrEnum

from gongkai.rules.law import Article, Limit, Unit
from gongkai.rules.personal_data.columns import Treatment


class Sort(StrEnum):
    """What a field holds (字段类型). Every value is stored as text in one canonical form."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YEAR = "year"
    CHOICE = "choice"
    UNIT = "unit"
    VILLAGE = "village"
    PERSON = "person"
    FLAG = "flag"
    LINK = "link"
    IDENTITY = "identity"
    PHONE = "phone"
    ACCOUNT = "account"
    ADDRESS = "address"


AMOUNTS = frozenset({Sort.NUMBER, Sort.MONEY})
#: what is never shown whole: the loader refuses a declaration that shows it
SENSITIVE = frozenset({Sort.IDENTITY, Sort.ACCOUNT})


class Layout(StrEnum):
    """How the public page of the kind is laid out (页面样式)."""

    TABLE = "table"
    STAGES = "stages"
    MATRIX = "matrix"
    VERSIONS = "versions"
    REGISTER = "register"
    SERIES = "series"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the head, or one column of a table (字段、栏目).

    ``public`` is what becomes of it before anybody outside sees it; ``places`` are decimals of an amount;
    ``total`` asks for a line with the column's sum.
    """

    code: str
    label: str
    sort: Sort = Sort.TEXT
    required: bool = False
    measure: str = ""
    choices: tuple[str, ...] = ()
    public: Treatment = Treatment.SHOW
    hint: str = ""
    longest: int = 200
    aliases: tuple[str, ...] = ()
    places: int = 2
    least: int | None = 0
    total: bool = False

    @property
    def heading(self) -> str:
        """The heading with its unit of measure (表头).

        >>> Field(code="amount", label="补贴金额", sort=Sort.MONEY, measure="元").heading
        '补贴金额（元）'
        """
        return f"{self.label}（{self.measure}）" if self.measure else self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTerm:
    """How long one row is shown (逐条公示期): counted in months from a column; choices name the months.

    ``withdrawn`` are the states of a row that is taken off at once, ``reason`` the column that says why,
    ``changed`` the day from which the limit for taking it off is counted.
    """

    start: str
    choice: str
    months: tuple[tuple[str, int], ...]
    state: str = ""
    withdrawn: tuple[str, ...] = ()
    changed: str = ""
    reason: str = ""
    limit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowKeys:
    """Which columns a list across papers searches and sorts by (归集栏目)."""

    number: str = ""
    name: str = ""
    kind: str = ""
    place: str = ""
    amount: str = ""
    start: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of rows (明细表). ``follow`` is the column by which a row is found again in the next edition;

    ``listed`` are the columns that a list across papers shows on its page: the export has all.
    """

    code: str
    label: str
    columns: tuple[Field, ...]
    least: int = 0
    most: int = 20_000
    hint: str = ""
    unique: tuple[tuple[str, ...], ...] = ()
    term: RowTerm | None = None
    keys: RowKeys = RowKeys()
    follow: str = ""
    listed: tuple[str, ...] = ()

    def column(self, code: str) -> Field:
        """The column of *code* (栏目)."""
        return next(each for each in self.columns if each.code == code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage with a slot for its papers (环节). ``due_from`` is a field or an earlier stage.

    Its last day follows from a publication limit, or from so many months with their source.
    """

    code: str
    label: str
    hint: str = ""
    due_from: str = ""
    limit: str = ""
    months: int = 0
    source: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check over several values (核对规则): see ``checking`` for the kinds."""

    kind: str
    table: str = ""
    total: str = ""
    column: str = ""
    parts: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    other_table: str = ""
    other_column: str = ""
    level: str = ""
    times: str = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """By when it is published (公开时限): codes of ``rules.publication``, the strictest that binds."""

    limits: tuple[str, ...]
    event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTerm:
    """From when until when it is on show (公示期), and how long at least."""

    start: str
    until: str
    least: Limit | None = None
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadKeys:
    """Which fields of the head the overview pages sort papers by (归集字段)."""

    year: str = ""
    kind: str = ""
    place: str = ""
    period: str = ""
    name: str = ""
    number: str = ""
    total: str = ""
    start: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One kind of structured paper (结构化样式)."""

    code: str
    name: str
    clauses: tuple[str, ...]
    note: str
    page: Layout
    sort: str = "other"
    title: str = ""
    fields: tuple[Field, ...] = ()
    tables: tuple[Table, ...] = ()
    stages: tuple[Stage, ...] = ()
    checks: tuple[Check, ...] = ()
    clock: Clock | None = None
    show: ShowTerm | None = None
    keys: HeadKeys = HeadKeys()

    def field(self, code: str) -> Field:
        """The field of the head named *code* (字段)."""
        return next(each for each in self.fields if each.code == code)

    def table(self, code: str) -> Table | None:
        """The table named *code*, or None (明细表)."""
        return next((each for each in self.tables if each.code == code), None)


def least_of(days: int, unit: str, source: str) -> Limit:
    """A shortest time on show with its source (最短公示期)."""
    return Limit(days, Article(source, ""), Unit[unit.upper()])
