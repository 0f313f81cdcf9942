"""vCards: single properties are read by vobject, what stands around them here."""
