"""台账的表单: what people type."""
