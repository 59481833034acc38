"""Addresses of the ledger (网址): staff pages below ``staff/``, the public ones below ``progress/``."""

from gongkai.ledger.urls import plans, work

urlpatterns = [*plans.urlpatterns, *work.urlpatterns]
