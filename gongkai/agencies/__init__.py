"""责任单位: the units that a plan makes responsible, and the groups it names them by."""
