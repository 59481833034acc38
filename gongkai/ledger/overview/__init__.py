"""概况: what the pages show of the ledger, read in few queries: marks, tallies, boards."""
