"""演示: fill an empty database with a district and its year, and say who may sign in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from gongkai.accounts.models import User
from gongkai.demo import DAY
from gongkai.demo.district import (
    ADMINISTRATOR_CODE,
    ASSESSOR_CODE,
    LEGAL_CODE,
    OFFICE_CODE,
    PASSWORD,
    build_district,
    build_staff,
)
from gongkai.demo.story import tell_story
from gongkai.frame.today import today
from gongkai.search.catch_up import rebuild
from gongkai.search.services import left_to_the_worker

SIGN_IN = [
    (OFFICE_CODE, "区政务公开办：管理全年台账"),
    ("fagai", "区发改局信息员：报送进展、发布信息"),
    ("fagai-fzr", "区发改局负责人：审签"),
    ("fagai-bm", "区发改局保密审查员"),
    (LEGAL_CODE, "区司法局合法性审核员"),
    ("guangminglu", "光明路街道信息员"),
    (ASSESSOR_CODE, "评估员"),
    (ADMINISTRATOR_CODE, "系统管理员：单位和账号"),
]


class Command(BaseCommand):
    """Fills the database once (演示数据); a second run only prints the sign-in names."""

    help = "建立演示数据（仅在空库中），并列出演示账号"

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """All or nothing: a run that is stopped in the middle leaves an empty database."""
        if not settings.FIXED_TODAY:
            raise CommandError(f"演示停在 {DAY} 这一天。请用 make demo 启动，或先设置 GONGKAI_TODAY={DAY}。")
        if not User.objects.exists():
            self.stdout.write("正在建立演示区和一年的工作，约需两分钟……")
            with left_to_the_worker(), transaction.atomic():
                build_staff(build_district())
                events = tell_story(today())
            rebuild()
            self.stdout.write(f"演示数据已建立（{events} 个事件）。")
        elif not User.objects.filter(username=OFFICE_CODE).exists():
            raise CommandError("数据库里已有别的账号，为防混淆，不建立演示数据。请换一个空数据库。")
        self.stdout.write("\n演示账号（密码都是 " + PASSWORD + "）：")
        for name, purpose in SIGN_IN:
            self.stdout.write(f"  {name:14}{purpose}")
