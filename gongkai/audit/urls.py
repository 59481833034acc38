"""Addresses of this room (网址)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
