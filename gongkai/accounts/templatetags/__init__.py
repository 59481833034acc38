"""Template tags of the accounts (模板标签)."""
