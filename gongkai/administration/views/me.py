"""我的账号: one's own posts, password, second factor, devices and single sign-on."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """My account (我的账号)."""
    kinds = set(Authenticator.objects.filter(user=request.user.pk).values_list("type", flat=True))
    return render(
        request,
        "account/me.html",
        {
            "has_code": Authenticator.Type.TOTP in kinds,
            "identities": SocialAccount.objects.filter(user=request.user.pk),
        },
    )


def absent(_request: HttpRequest) -> HttpResponse:
    """A page of the sign-in library that this house does not have (无此页面)."""
    raise Http404("没有这个页面")
