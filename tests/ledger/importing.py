"""What the tests of the import share: a small district, a small plan as text, and an import of it."""

from datetime import date

from gongkai.accounts.models import User
from gongkai.administration.services.groups import install_groups
from gongkai.agencies.models import Kind, Unit
from gongkai.ledger.models import PlanImport
from gongkai.ledger.services.importing import Directory, Review, start_import

TODAY = date(2021, 4, 20)

PLAN = """2021年示例区政务公开工作要点

一、深化重点领域信息公开

1.做好重点项目建设信息公开。（责任单位：区发改局）

2.推进部门预算决算公开，9月30日前完成。（责任单位：区财政局牵头，区发改局配合）

二、强化基础建设

3.开展业务培训，做好信息报送工作。（责任单位：各镇人民政府、区财政局）

4.按季度通报网站运行情况。（责任单位：区大数据中心等部门）
"""

REVISED = (
    PLAN.replace("做好重点项目建设信息公开", "做好重点建设项目批准和实施信息公开")
    .replace("9月30日前", "10月31日前")
    .replace("各镇人民政府、区财政局", "各镇人民政府")
    .replace("4.按季度通报网站运行情况。", "4.编发政府公报。")
    .replace("区大数据中心等部门", "区财政局")
)


def district() -> dict[str, Unit]:
    """Two bureaus and two towns; 区大数据中心 is nobody that the register knows."""
    install_groups()
    kinds = {"区发改局": Kind.BUREAU, "区财政局": Kind.BUREAU, "甲镇": Kind.TOWN, "乙镇": Kind.TOWN}
    return {
        name: Unit.objects.create(name=f"示例{name}", short_name=name, kind=kind)
        for name, kind in kinds.items()
    }


def begin(by: User, text: str = PLAN, **fields: object) -> PlanImport:
    """An import of pasted text."""
    return start_import(by=by, text=text, **fields)  # type: ignore[arg-type]


def look(record: PlanImport) -> Review:
    """The import as its page shows it, read anew."""
    return Review(PlanImport.objects.get(pk=record.pk), Directory(TODAY))
