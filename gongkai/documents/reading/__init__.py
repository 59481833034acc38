"""读取与清理: files and pasted text in, clean accessible HTML out. Pure: no Django."""
