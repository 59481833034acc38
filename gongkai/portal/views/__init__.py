"""门户的页面: one module for each part of the public site that no room owns."""
