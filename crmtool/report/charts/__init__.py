"""Charts: plain figures in, geometry out. Templates draw what is laid out here; nothing here knows a contact."""
