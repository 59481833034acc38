"""工具: what the Makefile runs."""
