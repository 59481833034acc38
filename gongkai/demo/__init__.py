"""演示: a believable district and a year of its work."""
