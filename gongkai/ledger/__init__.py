"""工作台账: a year's plan as tasks with owners and days, and the work on them."""
