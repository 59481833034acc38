"""开放接口: what the site shows, as JSON for programs; it only reads, knows nobody and sets no cookie."""
