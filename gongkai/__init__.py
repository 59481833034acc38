"""Gongkai 公开: an integrated open-government platform for a county-level government."""
