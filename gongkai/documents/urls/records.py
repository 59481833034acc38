"""Addresses of structured contents (结构化内容的网址): staff pages, and the public downloads."""

from django.urls import URLPattern, path, re_path

from gongkai.documents.views import records

urlpatterns: list[URLPattern] = [
    path("staff/editions/<int:pk>/record/", records.edit, name="edition_record"),
    path("staff/editions/<int:pk>/record/mask/", records.mask, name="record_mask"),
    path("staff/editions/<int:pk>/record/<slug:table>/", records.rows, name="record_rows"),
    path("staff/editions/<int:pk>/record/<slug:table>/import/", records.import_rows, name="record_import"),
    path("staff/editions/<int:pk>/record/<slug:table>/sheet/", records.blank_sheet, name="record_template"),
    re_path(
        r"^papers/(?P<pk>\d{1,18})/rows/(?P<table>[a-z0-9_]+)\.(?P<kind>xlsx|csv)$",
        records.download,
        name="record_download",
    ),
]
