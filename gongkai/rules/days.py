"""日期性质: what a day is, and why it is worked or not."""

from dataclasses import dataclass
from enum import StrEnum

from gongkai.rules.notices import Notice


class Kind(StrEnum):
    """What a day is (日期性质)."""

    WORKDAY = "workday"
    MAKEUP = "makeup"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class DayNote:
    """Why a day is worked or not (理由): its kind, the holiday's name, and the notice it rests on."""

    kind: Kind
    name: str = ""
    notice: Notice | None = None

    @property
    def worked(self) -> bool:
        """Whether people work that day (上班)."""
        return self.kind in (Kind.WORKDAY, Kind.MAKEUP)

    def __str__(self) -> str:
        match self.kind:
            case Kind.MAKEUP:
                return f"{self.name}调休上班"
            case Kind.HOLIDAY:
                return f"{self.name}放假"
            case Kind.WEEKEND:
                return "周末"
            case _:
                return "工作日"
