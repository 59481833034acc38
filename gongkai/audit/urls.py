"""Addresses of this room (网址)."""

from django.urls import path

from gongkai.audit import views

urlpatterns = [path("", views.traces, name="traces")]
