"""Migrations of this room (数据库变更)."""
