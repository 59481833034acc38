"""办理留痕的页面: the trail, filtered, for those who may see it."""

from django import forms
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.agencies.models import Unit
from gongkai.audit import exports
from gongkai.audit.models import Trace, kinds
from gongkai.audit.wording import readable
from gongkai.frame.listing import Column, Empty, Listing, Search
from gongkai.frame.today import today

CELLS = "audit/cells"


def _subjects() -> list[tuple[str, str]]:
    return [("", "全部"), *sorted(kinds().items(), key=lambda kind: kind[1])]


class TraceSearch(Search):
    """Filters over the trail (留痕筛选)."""

    first = forms.DateField(label="从", required=False, widget=forms.DateInput)
    last = forms.DateField(label="到", required=False, widget=forms.DateInput)
    unit = forms.ModelChoiceField(Unit.objects.all(), label="操作单位", required=False, empty_label="全部")
    subject = forms.ChoiceField(label="对象种类", required=False, choices=_subjects)


class TraceListing(Listing[Trace]):
    """The trail (办理留痕)."""

    title = "办理留痕"
    noun = "条"
    columns = (
        Column(label="序号", value=lambda row: row.number, sort="number", kind="narrow", width=8),
        Column(label="时间", value=lambda row: row.at, sort="at", template=f"{CELLS}/at.html", width=20),
        Column(label="操作人", value=lambda row: row.actor_name, template=f"{CELLS}/actor.html", width=12),
        Column(label="单位", value=lambda row: row.actor_unit, on="sheet", width=18),
        Column(label="操作", value=lambda row: row.act, template=f"{CELLS}/act.html", width=16),
        Column(label="对象种类", value=lambda row: row.subject_label, on="sheet", width=16),
        Column(label="对象", value=lambda row: row.subject_name, template=f"{CELLS}/subject.html", width=40),
        Column(label="说明", value=lambda row: row.note, on="sheet", width=40),
        Column(label="变化", value=lambda row: "；".join(readable(row)), on="sheet", width=40),
        Column(label="说明和变化", value=str, kind="wide", on="page", template=f"{CELLS}/said.html"),
        Column(label="校验值", value=lambda row: row.hash, on="sheet", width=68),
    )
    filters = TraceSearch
    lookups = {"first": "at__date__gte", "last": "at__date__lte", "subject": "subject_kind"}
    search = ("actor_name", "subject_name", "act", "note")
    order = ("-number",)
    per_page = 50
    empty = Empty("还没有办理留痕", "每一次办理都会自动记在这里，不能修改也不能删除。")


@staff_page()
def traces(request: UserRequest) -> HttpResponseBase:
    """The trail (办理留痕): the district's people see all, others what their own units did."""
    listing = TraceListing(request, Trace.objects.visible_to(request.user))
    if request.GET.get("export") == "jsonl":
        return _lines(request, listing)
    return listing.respond("audit/traces.html")


def _lines(request: UserRequest, listing: TraceListing) -> HttpResponseBase:
    """JSON lines (逐行 JSON), streamed: the hashes can be checked outside this house."""
    found = Trace.objects.filter(pk__in=listing.rows.values("pk"))
    answer = StreamingHttpResponse(exports.lines(found), content_type="application/jsonl; charset=utf-8")
    name = f"办理留痕{today(request):%Y%m%d}.jsonl"
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
