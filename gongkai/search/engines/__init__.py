"""检索引擎: one interface, an embedded index and a server behind it."""
