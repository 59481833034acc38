"""门户与工作台: home pages, the desk and the search; no models."""
