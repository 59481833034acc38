"""读取与清理: files and pasted text in, clean and accessible HTML out. Pure: no Django, no database, no clock."""
