"""Programs that do a comparable thing, measured on the same contacts. A peer that cannot be had is skipped."""
