"""读取要点: a plan in any file format, read into tasks; no Django, no database."""
