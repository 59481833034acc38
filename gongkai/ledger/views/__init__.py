"""台账的页面: HTTP in, HTML out."""
