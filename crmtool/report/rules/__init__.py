"""The rule book as a page: what each status means, what is asked, how a contact moves, when stopping is wiser."""
