"""演示: a believable district and a year of its work."""

#: the day on which the demo stands still (演示日): late in the year of its plan
DAY = "2021-11-12"
