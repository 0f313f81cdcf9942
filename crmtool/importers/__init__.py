"""What other programs know of contacts: their files in, records out, and what is to be done with these."""
