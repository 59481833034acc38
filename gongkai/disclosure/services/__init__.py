"""主动公开的办理: one function for each act; the only writers of this room."""
