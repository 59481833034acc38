"""Addresses of the work: desk, board, reports, supervision, public progress (落实与监督)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
