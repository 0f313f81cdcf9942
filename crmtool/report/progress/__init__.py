"""The page of progress: what came closer, what was decided, how long that took, and what held."""
