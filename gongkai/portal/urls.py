"""Addresses of this room (网址)."""

from django.urls import path

from gongkai.portal.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("site-map/", home.site_map, name="site_map"),
    path("accessibility/", home.accessibility, name="accessibility"),
]
