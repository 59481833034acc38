"""查找政府信息: what the search box of a form offers while somebody types."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.documents.forms.picking import described, search_papers, within_reach

SHORTEST = 2


@staff_page()
@require_safe
def find(request: UserRequest) -> JsonResponse:
    """Papers whose title or number holds the words (候选信息): those on the site, and those one may see."""
    words = request.GET.get("q", "").strip()
    found = search_papers(words, within_reach(request.user)) if len(words) >= SHORTEST else []
    return JsonResponse(
        {"found": [{"code": each.code, "title": each.title, "about": described(each)} for each in found]}
    )
