"""制度规则: the law as data and pure functions; no Django, no clock, no database."""
