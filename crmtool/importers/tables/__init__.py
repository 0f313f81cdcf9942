"""Tables of other programs, as CSV: their columns are known by name."""
