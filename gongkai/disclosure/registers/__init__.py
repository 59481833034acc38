"""结构化专栏: what the pages of budgets, subsidies, projects, plans, powers and results show."""
