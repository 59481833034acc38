"""公开页面所需: what the public pages show, read in a constant number of queries."""
