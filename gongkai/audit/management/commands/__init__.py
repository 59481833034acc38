"""管理命令: what ``gongkai audit`` runs."""
