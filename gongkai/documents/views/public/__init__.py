"""公开页面: papers, columns, units and topics as everybody sees them; no sign-in, no cookie."""
