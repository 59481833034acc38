"""Addresses of the public pages of papers (政府信息公开页面)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
