"""演示文库: two years of invented papers in all columns, brought to the site the way papers come there."""
