"""演示文库入库: puts two years of papers on the demo's clock."""

from random import Random

from gongkai.accounts.models import User
from gongkai.agencies.models import Kind, Unit
from gongkai.demo.clock import Year
from gongkai.demo.conduct import Staff
from gongkai.demo.district import LEGAL_CODE
from gongkai.demo.library.cabinet import structured
from gongkai.demo.library.happenings import Happenings
from gongkai.demo.library.librarian import Librarian
from gongkai.demo.library.rooms import build_rooms
from gongkai.demo.library.shelf import Shelf
from gongkai.documents.services import nightly

SEED = 20191118
#: units that draw up a budget of their own
SPENDING = (Kind.OFFICE, Kind.BUREAU, Kind.TOWN, Kind.STREET, Kind.INSTITUTION, Kind.PARTY)


def stock(year: Year, staff: dict[int, Staff], office: User) -> None:
    """Set up columns and topics, and let every unit publish its papers in time (文库入库)."""
    by_code = {person.code: person for person in staff.values()}
    units = {staff[unit.pk].code: unit for unit in Unit.objects.filter(pk__in=staff)}
    build_rooms(units, {code: person.officer for code, person in by_code.items()})
    chance = Random(SEED)  # noqa: S311 (a story, not a secret)
    year = year.aside(chance)
    librarian = Librarian(year, by_code, units, office, User.objects.get(username=LEGAL_CODE))
    names = {code: unit.name for code, unit in units.items()}
    shelf = Shelf(chance, year.last, names)
    spending = {code: unit.kind for code, unit in units.items() if unit.kind in SPENDING}
    librarian.expect([*shelf.fill(), *structured(chance, year.last, names, spending)])
    librarian.leave_on_desks(shelf.desks())
    Happenings(librarian).expect()
    year.at(year.last, nightly.run_nightly)
