"""Personal data in texts: what counts as a mention of somebody, and what is left of a contact that was erased."""
