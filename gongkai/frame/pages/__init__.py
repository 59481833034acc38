"""公开页面的缓存: whole pages kept ahead of all middleware, cleared at once by any act that changes them.

Services call ``changed()`` inside the act's transaction; ADR 0006 says why it is done so.
"""

from gongkai.frame.pages.generation import changed

__all__ = ["changed"]
