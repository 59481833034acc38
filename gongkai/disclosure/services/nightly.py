"""主动公开的每日任务: papers matched to rows, duties judged, columns checked; twice does no harm."""

from datetime import date

from gongkai.disclosure.services.duties import refresh_duties
from gongkai.disclosure.services.health import check_columns
from gongkai.disclosure.services.links import link_rows

#: what each count means, as the command prints it
LABELS = {
    "links": "事项对应变动",
    "duties": "职责状态变动",
    "findings": "新发现栏目问题",
    "settled": "栏目问题销号",
}


def run_nightly(today: date) -> dict[str, int]:
    """Do the day's work of this room (每日任务)."""
    links, duties, health = link_rows(today), refresh_duties(today), check_columns(today)
    return {"links": links, "duties": duties, "findings": health.opened, "settled": health.closed}
