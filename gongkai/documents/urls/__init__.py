"""Addresses of papers (网址): staff pages below ``staff/``, the public ones as ``public`` lists them."""

from gongkai.documents.urls import legacy, public, records, staff

urlpatterns = [*staff.urlpatterns, *records.urlpatterns, *legacy.urlpatterns, *public.urlpatterns]
