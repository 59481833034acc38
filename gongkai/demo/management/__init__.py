"""Management commands of the demo (演示命令)."""
