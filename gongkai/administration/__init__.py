"""单位与账号管理: the acts and pages that keep units, groups and accounts, each with its trace."""
