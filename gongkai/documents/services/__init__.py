"""政府信息的办理: one module for each noun; the only writers of the room."""
