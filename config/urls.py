"""Addresses of the whole site: each room's are in its own urls.py."""

from django.urls import include, path

handler400 = "gongkai.portal.errors.bad_request"
handler403 = "gongkai.portal.errors.forbidden"
handler404 = "gongkai.portal.errors.not_found"
handler500 = "gongkai.portal.errors.server_error"

urlpatterns = [
    path("", include("gongkai.portal.urls")),
    path("", include("gongkai.administration.urls")),
    path("staff/trace/", include("gongkai.audit.urls")),
    path("", include("gongkai.search.urls")),
    path("", include("gongkai.documents.urls")),
    path("", include("gongkai.disclosure.registers.urls")),
    path("", include("gongkai.disclosure.urls")),
    path("", include("gongkai.ledger.urls")),
]
