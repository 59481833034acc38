"""Addresses of this room (网址): the office's words and the staff's kept searches."""

from django.urls import path

from gongkai.search import views

urlpatterns = [
    path("staff/search/synonyms/", views.synonyms, name="synonyms"),
    path("staff/search/synonyms/new/", views.synonym_new, name="synonym_new"),
    path("staff/search/synonyms/<int:pk>/edit/", views.synonym_edit, name="synonym_edit"),
    path("staff/search/synonyms/<int:pk>/drop/", views.synonym_drop, name="synonym_drop"),
    path("staff/search/words/", views.searched, name="searched"),
    path("staff/search/kept/", views.kept_searches, name="kept_searches"),
    path("staff/search/kept/new/", views.kept_search_new, name="kept_search_new"),
    path("staff/search/kept/<int:pk>/drop/", views.kept_search_drop, name="kept_search_drop"),
]
