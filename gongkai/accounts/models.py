"""账号: the people who sign in, and the posts that say for which unit and in which role."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from gongkai.agencies.models import Unit, UnitQuerySet


class Role(models.TextChoices):
    """Roles (角色). OFFICE and ASSESSOR see the whole district; ADMINISTRATOR keeps units and accounts."""

    OFFICER = "officer", "单位信息员"
    APPROVER = "approver", "单位负责人"
    SECRECY = "secrecy", "保密审查员"
    LEGAL = "legal", "合法性审核员"
    OFFICE = "office", "区政务公开办"
    ASSESSOR = "assessor", "评估员"
    ADMINISTRATOR = "administrator", "系统管理员"


#: roles that see every unit of the district
DISTRICT_WIDE = frozenset({Role.OFFICE, Role.ASSESSOR, Role.ADMINISTRATOR})


class User(AbstractUser):
    """A member of staff (工作人员). A Chinese name is one field: first and last name stay unused."""

    full_name = models.CharField("姓名", max_length=20)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    must_change_password = models.BooleanField("须修改初始密码", default=False)

    class Meta(AbstractUser.Meta):
        verbose_name = verbose_name_plural = "账号"
        db_table = "account_user"

    def __str__(self) -> str:
        return self.full_name or self.username

    @cached_property
    def held(self) -> list["Post"]:
        """The posts held now (现任岗位), read once for each page."""
        return [post for post in self.posts.select_related("unit").order_by("id") if post.ended_on is None]

    def has_role(self, *roles: str) -> bool:
        """Whether any post held now is of one of *roles*."""
        return any(post.role in roles for post in self.held)

    def roles_in(self, unit: Unit) -> frozenset[str]:
        """The roles held towards *unit*: those of its own posts, and the district-wide ones."""
        return frozenset(post.role for post in self.held if post.covers(unit))

    @property
    def sees_all(self) -> bool:
        """Whether this person's view is the whole district."""
        return self.has_role(*DISTRICT_WIDE)

    def units(self) -> UnitQuerySet:
        """The units whose rows this person may see (可见单位): all, or the own ones.

        With those below them, and those whose duties they took over in a merger.
        """
        if self.sees_all:
            return Unit.objects.all()
        own = [post.unit_id for post in self.held]
        merged = Q(successor__in=own) | Q(successor__successor__in=own)
        return Unit.objects.filter(Q(pk__in=own) | Q(parent__in=own) | merged)


class Post(models.Model):
    """One role in one unit (岗位), from a day until a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="posts", verbose_name="账号")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    role = models.CharField("角色", max_length=16, choices=Role.choices)
    started_on = models.DateField("起始日期")
    ended_on = models.DateField("结束日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        db_table = "account_post"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"], condition=Q(ended_on__isnull=True), name="account_post_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_role_display()}"

    def covers(self, unit: Unit) -> bool:
        """Whether this post's role reaches to *unit*: the own, one below it, one merged into it."""
        if self.role in DISTRICT_WIDE or self.unit_id in (unit.pk, unit.parent_id, unit.successor_id):
            return True
        return unit.successor is not None and unit.successor.successor_id == self.unit_id
