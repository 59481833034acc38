"""主动公开: the statutory platform, catalogues, duties to publish, and the health of columns."""
