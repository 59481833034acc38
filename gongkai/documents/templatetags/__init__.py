"""Template tags of this room (模板标签)."""
