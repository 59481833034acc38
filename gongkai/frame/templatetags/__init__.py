"""Template tags of the frame (模板标签)."""
