"""Addresses of the staff pages of papers (政府信息办理)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
