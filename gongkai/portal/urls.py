"""Addresses of this room (网址)."""

from django.urls import path

from gongkai.portal.api.page import page as api_page
from gongkai.portal.api.paths import api
from gongkai.portal.views import home, search

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="search_suggest"),
    path("search/feed/", search.feed, name="search_feed"),
    path("site-map/", home.site_map, name="site_map"),
    path("api/", api_page, name="api_page"),
    path("api/", api.urls),
    path("accessibility/", home.accessibility, name="accessibility"),
]
