"""测量: accuracy, time and memory, printed as tables by `make bench`."""
