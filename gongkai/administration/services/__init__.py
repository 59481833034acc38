"""单位与账号管理的办理: the only writers of units, groups and accounts."""
