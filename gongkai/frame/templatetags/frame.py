"""Filters and tags that every page may use without loading (模板标签)."""

from django import template

register = template.Library()
