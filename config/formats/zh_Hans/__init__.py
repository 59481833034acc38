"""How dates are written here (日期格式)."""
