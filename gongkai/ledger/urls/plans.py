"""Addresses of plans: import, entry by hand, editing (要点的导入与编制)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
