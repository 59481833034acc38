"""台账的管理命令: what a timer of the machine starts."""
