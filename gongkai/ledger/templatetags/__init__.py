"""Template tags of the ledger (模板标签)."""
