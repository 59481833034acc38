"""公开页面的缓存: whole pages kept ahead of all middleware, cleared at once by any act that changes them.

``audit.record`` calls ``changed()`` for every act; services call it where they change public pages without a
trace, inside their transaction. What no transaction changes (a search index) says ``begin()``. See ADR 0006.
"""

from gongkai.frame.pages.generation import begin, changed

__all__ = ["begin", "changed"]
