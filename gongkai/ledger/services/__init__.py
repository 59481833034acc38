"""台账的办理: one function for each act; the only writers."""
