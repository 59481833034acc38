"""结构化样式的页面部件: forms out of a declaration, sheets in and out, one record as HTML and as text."""

from gongkai.documents.records.render import plain_text, render

__all__ = ["plain_text", "render"]
