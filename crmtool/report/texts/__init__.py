"""The catalogues of words: the same keys in each language. `one|many` parts the two forms of a counted text."""
