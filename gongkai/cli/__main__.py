"""``python -m gongkai.cli``: the same as ``gongkai``, for programs that start it (命令行入口)."""

from gongkai.cli import main

main()
