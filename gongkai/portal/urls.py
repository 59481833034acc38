"""Addresses of this room (网址)."""

from django.urls import path

from gongkai.portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("site-map/", views.site_map, name="site_map"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
