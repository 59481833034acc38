"""Addresses of the public pages of papers (政府信息公开页面)."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import URLPattern, path

from gongkai.documents.views.public import errata, feeds, history, library, paper, places, taking
from gongkai.documents.views.public.maps import MAPS

urlpatterns: list[URLPattern] = [
    path("papers/<int:pk>/", paper.paper, name="paper"),
    path("papers/<int:pk>/editions/", history.editions, name="paper_editions"),
    path("papers/<int:pk>/changes/", history.changes, name="paper_changes"),
    path("papers/<int:pk>/word/", taking.word, name="paper_word"),
    path("papers/<int:pk>/pdf/", taking.pdf, name="paper_pdf"),
    path("papers/<int:pk>/correction/", errata.about_paper, name="paper_correction"),
    path("files/<int:pk>/<str:name>", taking.attachment, name="attachment"),
    path("corrections/", errata.about_site, name="corrections"),
    path("corrections/thanks/", errata.thanks, name="corrections_thanks"),
    path("normative/", library.library, name="normative_library"),
    path("columns/", places.columns, name="all_columns"),
    path("columns/<slug:slug>/", places.column, name="column"),
    path("columns/<slug:slug>/feed/", feeds.ColumnFeed(), name="column_feed"),
    path("units/", places.units, name="unit_list"),
    path("units/<int:pk>/", places.unit, name="unit_page"),
    path("units/<int:pk>/feed/", feeds.UnitFeed(), name="unit_feed"),
    path("topics/", places.topics, name="all_topics"),
    path("topics/<slug:slug>/", places.topic, name="topic"),
    path("topics/<slug:slug>/feed/", feeds.TopicFeed(), name="topic_feed"),
    path("feed/", feeds.SiteFeed(), name="site_feed"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": MAPS}, name="sitemap_index"),
    path(
        "sitemap-<section>.xml",
        sitemaps.sitemap,
        {"sitemaps": MAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
]
