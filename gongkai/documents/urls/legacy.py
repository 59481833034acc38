"""Addresses of the import of older sites (数据迁移)."""

from django.urls import URLPattern, path

from gongkai.documents.views import legacy

urlpatterns: list[URLPattern] = [
    path("staff/legacy/", legacy.legacies, name="legacies"),
    path("staff/legacy/new/", legacy.legacy_new, name="legacy_new"),
    path("staff/legacy/<int:pk>/", legacy.legacy, name="legacy"),
    path("staff/legacy/<int:pk>/columns/", legacy.arrange, name="legacy_arrange"),
    path("staff/legacy/<int:pk>/rows/", legacy.rows, name="legacy_rows"),
    path("staff/legacy/<int:pk>/start/", legacy.start, name="legacy_start"),
    path("staff/legacy/<int:pk>/resume/", legacy.resume, name="legacy_resume"),
    path("staff/legacy/<int:pk>/drop/", legacy.drop, name="legacy_drop"),
]
